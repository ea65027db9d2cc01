package dk.attestbro.model;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Cases and turns for tests; weekends are the only days off. */
final class CaseTurnsSample {
  static final PartyId REQUESTER = new PartyId("employment-aarhus");
  static final PartyId RESPONDER = new PartyId("psychiatry-midt");
  static final PartyId OTHER_UNIT = new PartyId("psychiatry-syd");
  static final LetterRef REQUEST = new LetterRef(REQUESTER, new LetterId("request"));
  static final Instant OPENED = Instant.parse("2026-11-02T09:00:00Z");
  static final WorkCalendar WEEKDAYS =
      day -> day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
  static final DeadlineRule RULE =
      new DeadlineRule(
          "PSYK125-14D",
          1,
          List.of(
              new DeadlineRule.Limit(
                  DeadlineRule.StartEvent.RECEIVED, 14, DeadlineRule.Unit.CALENDAR_DAYS)),
          false,
          true,
          LocalDate.of(2023, 1, 1),
          Optional.empty());

  private CaseTurnsSample() {}

  static CertificateCase sent() {
    return sent(CaseId.random(), RULE);
  }

  static CertificateCase sent(CaseId id, DeadlineRule rule) {
    return CertificateCase.opened(
        new CaseOpening(
            id,
            "PSYK125",
            1,
            REQUESTER,
            RESPONDER,
            REQUEST,
            rule,
            OPENED,
            Optional.empty(),
            Optional.of(LocalDate.of(2027, 10, 31)),
            Optional.empty(),
            Optional.empty()),
        WEEKDAYS);
  }

  /** A turn by a letter of that name. */
  static Turn turn(Turn.Kind kind, PartyId by, String letter, Instant at) {
    return turn(kind, by, letter, at, "", Optional.empty(), Optional.empty(), Optional.empty());
  }

  static Turn turn(
      Turn.Kind kind,
      PartyId by,
      String letter,
      Instant at,
      String code,
      Optional<String> about,
      Optional<LocalDate> date,
      Optional<PartyId> to) {
    return new Turn(
        kind,
        at,
        Optional.of(by),
        Optional.of(new LetterRef(by, new LetterId(letter))),
        code,
        about.map(LetterId::new),
        date,
        to);
  }

  static CertificateCase take(CertificateCase before, Turn... turns) {
    CertificateCase after = before;
    for (Turn turn : turns) {
      after = CaseRules.take(after, turn, WEEKDAYS);
    }
    return after;
  }
}
