package dk.attestbro.gateway.api;

import dk.attestbro.gateway.api.Views.LetterTaken;
import dk.attestbro.gateway.api.Views.ReceiptView;
import dk.attestbro.gateway.journey.Answer;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.springframework.http.ResponseEntity;

/** The answers to a call that makes a letter. */
final class LetterAnswers {
  private LetterAnswers() {}

  /** 201, or 200 where the letter was known. */
  static ResponseEntity<byte[]> answered(Answer answer, Optional<String> key) {
    return answered(answer, key, LetterAnswers::letterTaken);
  }

  /**
   * The same with a view of its own.
   *
   * @throws MessageRefused where the letter was refused
   */
  static ResponseEntity<byte[]> answered(
      Answer answer, Optional<String> key, BiFunction<Receipt, List<String>, Object> view) {
    if (answer instanceof Answer.Accepted accepted) {
      Receipt receipt = accepted.receipt();
      return Responses.jsonAt(201, receipt.letterId(), view.apply(receipt, warnings(receipt, key)));
    }
    if (answer instanceof Answer.Repeated repeated) {
      Receipt receipt = repeated.receipt();
      return Responses.jsonAt(200, receipt.letterId(), view.apply(receipt, warnings(receipt, key)));
    }
    if (answer instanceof Answer.Refused refused) {
      throw new MessageRefused(refused.refusal());
    }
    throw new IllegalStateException("a plain letter is taken, repeated or refused");
  }

  private static List<String> warnings(Receipt receipt, Optional<String> key) {
    List<String> warnings = new ArrayList<>(receipt.warnings());
    if (key.isEmpty()) {
      warnings.add(PlainDoor.NO_KEY);
    }
    return warnings;
  }

  private static Object letterTaken(Receipt receipt, List<String> warnings) {
    return new LetterTaken(
        receipt.letterId().value(),
        receipt.caseId().map(CaseId::toString),
        ReceiptView.of(receipt),
        warnings);
  }
}
