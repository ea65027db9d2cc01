package dk.attestbro.gateway.journey;

import dk.attestbro.model.CaseRules;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.Directory;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.OrganisationIds;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.Turn;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Compares whom a later letter of a case says to ask and to be asked with those who send and
 * receive it: a receiver that files by the Task would else put it in the wrong place.
 */
final class CaseParts {
  private final Directory directory;
  private final LocalDate today;
  private final List<Problem> problems;

  private CaseParts(Directory directory, LocalDate today, List<Problem> problems) {
    this.directory = directory;
    this.today = today;
    this.problems = problems;
  }

  /**
   * Adds PARTY_DIFFERS where another is named. One whose place the sender or the receiver has taken
   * may be: a system may have copied it from the letter that it answers.
   *
   * @param known the case, which tells who asks in it, whoever may send this event
   */
  static void check(
      AuthenticatedMessage message,
      EventCode event,
      Optional<CertificateCase> known,
      Party receiver,
      Directory directory,
      List<Problem> problems) {
    Turn.Role role = CaseRules.roleOfSender(event);
    Optional<CertificateCase> ofSender = known.filter(c -> c.involves(message.sender()));
    if (role == Turn.Role.EITHER && ofSender.isEmpty()) {
      return;
    }
    LocalDate today = DeadlineRule.day(message.receivedAt());
    PartyId stands = directory.inPlaceOf(message.sender(), today);
    boolean senderAsks =
        ofSender.map(c -> c.requester().equals(stands)).orElse(role == Turn.Role.REQUESTER);
    CaseParts parts = new CaseParts(directory, today, problems);
    parts.is(message.reading().requester(), senderAsks ? message.sender() : receiver.id());
    // A forward names the unit that is asked from now on.
    if (event != EventCode.CERTIFICATE_FORWARDED) {
      parts.is(message.reading().owner(), senderAsks ? receiver.id() : message.sender());
    }
  }

  private void is(Optional<OrganisationIds> named, PartyId expected) {
    named
        .filter(ids -> directory.bySor(ids.sor()).filter(p -> standsFor(p, expected)).isEmpty())
        .ifPresent(ids -> problems.add(new Problem(RefusalReason.PARTY_DIFFERS, ids.path())));
  }

  private boolean standsFor(Party named, PartyId expected) {
    return named.id().equals(expected) || directory.inPlaceOf(named.id(), today).equals(expected);
  }
}
