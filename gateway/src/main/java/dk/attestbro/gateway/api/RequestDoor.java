package dk.attestbro.gateway.api;

import dk.attestbro.gateway.api.Views.DeadlineView;
import dk.attestbro.gateway.api.Views.ReceiptView;
import dk.attestbro.gateway.api.Views.RequestTaken;
import dk.attestbro.gateway.journey.Answer;
import dk.attestbro.gateway.journey.KnownCases;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.Receipt;
import dk.attestbro.port.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Takes new certificate requests as plain JSON. */
@RestController
final class RequestDoor {
  private final PlainLetters letters;
  private final PlainDoor door;
  private final KnownCases cases;
  private final Clock clock;

  RequestDoor(PlainLetters letters, PlainDoor door, KnownCases cases, Clock clock) {
    this.letters = letters;
    this.door = door;
    this.cases = cases;
    this.clock = clock;
  }

  @PostMapping(PlainLetters.REQUESTS)
  ResponseEntity<byte[]> request(
      @AuthenticationPrincipal Caller caller,
      @RequestParam("party") Optional<String> party,
      HttpServletRequest call)
      throws IOException {
    Optional<String> key = PlainDoor.key(call);
    Fields body = door.body(call);
    LetterId id = key.map(LetterId::new).orElseGet(LetterId::random);
    Answer answer = letters.request(caller, party, id, body);
    return LetterAnswers.answered(answer, key, this::requestTaken);
  }

  private Object requestTaken(Receipt receipt, List<String> warnings) {
    Optional<DeadlineView> deadline =
        receipt
            .caseId()
            .flatMap(id -> cases.find(id, clock.instant()))
            .map(c -> DeadlineView.of(c.deadline().at(clock.instant())));
    return new RequestTaken(
        receipt.caseId().map(CaseId::toString),
        receipt.letterId().value(),
        ReceiptView.of(receipt),
        deadline,
        warnings);
  }
}
