package dk.attestbro.gateway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dk.attestbro.model.AcknowledgementIssue;
import dk.attestbro.model.AcknowledgementState;
import dk.attestbro.model.Attachment;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.DaysTaken;
import dk.attestbro.model.Deadline;
import dk.attestbro.model.EvidenceLink;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.Receipt;
import dk.attestbro.model.Text;
import dk.attestbro.model.Transmission;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What the API shows, field by field as JSON. Absent is null. */
final class Views {
  private Views() {}

  /** Our promise; {@code jws} signs the other fields. */
  record ReceiptView(
      String letterId,
      String bundleId,
      String sender,
      String receiver,
      Optional<String> caseId,
      String sha256,
      Instant receivedAt,
      List<String> validatedBy,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> warnings,
      String jws) {
    static ReceiptView of(Receipt receipt) {
      return new ReceiptView(
          receipt.letterId().value(),
          receipt.bundleId().value(),
          receipt.sender().value(),
          receipt.receiver().value(),
          receipt.caseId().map(Object::toString),
          receipt.sha256().hex(),
          receipt.receivedAt(),
          receipt.validatedBy(),
          receipt.warnings(),
          receipt.jws());
    }
  }

  record DeadlineView(String state, String rule, Optional<LocalDate> due) {
    static DeadlineView of(Deadline deadline) {
      return new DeadlineView(deadline.state().name(), deadline.rule(), deadline.due());
    }
  }

  /** The answer to a new certificate request. */
  record RequestTaken(
      Optional<String> caseId,
      String letterId,
      ReceiptView receipt,
      Optional<DeadlineView> deadline,
      List<String> warnings) {}

  /** The answer to another letter of a case. */
  record LetterTaken(
      String letterId, Optional<String> caseId, ReceiptView receipt, List<String> warnings) {}

  /** The answer to what a party decides on its own side of a case. */
  record OwnTurnTaken(String caseId, String state, String turn, DeadlineView deadline) {}

  /** The answer to an acknowledgement of an inbox item; no receipt where none was sent. */
  record AcknowledgementTaken(
      String acknowledges, String code, Optional<String> letterId, Optional<ReceiptView> receipt) {}

  /** One page of a list; {@code next} is what {@code after} takes, null at the end. */
  record Page<T>(List<T> items, Optional<?> next) {}

  record CaseItem(
      String caseId,
      String form,
      String requester,
      String responder,
      String state,
      String turn,
      DeadlineView deadline,
      Instant openedAt,
      Instant updatedAt) {}

  record CaseView(
      String caseId,
      String form,
      String requester,
      String responder,
      String state,
      String turn,
      DeadlineView deadline,
      Instant openedAt,
      Instant updatedAt,
      Optional<String> reference,
      NextSteps.NextStep nextStep,
      Optional<LocalDate> expectedBy,
      Optional<DaysView> days,
      Optional<ContactView> contact,
      List<CaseLetter> letters,
      List<Event> events) {}

  /**
   * Days that the responder has had, with and without the days on which the deadline stood still.
   */
  record DaysView(int gross, int net) {
    static Optional<DaysView> of(CertificateCase known, Instant now) {
      return DaysTaken.of(known, now).map(days -> new DaysView(days.gross(), days.net()));
    }
  }

  record ContactView(String name, String phone) {}

  record CaseLetter(String letterId, String event, String direction, String status, Instant at) {}

  record Event(Instant at, String code, Text text) {
    static Event of(EvidenceLink link) {
      return new Event(link.entry().at(), link.entry().code().name(), link.entry().code().text());
    }
  }

  record MessageView(
      String letterId,
      Optional<String> bundleId,
      String event,
      String sender,
      Optional<String> receiver,
      Optional<String> caseId,
      String status,
      Instant receivedAt,
      List<TransmissionView> transmissions,
      Optional<AcknowledgementView> acknowledgement,
      List<Event> events) {}

  record TransmissionView(
      String bundleId,
      int attempt,
      Instant at,
      String outcome,
      String reason,
      Optional<Instant> nextAttemptAt) {
    static TransmissionView of(Transmission transmission) {
      return new TransmissionView(
          transmission.bundleId().value(),
          transmission.attempt(),
          transmission.at(),
          transmission.outcome().name(),
          transmission.reason(),
          transmission.nextAttemptAt());
    }
  }

  record AcknowledgementView(String code, Instant at, List<AcknowledgementIssue> issues) {
    static AcknowledgementView of(AcknowledgementState state) {
      return new AcknowledgementView(state.code().code(), state.at(), state.issues());
    }
  }

  record InboxEntry(
      long sequence,
      String letterId,
      String event,
      String sender,
      Optional<String> caseId,
      Instant receivedAt) {}

  /**
   * An inbox item; {@code content} is one of {@link PlainContent}'s shapes, or a Bundle. {@code
   * attachments} are the documents that the letter carries and its content has no place for.
   */
  record InboxLetter(
      String letterId,
      String event,
      Optional<String> caseId,
      String sender,
      Optional<String> receiver,
      Instant receivedAt,
      JsonNode content,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Attachment> attachments) {}

  record FormEntry(
      String id, String code, Text title, LocalDate validFrom, Optional<LocalDate> validTo) {}

  record FormList(List<FormEntry> items) {}

  /** {@code deliveredLately} and {@code failedLately} count attempts of the last five minutes. */
  record QueueView(
      String party,
      String state,
      long depth,
      Optional<Long> oldestSeconds,
      long inFlight,
      long waitingForRetry,
      long awaitingAcknowledgement,
      boolean paused,
      Optional<String> lastError,
      long deliveredLately,
      long failedLately,
      String circuit,
      Optional<Instant> nextProbeAt) {}

  record DeadLetterView(
      String letterId,
      String event,
      String sender,
      Optional<String> receiver,
      Optional<String> caseId,
      Instant receivedAt,
      List<String> reasons) {}

  /** The act of an operator, as it was done. */
  record ActDone(String act, String subject) {}

  /** Whether a letter shows to others than its sender: one that we took. */
  static boolean wasTaken(LetterStatus status) {
    return status != LetterStatus.REFUSED;
  }

  /** Where a letter is to be looked up. */
  static String location(LetterId id) {
    return "/api/v1/messages/" + id;
  }
}
