package dk.attestbro.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.attestbro.fhir.Messages;
import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.model.BreakGlassRequest;
import dk.attestbro.model.BreakGlassRules.Person;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Payload;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.BreakGlassRequests;
import dk.attestbro.port.Change;
import dk.attestbro.port.Commit;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class BreakGlassTest {
  private static final Duration WAITS = Duration.ofHours(1);
  private static final Duration LASTS = Duration.ofMinutes(15);
  private static final Person DITTE = new Person("ditte", true, false);
  private static final Person LENE = new Person("lene", false, true);
  private static final String WHY = "hun ringede og ventede på svar";

  private final TestGateway gateway = new TestGateway();
  private final Payload request = TestGateway.newCase().request(MediaType.FHIR_JSON);
  private final LetterRef ref = gateway.recorded(request);
  private final BreakGlass breakGlass =
      new BreakGlass(
          gateway.memory,
          gateway.records,
          gateway.sealing,
          new BreakGlass.Times(WAITS, LASTS),
          gateway.raise,
          gateway.clock);
  private final EndBreakGlass end =
      new EndBreakGlass(gateway.memory, gateway.records, gateway.clock);

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void whoAskedSeesTheLetterAfterAnotherPersonAllowedItAndEachStepIsInTheEvidence() {
    BreakGlassRequest asked = asked();
    breakGlass.approve(asked.id(), LENE);

    BreakGlass.Seen seen = breakGlass.see(asked.id(), DITTE);

    assertThat(Messages.READER.read(seen.content()).letterId()).isEqualTo(ref.id());
    assertThat(gateway.timeline(ref))
        .endsWith(
            TimelineCode.BREAK_GLASS_ASKED,
            TimelineCode.BREAK_GLASS_APPROVED,
            TimelineCode.BREAK_GLASS_READ);
    assertThat(details()).allMatch(detail -> detail.contains("request=" + asked.id()));
    assertThat(details().get(0)).startsWith("staff ditte reason-sha256=").doesNotContain(WHY);
    assertThat(details().get(1)).startsWith("staff lene ");
    assertThat(details().get(2)).startsWith("staff ditte ");
    assertThat(gateway.alarms).contains("BREAK_GLASS_ASKED " + asked.id());
  }

  @Test
  void theReasonIsReadByWhoDecidesAndIsSealedMeanwhile() {
    BreakGlassRequest asked = asked();

    assertThat(breakGlass.live(0, 10))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.reason()).isEqualTo(WHY);
              assertThat(one.letter().ref()).isEqualTo(ref);
              assertThat(one.toString()).doesNotContain(WHY, "ditte");
            });
    assertThat(gateway.memory.content(BreakGlassRequests.reasonOf(asked))).isPresent();
  }

  @Test
  void countsWhatWaitsForAPersonAndNotWhatIsDecidedOrLapsed() {
    BreakGlassRequest asked = asked();
    long waiting = breakGlass.waiting();
    breakGlass.approve(asked.id(), LENE);
    long decided = breakGlass.waiting();
    gateway.clock.pass(LASTS);
    asked();
    gateway.clock.pass(WAITS);

    assertThat(waiting).isEqualTo(1);
    assertThat(decided).isZero();
    assertThat(breakGlass.waiting()).isZero();
  }

  @Test
  void aRequestThatIsDeclinedIsGoneWithItsReason() {
    BreakGlassRequest asked = asked();

    breakGlass.decline(asked.id(), LENE);

    assertThat(breakGlass.live(0, 10)).isEmpty();
    assertThat(gateway.memory.content(BreakGlassRequests.reasonOf(asked))).isEmpty();
    assertThat(gateway.timeline(ref)).endsWith(TimelineCode.BREAK_GLASS_DECLINED);
    refused(RefusalReason.BREAK_GLASS_NOT_OPEN, () -> breakGlass.see(asked.id(), DITTE));
    refused(RefusalReason.NOT_FOUND, () -> breakGlass.approve(asked.id(), LENE));
    asked();
  }

  @Test
  void aRequestThatNobodyDecidesLapsesAndThatIsSaidOnce() {
    BreakGlassRequest asked = asked();
    gateway.clock.pass(WAITS.minusMillis(1));
    assertThat(end.due()).isZero();
    gateway.clock.pass(Duration.ofMillis(1));

    refused(RefusalReason.STATE_CONFLICT, () -> breakGlass.approve(asked.id(), LENE));
    assertThat(end.due()).isEqualTo(1);
    assertThat(end.due()).isZero();

    assertThat(gateway.timeline(ref)).endsWith(TimelineCode.BREAK_GLASS_LAPSED);
    assertThat(gateway.memory.content(BreakGlassRequests.reasonOf(asked))).isEmpty();
  }

  @Test
  void theAccessEndsByTheClockEvenWhereNothingHasEndedItYet() {
    BreakGlassRequest asked = asked();
    breakGlass.approve(asked.id(), LENE);
    gateway.clock.pass(LASTS.minusMillis(1));
    breakGlass.see(asked.id(), DITTE);
    gateway.clock.pass(Duration.ofMillis(1));

    refused(RefusalReason.BREAK_GLASS_NOT_OPEN, () -> breakGlass.see(asked.id(), DITTE));
    assertThat(end.due()).isEqualTo(1);

    assertThat(gateway.memory.content(BreakGlassRequests.reasonOf(asked))).isEmpty();
    assertThat(gateway.timeline(ref)).endsWith(TimelineCode.BREAK_GLASS_READ);
    refused(RefusalReason.BREAK_GLASS_NOT_OPEN, () -> breakGlass.see(asked.id(), DITTE));
  }

  @Test
  void nothingIsSeenThatCouldNotBeNoted() {
    BreakGlassRequest asked = asked();
    breakGlass.approve(asked.id(), LENE);
    gateway.records.nextGives(Commit.STALE);

    refused(RefusalReason.STATE_CONFLICT, () -> breakGlass.see(asked.id(), DITTE));
  }

  @Test
  void ofTwoWhoDecideAtOnceOneIsRefused() {
    BreakGlassRequest asked = asked();
    Person lars = new Person("lars", false, true);
    gateway.records.before(
        () ->
            gateway.memory.commit(
                new Change(
                    List.of(
                        new Change.GrantBreakGlass(
                            asked.id(),
                            new BreakGlassRequest.Grant(
                                lars.id(), TestGateway.NOW, TestGateway.NOW.plus(LASTS)))))));

    refused(RefusalReason.STATE_CONFLICT, () -> breakGlass.decline(asked.id(), LENE));

    assertThat(breakGlass.see(asked.id(), DITTE).letter().ref()).isEqualTo(ref);
  }

  @Test
  void refusesWhoeverMayNot() {
    BreakGlassRequest asked = asked();

    refused(RefusalReason.NOT_FOUND, () -> breakGlass.ask(unknown(), WHY, DITTE));
    refused(RefusalReason.STATE_CONFLICT, () -> breakGlass.ask(ref, WHY, DITTE));
    refused(
        RefusalReason.NOT_ALLOWED,
        () -> breakGlass.ask(ref, WHY, new Person("rune", false, false)));
    refused(
        RefusalReason.BREAK_GLASS_OWN_REQUEST,
        () -> breakGlass.approve(asked.id(), new Person("ditte", true, true)));
    refused(
        RefusalReason.NOT_ALLOWED,
        () -> breakGlass.approve(asked.id(), new Person("dan", true, false)));
    refused(RefusalReason.BREAK_GLASS_NOT_OPEN, () -> breakGlass.see(UUID.randomUUID(), DITTE));
    breakGlass.approve(asked.id(), LENE);
    refused(RefusalReason.BREAK_GLASS_NOT_OPEN, () -> breakGlass.see(asked.id(), LENE));
  }

  @Test
  void whatIsDeletedIsNeitherAskedForNorSeen() {
    BreakGlassRequest asked = asked();
    breakGlass.approve(asked.id(), LENE);
    gateway.memory.commit(new Change(List.of(new Change.DropContent(ref))));

    refused(RefusalReason.CONTENT_DELETED, () -> breakGlass.see(asked.id(), DITTE));
    refused(RefusalReason.CONTENT_DELETED, () -> breakGlass.ask(ref, WHY, LENE));
    assertThat(gateway.timeline(ref)).endsWith(TimelineCode.BREAK_GLASS_APPROVED);
  }

  private BreakGlassRequest asked() {
    return breakGlass.ask(ref, WHY, DITTE).request();
  }

  private static LetterRef unknown() {
    return new LetterRef(SampleDirectory.ODENSE.id(), LetterId.random());
  }

  private List<String> details() {
    return gateway.records.evidence(gateway.letter(ref).chain()).stream()
        .filter(link -> link.entry().code().name().startsWith("BREAK_GLASS"))
        .map(link -> link.entry().detail())
        .toList();
  }

  private static void refused(RefusalReason why, ThrowingCallable act) {
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(
            MessageRefused.class, refused -> assertThat(refused.refusal().reason()).isEqualTo(why));
  }
}
