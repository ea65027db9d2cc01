package dk.attestbro.model;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.BreakGlassRequest.Grant;
import dk.attestbro.model.BreakGlassRequest.State;
import dk.attestbro.model.BreakGlassRules.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BreakGlassRulesTest {
  private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
  private static final Instant LAPSES = NOW.plus(Duration.ofHours(1));
  private static final Instant ENDS = NOW.plus(Duration.ofMinutes(20));

  private static final Person OPERATOR = new Person("ditte", true, false);
  private static final Person LEAD = new Person("lene", false, true);
  private static final Person OTHER_LEAD = new Person("lars", false, true);
  private static final Person AUDITOR = new Person("rune", false, false);

  private static final BreakGlassRequest WAITING = askedBy(OPERATOR);
  private static final BreakGlassRequest OPEN = WAITING.granted(new Grant(LEAD.id(), NOW, ENDS));

  @Test
  void anOperatorOrALeadAsksAndNobodyElse() {
    assertThat(whyNotAsk(OPERATOR)).isEmpty();
    assertThat(whyNotAsk(LEAD)).isEmpty();
    assertThat(whyNotAsk(AUDITOR)).contains(RefusalReason.NOT_ALLOWED);
  }

  @Test
  void nobodyAsksForWhatIsDeleted() {
    assertThat(BreakGlassRules.whyNotAsk(OPERATOR, false, Optional.empty(), NOW))
        .contains(RefusalReason.CONTENT_DELETED);
  }

  @Test
  void nobodyAsksAgainBeforeTheEarlierRequestIsOver() {
    assertThat(askingAgain(WAITING, LAPSES.minusMillis(1))).contains(RefusalReason.STATE_CONFLICT);
    assertThat(askingAgain(WAITING, LAPSES)).isEmpty();
    assertThat(askingAgain(OPEN, ENDS.minusMillis(1))).contains(RefusalReason.STATE_CONFLICT);
    assertThat(askingAgain(OPEN, ENDS)).isEmpty();
  }

  @Test
  void anotherLeadDecides() {
    assertThat(BreakGlassRules.whyNotDecide(WAITING, LEAD, NOW)).isEmpty();
    assertThat(BreakGlassRules.whyNotDecide(askedBy(LEAD), OTHER_LEAD, NOW)).isEmpty();
  }

  @Test
  void whoeverAskedNeverDecidesFromWhateverSession() {
    Person elsewhere = new Person(LEAD.id(), true, true);

    assertThat(BreakGlassRules.whyNotDecide(askedBy(LEAD), LEAD, NOW))
        .contains(RefusalReason.BREAK_GLASS_OWN_REQUEST);
    assertThat(BreakGlassRules.whyNotDecide(askedBy(LEAD), elsewhere, NOW))
        .contains(RefusalReason.BREAK_GLASS_OWN_REQUEST);
  }

  @Test
  void neitherAnOperatorNorAnAuditorDecides() {
    Person otherOperator = new Person("dan", true, false);

    assertThat(BreakGlassRules.whyNotDecide(WAITING, otherOperator, NOW))
        .contains(RefusalReason.NOT_ALLOWED);
    assertThat(BreakGlassRules.whyNotDecide(WAITING, AUDITOR, NOW))
        .contains(RefusalReason.NOT_ALLOWED);
  }

  @Test
  void whatLapsedOrIsDecidedIsDecidedNoMore() {
    assertThat(BreakGlassRules.whyNotDecide(WAITING, LEAD, LAPSES.minusMillis(1))).isEmpty();
    assertThat(BreakGlassRules.whyNotDecide(WAITING, LEAD, LAPSES))
        .contains(RefusalReason.STATE_CONFLICT);
    assertThat(BreakGlassRules.whyNotDecide(OPEN, OTHER_LEAD, NOW))
        .contains(RefusalReason.STATE_CONFLICT);
  }

  @Test
  void onlyWhoAskedSeesAndOnlyWhileItIsOpen() {
    assertThat(BreakGlassRules.whyNotSee(OPEN, OPERATOR, ENDS.minusMillis(1))).isEmpty();
    assertThat(BreakGlassRules.whyNotSee(OPEN, OPERATOR, ENDS))
        .contains(RefusalReason.BREAK_GLASS_NOT_OPEN);
    assertThat(BreakGlassRules.whyNotSee(WAITING, OPERATOR, NOW))
        .contains(RefusalReason.BREAK_GLASS_NOT_OPEN);
    assertThat(BreakGlassRules.whyNotSee(OPEN, LEAD, NOW))
        .contains(RefusalReason.BREAK_GLASS_NOT_OPEN);
  }

  @Test
  void whoeverIsNoLongerOfOperationsSeesNothing() {
    assertThat(BreakGlassRules.whyNotSee(OPEN, new Person("ditte", false, false), NOW))
        .contains(RefusalReason.BREAK_GLASS_NOT_OPEN);
  }

  @Test
  void aRequestWaitsLapsesIsOpenAndIsOver() {
    assertThat(WAITING.at(NOW)).isEqualTo(State.WAITING);
    assertThat(WAITING.at(LAPSES)).isEqualTo(State.LAPSED);
    assertThat(OPEN.at(NOW)).isEqualTo(State.OPEN);
    assertThat(OPEN.at(ENDS)).isEqualTo(State.OVER);
    assertThat(OPEN.isLive(ENDS)).isFalse();
  }

  @Test
  void tellsNobodyByAccidentWhoItIsAbout() {
    assertThat(OPEN.toString() + OPEN.grant() + OPERATOR).doesNotContain("ditte", "lene");
  }

  private static Optional<RefusalReason> whyNotAsk(Person by) {
    return BreakGlassRules.whyNotAsk(by, true, Optional.empty(), NOW);
  }

  private static Optional<RefusalReason> askingAgain(BreakGlassRequest earlier, Instant now) {
    return BreakGlassRules.whyNotAsk(OPERATOR, true, Optional.of(earlier), now);
  }

  private static BreakGlassRequest askedBy(Person person) {
    return new BreakGlassRequest(
        UUID.randomUUID(),
        new LetterRef(new PartyId("employment-aarhus"), new LetterId("letter-1")),
        person.id(),
        NOW,
        LAPSES,
        Optional.empty());
  }
}
