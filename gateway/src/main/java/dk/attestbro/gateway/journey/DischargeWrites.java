package dk.attestbro.gateway.journey;

import dk.attestbro.model.CaseId;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.Directory;
import dk.attestbro.model.DischargeFact;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import dk.attestbro.port.Change;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.Records;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The figures of a discharge, put into the change that records its notice or the answer to it. The
 * newest notice says when the citizen is discharged, the first one to a party when it was told, and
 * the newest answer what became of the offer.
 */
public final class DischargeWrites {
  private final Records records;
  private final DirectorySource directory;
  private final OpenLetter openLetter;

  public DischargeWrites(Records records, DirectorySource directory, OpenLetter openLetter) {
    this.records = records;
    this.directory = directory;
    this.openLetter = openLetter;
  }

  /**
   * What this letter adds to the figures; nothing where it is neither, or where it answers a notice
   * whose content is deleted.
   */
  void by(Change.Builder change, Letter letter, Optional<LetterContent> content) {
    content
        .flatMap(
            says -> {
              if (says instanceof LetterContent.DischargeNotice notice) {
                return noticed(letter, notice);
              } else if (says instanceof LetterContent.MentorOutcome outcome) {
                return answered(letter, outcome);
              }
              return Optional.empty();
            })
        .ifPresent(fact -> change.add(new Change.PutDischargeFact(fact)));
  }

  private Optional<DischargeFact> noticed(Letter letter, LetterContent.DischargeNotice notice) {
    PartyId told = letter.receiver().orElseThrow();
    Optional<Letter> answer = answer(letter.caseId().orElseThrow(), told, letter.receivedAt());
    return notice
        .dischargeDate()
        .map(
            date ->
                fact(
                    letter,
                    date,
                    answer.flatMap(this::outcome),
                    answer.map(Letter::receivedAt),
                    letter.receivedAt()));
  }

  private Optional<DischargeFact> answered(Letter letter, LetterContent.MentorOutcome outcome) {
    return notices(letter, letter.receivedAt())
        .sentTo(letter.ref().sender())
        .flatMap(
            notice ->
                date(notice)
                    .map(
                        date ->
                            fact(
                                notice,
                                date,
                                Optional.of(outcome.outcome()),
                                Optional.of(letter.receivedAt()),
                                letter.receivedAt())));
  }

  private DischargeFact fact(
      Letter notice,
      LocalDate date,
      Optional<String> outcome,
      Optional<Instant> outcomeAt,
      Instant at) {
    CaseId id = notice.caseId().orElseThrow();
    PartyId unit = notice.ref().sender();
    PartyId told = notice.receiver().orElseThrow();
    Directory parties = directory.current();
    return new DischargeFact(
        id,
        unit,
        parties.party(unit).flatMap(Party::region).orElse(""),
        told,
        parties.party(told).flatMap(Party::municipality).orElse(""),
        date,
        notices(notice, at).firstTo(told).orElse(notice).receivedAt(),
        outcome,
        outcomeAt,
        at);
  }

  private DischargeNotices notices(Letter about, Instant now) {
    return DischargeNotices.of(records, directory.current(), about.caseId().orElseThrow(), now);
  }

  /** The newest answer that this party, or one whose place it has taken, has given. */
  private Optional<Letter> answer(CaseId id, PartyId told, Instant now) {
    LocalDate today = DeadlineRule.day(now);
    return records.lettersOf(id).stream()
        .filter(letter -> letter.event().equals(EventCode.MENTOR_OUTCOME.code()))
        .filter(letter -> letter.status() != LetterStatus.REFUSED)
        .filter(letter -> isOrWas(told, letter.ref().sender(), today))
        .reduce((earlier, later) -> later);
  }

  private boolean isOrWas(PartyId party, PartyId that, LocalDate today) {
    return party.equals(that) || party.equals(directory.current().inPlaceOf(that, today));
  }

  private Optional<String> outcome(Letter answer) {
    return content(answer)
        .map(says -> says instanceof LetterContent.MentorOutcome told ? told.outcome() : null);
  }

  private Optional<LocalDate> date(Letter notice) {
    return content(notice)
        .flatMap(
            says ->
                says instanceof LetterContent.DischargeNotice told
                    ? told.dischargeDate()
                    : Optional.empty());
  }

  private Optional<LetterContent> content(Letter letter) {
    return openLetter.read(letter.ref()).flatMap(MessageReading::content);
  }
}
