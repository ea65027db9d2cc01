package dk.attestbro.gateway.journey;

import dk.attestbro.model.Agreement;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.DischargeRules;
import dk.attestbro.model.Endpoint;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Evidence;
import dk.attestbro.model.HospitalDischarge;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.AgreementSource;
import dk.attestbro.port.Change;
import dk.attestbro.port.CitizenDigests;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.Records;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Says which case a discharge is followed in where it is agreed that a HospitalNotification begins
 * that: one case for one discharge, by whatever letters it is told. Where nothing is agreed no
 * HospitalNotification is looked into.
 */
public final class DischargeCases {
  private final Records records;
  private final DirectorySource directory;
  private final AgreementSource agreements;
  private final CitizenDigests digests;

  public DischargeCases(
      Records records,
      DirectorySource directory,
      AgreementSource agreements,
      CitizenDigests digests) {
    this.records = records;
    this.directory = directory;
    this.agreements = agreements;
    this.digests = digests;
  }

  /**
   * The case of a HospitalNotification: that of the notification that it corrects or cancels, else
   * that of the discharge which it tells. Empty for every other letter.
   */
  Optional<CaseId> of(ValidatedMessage message) {
    AuthenticatedMessage letter = message.message();
    PartyId receiver = message.receiver().id();
    if (letter.reading().event().filter(EventCode.HOSPITAL_NOTIFICATION::equals).isEmpty()
        || agreement(letter.sender(), receiver).isEmpty()) {
      return Optional.empty();
    }
    return letter
        .reading()
        .hospitalDischarge()
        .flatMap(says -> caseOf(says, letter.sender(), receiver, letter.receivedAt()));
  }

  /** The case that a notice which names none is to stand in. */
  CaseId of(LetterContent.DischargeNotice notice, PartyId sender, PartyId receiver) {
    return ToldDischarge.of(notice)
        .filter(told -> agreement(sender, receiver).isPresent())
        .map(told -> followedIn(named(sender, receiver, told)))
        .orElseGet(CaseId::random);
  }

  /**
   * Notes what is agreed of this letter, and lets the next letter about the same discharge find its
   * case.
   *
   * @return another case in which the same discharge is followed
   */
  Optional<CaseId> join(Change.Builder change, Letter letter, ToldDischarge told) {
    PartyId sender = letter.ref().sender();
    Optional<Agreement> agreement = agreement(sender, letter.receiver().orElseThrow());
    if (agreement.isEmpty()) {
      return Optional.empty();
    }
    CaseId own = letter.caseId().orElseThrow();
    if (letter.event().equals(EventCode.HOSPITAL_NOTIFICATION.code())) {
      note(change, own, letter, TimelineCode.DISCHARGE_FOLLOWED, agreement.get().id());
    }
    CaseId other = followedIn(named(sender, letter.receiver().orElseThrow(), told));
    if (DischargeNotices.together(records, own).contains(other)) {
      return Optional.empty();
    }
    note(change, other, letter, TimelineCode.DISCHARGE_JOINED, own.toString());
    if (!DischargeNotices.areIn(records, other)) {
      return Optional.empty();
    }
    note(change, own, letter, TimelineCode.DISCHARGE_JOINED, other.toString());
    return Optional.of(other);
  }

  /**
   * The agreement, where the sender can be told the outcome: who cannot be told has no part in the
   * follow-up.
   */
  private Optional<Agreement> agreement(PartyId sender, PartyId receiver) {
    Optional<Party> told =
        directory.current().party(receiver).filter(p -> p.municipality().isPresent());
    return directory
        .current()
        .party(sender)
        .filter(party -> party.endpoint().filter(DischargeCases::takesOutcomes).isPresent())
        .flatMap(
            from ->
                told.flatMap(to -> agreements.current().followingHospitalNotifications(to, from)));
  }

  private static boolean takesOutcomes(Endpoint endpoint) {
    return endpoint.takes(EventCode.MENTOR_OUTCOME.code());
  }

  private Optional<CaseId> caseOf(
      HospitalDischarge says, PartyId sender, PartyId receiver, Instant now) {
    Optional<CaseId> known =
        says.follows().flatMap(earlier -> caseOf(earlier, sender, receiver, now));
    return says instanceof HospitalDischarge.Told told
        ? known.or(
            () ->
                Optional.of(
                    followedIn(
                        named(sender, receiver, new ToldDischarge(told.citizen(), told.date())))))
        : known;
  }

  private Optional<CaseId> caseOf(LetterId id, PartyId sender, PartyId receiver, Instant now) {
    LocalDate today = DeadlineRule.day(now);
    return records.letters(id).stream()
        .filter(letter -> letter.event().equals(EventCode.HOSPITAL_NOTIFICATION.code()))
        .filter(letter -> letter.status() != LetterStatus.REFUSED)
        .filter(letter -> isOrWas(sender, letter.ref().sender(), today))
        .filter(letter -> letter.receiver().filter(to -> isOrWas(receiver, to, today)).isPresent())
        .flatMap(letter -> letter.caseId().stream())
        .findFirst();
  }

  private boolean isOrWas(PartyId party, PartyId that, LocalDate today) {
    return party.equals(that) || party.equals(directory.current().inPlaceOf(that, today));
  }

  private CaseId named(PartyId sender, PartyId receiver, ToldDischarge told) {
    return DischargeRules.caseOf(sender, receiver, digests.of(told.citizen()), told.date());
  }

  private CaseId followedIn(CaseId named) {
    return DischargeNotices.joinedTo(records, named)
        .reduce((earlier, later) -> later)
        .orElse(named);
  }

  /** A letter is named in the evidence of its own case only, where its content is shown too. */
  private static void note(
      Change.Builder change, CaseId about, Letter letter, TimelineCode code, String detail) {
    Optional<LetterRef> own = letter.caseId().filter(about::equals).map(id -> letter.ref());
    change.add(
        new Change.AddEvidence(
            new Evidence(about.chain(), letter.receivedAt(), code, own, detail)));
  }
}
