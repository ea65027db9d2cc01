package dk.attestbro.model;

import static dk.attestbro.model.CaseTurnsSample.OPENED;
import static dk.attestbro.model.CaseTurnsSample.REQUESTER;
import static dk.attestbro.model.CaseTurnsSample.WEEKDAYS;
import static dk.attestbro.model.CaseTurnsSample.sent;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What was said decides where a case stands, not the order in which it became known. */
class CaseReplayTest {
  private static final int CASES = 10_000;
  private static final int LONGEST = 14;

  @Test
  void endsInTheSameStateWhateverTheOrderAndHoweverOftenEachTurnIsTold() {
    Set<Turn.Kind> seen = EnumSet.noneOf(Turn.Kind.class);
    Set<CertificateCase.State> ends = EnumSet.noneOf(CertificateCase.State.class);
    for (long seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      CertificateCase inOrder = history(random);
      inOrder.turns().forEach(turn -> seen.add(turn.kind()));
      ends.add(inOrder.state());

      CertificateCase replayed = replay(inOrder, random);

      assertThat(replayed).as("case of seed %d", seed).isEqualTo(inOrder);
    }
    assertThat(seen).containsExactlyInAnyOrder(Turn.Kind.values());
    assertThat(ends).containsExactlyInAnyOrder(CertificateCase.State.values());
  }

  @Test
  void standsInTheRecordsAsItStoodWhenTheTurnWasTaken() {
    for (long seed = 0; seed < CASES; seed += 10) {
      CertificateCase known = history(new Random(seed));

      assertThat(
              CertificateCase.of(known.opening(), known.turns(), known.deadline(), known.version()))
          .as("case of seed %d", seed)
          .isEqualTo(known);
    }
  }

  /** A case as it may go: turns at random, of which those that are allowed are taken. */
  private static CertificateCase history(Random random) {
    CertificateCase open = sent(new CaseId(new UUID(0, 1)), CaseTurnsSample.RULE);
    Instant at = OPENED;
    for (int i = 0; i < LONGEST; i++) {
      at = at.plus(Duration.ofHours(1 + random.nextInt(120)));
      Turn turn = random(open, random, at, i);
      if (CaseRules.refusal(open, turn).isEmpty()) {
        open = CaseRules.take(open, turn, WEEKDAYS);
      }
    }
    return open;
  }

  private static Turn random(CertificateCase open, Random random, Instant at, int number) {
    Turn.Kind kind = Turn.Kind.values()[random.nextInt(Turn.Kind.values().length)];
    PartyId responder = open.responder();
    PartyId either = random.nextBoolean() ? REQUESTER : responder;
    String letter = "letter-" + number;
    return switch (kind) {
      case ACKNOWLEDGED, REFUSED, CONSENT_LAPSED, ESCALATED, SUCCEEDED, FORWARDED, REPLIED ->
          CasesInEveryState.fitting(kind, open, letter, at);
      case CORRECTED, RETRACTED ->
          CaseTurnsSample.turn(
              kind,
              responder,
              letter,
              at,
              "",
              open.standing().reply().map(LetterId::value),
              Optional.empty(),
              Optional.empty());
      case INTERIM_REPLIED ->
          CaseTurnsSample.turn(
              kind,
              responder,
              letter,
              at,
              "",
              Optional.empty(),
              Optional.of(day(at).plusDays(random.nextInt(30))),
              Optional.empty());
      case INTERIM_ACCEPTED ->
          new Turn(
              kind,
              at,
              Optional.of(REQUESTER),
              Optional.empty(),
              "",
              open.turns().stream()
                  .filter(turn -> turn.kind() == Turn.Kind.INTERIM_REPLIED)
                  .map(turn -> turn.letter().orElseThrow().id())
                  .findAny(),
              open.standing().expectedBy(),
              Optional.empty());
      case REMINDED ->
          CaseTurnsSample.turn(
              kind,
              REQUESTER,
              letter,
              at,
              random.nextBoolean() ? FollowUpStep.NOTICE.codeFor(day(at)) : "",
              Optional.empty(),
              Optional.empty(),
              Optional.empty());
      case RETURNED, CANCELLED, CONSENT_WITHDRAWN ->
          // Seldom, so that most cases go on.
          random.nextInt(3) == 0
              ? CaseTurnsSample.turn(
                  kind,
                  kind == Turn.Kind.RETURNED ? responder : REQUESTER,
                  letter,
                  at,
                  "OTHER",
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty())
              : CaseTurnsSample.turn(Turn.Kind.QUESTION_ASKED, either, letter, at);
      case QUESTION_ASKED, QUESTION_ANSWERED, FILED, ASSIGNED ->
          CaseTurnsSample.turn(kind, either, letter, at);
    };
  }

  private static LocalDate day(Instant at) {
    return DeadlineRule.day(at);
  }

  /** The same turns, each told up to three times, at random; what is refused is told again. */
  private static CertificateCase replay(CertificateCase told, Random random) {
    List<Turn> tales = new ArrayList<>();
    for (Turn turn : told.turns()) {
      tales.addAll(Collections.nCopies(1 + random.nextInt(3), turn));
    }
    CertificateCase replayed = sent(told.id(), CaseTurnsSample.RULE);
    while (!tales.isEmpty()) {
      Collections.shuffle(tales, random);
      List<Turn> refused = new ArrayList<>();
      for (Turn turn : tales) {
        if (CaseRules.refusal(replayed, turn).isEmpty()) {
          replayed = CaseRules.take(replayed, turn, WEEKDAYS);
        } else {
          refused.add(turn);
        }
      }
      assertThat(refused.size()).as("what is refused for good").isLessThan(tales.size());
      tales = refused;
    }
    return replayed;
  }
}
