package dk.attestbro.gateway.journey;

import dk.attestbro.model.CaseId;
import dk.attestbro.model.Directory;
import dk.attestbro.model.DischargeFact;
import dk.attestbro.model.Evidence;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.Change;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.Records;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The figures of a discharge, put into the change that records its notice, its cancellation or the
 * answer to it. The newest notice says when the citizen is discharged, the first one to a party
 * when it was told and under which case it is counted, and the newest answer what became of the
 * offer.
 */
public final class DischargeWrites {
  private final Records records;
  private final DirectorySource directory;
  private final OpenLetter openLetter;
  private final DischargeCases cases;

  public DischargeWrites(
      Records records, DirectorySource directory, OpenLetter openLetter, DischargeCases cases) {
    this.records = records;
    this.directory = directory;
    this.openLetter = openLetter;
    this.cases = cases;
  }

  /** The case of a HospitalNotification that is followed up; empty for every other letter. */
  Optional<CaseId> caseOf(ValidatedMessage message) {
    return cases.of(message);
  }

  /**
   * What this letter adds to the figures; nothing where it is about no discharge, or where it
   * answers a notice whose content is deleted.
   */
  void by(Change.Builder change, Letter letter, MessageReading reading) {
    if (letter.caseId().isEmpty()) {
      return;
    }
    Optional<DischargeFact> fact =
        switch (reading.event().orElseThrow()) {
          case DISCHARGE_NOTICE, HOSPITAL_NOTIFICATION -> toldOrCancelled(change, letter, reading);
          case MENTOR_OUTCOME ->
              reading
                  .content()
                  .flatMap(
                      says ->
                          says instanceof LetterContent.MentorOutcome outcome
                              ? answered(letter, outcome)
                              : Optional.empty());
          default -> Optional.empty();
        };
    fact.ifPresent(figures -> change.add(new Change.PutDischargeFact(figures)));
  }

  private Optional<DischargeFact> toldOrCancelled(
      Change.Builder change, Letter letter, MessageReading reading) {
    Optional<ToldDischarge> told = ToldDischarge.in(reading);
    return told.isPresent()
        ? Optional.of(noticed(change, letter, told.get()))
        : reading.hospitalDischarge().flatMap(gone -> cancelled(change, letter));
  }

  private DischargeFact noticed(Change.Builder change, Letter letter, ToldDischarge told) {
    Set<CaseId> all =
        new LinkedHashSet<>(DischargeNotices.together(records, letter.caseId().orElseThrow()));
    cases
        .join(change, letter, told)
        .ifPresent(other -> all.addAll(DischargeNotices.together(records, other)));
    DischargeNotices notices =
        DischargeNotices.of(records, directory.current(), all, letter.receivedAt());
    Optional<Letter> answer = notices.answerBy(letter.receiver().orElseThrow());
    return fact(
        notices,
        letter,
        told.date(),
        answer.flatMap(this::outcome),
        answer.map(Letter::receivedAt),
        letter.receivedAt());
  }

  private Optional<DischargeFact> answered(Letter letter, LetterContent.MentorOutcome outcome) {
    DischargeNotices notices = notices(letter);
    return notices
        .sentTo(letter.ref().sender())
        .flatMap(
            notice ->
                date(notice)
                    .map(
                        date ->
                            fact(
                                notices,
                                notice,
                                date,
                                Optional.of(outcome.outcome()),
                                Optional.of(letter.receivedAt()),
                                letter.receivedAt())));
  }

  /** An answer that was given before stays; without one nobody waits for one any more. */
  private Optional<DischargeFact> cancelled(Change.Builder change, Letter letter) {
    change.add(
        new Change.AddEvidence(
            Evidence.of(letter, letter.receivedAt(), TimelineCode.DISCHARGE_CANCELLED, "")));
    DischargeNotices notices = notices(letter);
    PartyId told = letter.receiver().orElseThrow();
    Optional<Letter> answer = notices.answerBy(told);
    return notices
        .sentTo(told)
        .filter(notice -> answer.isEmpty())
        .flatMap(
            notice ->
                date(notice)
                    .map(
                        date ->
                            fact(
                                notices,
                                notice,
                                date,
                                Optional.of(DischargeFact.CANCELLED),
                                Optional.of(letter.receivedAt()),
                                letter.receivedAt())));
  }

  private DischargeFact fact(
      DischargeNotices notices,
      Letter notice,
      LocalDate date,
      Optional<String> outcome,
      Optional<Instant> outcomeAt,
      Instant at) {
    PartyId unit = notice.ref().sender();
    PartyId told = notice.receiver().orElseThrow();
    Letter first = notices.firstTo(told).orElse(notice);
    Directory parties = directory.current();
    return new DischargeFact(
        first.caseId().orElseThrow(),
        unit,
        parties.party(unit).flatMap(Party::region).orElse(""),
        told,
        parties.party(told).flatMap(Party::municipality).orElse(""),
        date,
        first.receivedAt(),
        outcome,
        outcomeAt,
        at);
  }

  private DischargeNotices notices(Letter about) {
    return DischargeNotices.of(
        records, directory.current(), about.caseId().orElseThrow(), about.receivedAt());
  }

  private Optional<String> outcome(Letter answer) {
    return openLetter
        .read(answer.ref())
        .flatMap(MessageReading::content)
        .map(says -> says instanceof LetterContent.MentorOutcome told ? told.outcome() : null);
  }

  private Optional<LocalDate> date(Letter notice) {
    return openLetter.read(notice.ref()).flatMap(ToldDischarge::in).map(ToldDischarge::date);
  }
}
