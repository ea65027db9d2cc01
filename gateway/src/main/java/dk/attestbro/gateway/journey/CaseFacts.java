package dk.attestbro.gateway.journey;

import dk.attestbro.model.CaseFact;
import dk.attestbro.model.CaseStanding;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.DaysTaken;
import dk.attestbro.model.Deadline;
import dk.attestbro.model.Directory;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Function;

/** The figures of a case, told from where it stands. */
final class CaseFacts {
  private CaseFacts() {}

  /** What the statistics keep of the case from now on. */
  static CaseFact of(CertificateCase known, Directory directory, Instant at) {
    CaseStanding standing = known.standing();
    return new CaseFact(
        known.id(),
        known.form(),
        known.requester(),
        code(directory, known.requester(), Party::municipality),
        known.responder(),
        code(directory, known.responder(), Party::region),
        known.state(),
        known.openedAt(),
        standing.receivedAt(),
        due(known),
        standing.repliedAt(),
        standing.endedAt().or(standing::requesterFiledAt),
        endReason(known),
        pausedDays(known, at),
        standing.reminders(),
        standing.interimReplies(),
        standing.questions(),
        known.opening().startedOn(),
        at);
  }

  private static String code(
      Directory directory, PartyId party, Function<Party, Optional<String>> code) {
    return directory.party(party).flatMap(code).orElse("");
  }

  /** Why it ended without a reply; a reply that was given counts, whatever came after it. */
  private static String endReason(CertificateCase known) {
    if (known.standing().repliedAt().isPresent() || !known.state().isEndedWithoutReply()) {
      return "";
    }
    return known.state() == CertificateCase.State.RETURNED
        ? known.standing().endReason()
        : known.state().name();
  }

  /** None while the deadline stands still: nothing is late that waits for the requester. */
  private static Optional<LocalDate> due(CertificateCase known) {
    return known.deadline().state() == Deadline.State.PAUSED
        ? Optional.empty()
        : known.deadline().due();
  }

  /** Of the days since the proven receipt; those before it are no days of the responder's. */
  private static int pausedDays(CertificateCase known, Instant at) {
    return DaysTaken.of(known, at).map(days -> days.gross() - days.net()).orElse(0);
  }
}
