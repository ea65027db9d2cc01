package dk.attestbro.gateway.journey;

import dk.attestbro.model.CaseFact;
import dk.attestbro.model.CaseStanding;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Directory;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
        known.deadline().due(),
        standing.repliedAt(),
        standing.endedAt().or(standing::requesterFiledAt),
        endReason(known),
        pausedDays(standing),
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

  private static int pausedDays(CaseStanding standing) {
    return (int)
        standing.pauses().stream()
            .mapToLong(pause -> ChronoUnit.DAYS.between(pause.from(), pause.to()))
            .sum();
  }
}
