package dk.attestbro.gateway.api;

import dk.attestbro.gateway.journey.LastRequest;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.port.Records;
import java.time.Instant;
import java.util.Optional;

/** What a case waits for, and until when; whose turn it is says who does it. */
public final class NextSteps {
  private final Records records;

  NextSteps(Records records) {
    this.records = records;
  }

  /** One step, by its code. */
  public record NextStep(String code, Optional<Instant> at) {}

  public NextStep of(CertificateCase known) {
    return switch (known.state()) {
      case SENT, FORWARDED ->
          known.turn() == CertificateCase.Whose.REQUESTER
              ? new NextStep("ASK_AGAIN", Optional.empty())
              : underWay(known);
      case RECEIVED, ASSIGNED -> new NextStep("REPLY", endOf(known));
      case AWAITING_CLARIFICATION -> new NextStep("ANSWER", Optional.empty());
      case REPLIED ->
          new NextStep(known.standing().answerAwaited() ? "ANSWER" : "FILE", Optional.empty());
      case RETURNED ->
          new NextStep(
              known.turn() == CertificateCase.Whose.NONE ? "NONE" : "FILE", Optional.empty());
      case FILED, CANCELLED, CONSENT_WITHDRAWN, CONSENT_LAPSED ->
          new NextStep("NONE", Optional.empty());
    };
  }

  private NextStep underWay(CertificateCase known) {
    LetterRef request = LastRequest.of(records, known);
    boolean dead =
        records
            .letter(request)
            .filter(letter -> letter.status().shown().equals(LetterStatus.DEAD.name()))
            .isPresent();
    return dead
        ? new NextStep("RESEND", Optional.empty())
        : new NextStep("ACKNOWLEDGE", records.row(request).map(OutboxRow::dueAt));
  }

  private static Optional<Instant> endOf(CertificateCase known) {
    return known
        .deadline()
        .due()
        .map(day -> day.plusDays(1).atStartOfDay(DeadlineRule.ZONE).toInstant());
  }
}
