package dk.attestbro.model;

import static dk.attestbro.model.Letters.NOW;
import static dk.attestbro.model.Letters.endpoint;
import static dk.attestbro.model.Letters.row;
import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.DeliveryOutcome.TransientFailure;
import dk.attestbro.model.DeliveryRules.GiveUp;
import dk.attestbro.model.DeliveryRules.GoOn;
import dk.attestbro.model.DeliveryRules.Resend;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeliveryRulesTest {
  private static final Endpoint HTTPS = endpoint(Endpoint.Channel.HTTPS);
  private static final Endpoint INBOX = endpoint(Endpoint.Channel.INBOX);
  private static final OutboxRow CLAIMED = row().claimed(NOW);

  @Test
  void isDueAgainAfterTheDelayOfThePolicy() {
    GoOn next = (GoOn) failure(CLAIMED, new TransientFailure("CONNECT_FAILED"));

    assertThat(next.row().dueAt()).isEqualTo(NOW.plus(Duration.ofMinutes(1)));
    assertThat(next.row().phase()).isEqualTo(OutboxRow.Phase.TO_SEND);
    assertThat(next.row().lastReason()).contains("CONNECT_FAILED");
  }

  @Test
  void obeysAReceiverThatAsksForMoreTimeButNotForLess() {
    GoOn longer = (GoOn) failure(CLAIMED, retryAfter(Duration.ofHours(1)));
    GoOn shorter = (GoOn) failure(CLAIMED, retryAfter(Duration.ofSeconds(1)));

    assertThat(longer.row().dueAt()).isEqualTo(NOW.plus(Duration.ofHours(1)));
    assertThat(shorter.row().dueAt()).isEqualTo(NOW.plus(Duration.ofMinutes(1)));
  }

  @Test
  void givesUpAsNeverDeliveredAfterTheLastAttempt() {
    OutboxRow third = CLAIMED.claimed(NOW).claimed(NOW);

    GiveUp end = (GiveUp) failure(third, new TransientFailure("CONNECT_FAILED"));

    assertThat(reasons(end)).containsExactly(RefusalReason.NEVER_DELIVERED);
  }

  @Test
  void givesUpAsPerhapsDeliveredWhereAnyAttemptBrokeAfterTheBodyWasSent() {
    GoOn broken =
        (GoOn)
            failure(
                CLAIMED, new TransientFailure("CONNECTION_BROKEN", Optional.empty(), true, false));
    OutboxRow third = broken.row().claimed(NOW).claimed(NOW);

    GiveUp end = (GiveUp) failure(third, new TransientFailure("CONNECT_FAILED"));

    assertThat(reasons(end)).containsExactly(RefusalReason.PERHAPS_DELIVERED);
    assertThat(DeliveryRules.provesNeverDelivered(end.reasons())).isFalse();
  }

  @Test
  void givesUpAtOnceWhereTheReceiversSystemRejectsIt() {
    assertThat(reasons(DeliveryRules.afterRejection(CLAIMED, "HTTP_400")))
        .containsExactly(RefusalReason.NEVER_DELIVERED);
  }

  @Test
  void tellsAnUntriedLetterFromATriedOneWhereTheReceiverLostItsEndpoint() {
    OutboxRow delivered = DeliveryRules.afterDelivery(CLAIMED, HTTPS, false, NOW);

    assertThat(reasons(DeliveryRules.withoutEndpoint(row())))
        .containsExactly(RefusalReason.NEVER_DELIVERED);
    assertThat(reasons(DeliveryRules.withoutEndpoint(CLAIMED)))
        .containsExactly(RefusalReason.PERHAPS_DELIVERED);
    assertThat(reasons(DeliveryRules.withoutEndpoint(delivered)))
        .containsExactly(RefusalReason.NOT_ACKNOWLEDGED);
  }

  @Test
  void waitsForTheAcknowledgementAfterADelivery() {
    assertThat(DeliveryRules.afterDelivery(CLAIMED, HTTPS, false, NOW).dueAt())
        .isEqualTo(NOW.plus(Duration.ofMinutes(30)));
  }

  @Test
  void waitsForASenderThatResendsItselfAsLongAsItsResendsWouldTake() {
    assertThat(DeliveryRules.afterDelivery(CLAIMED, HTTPS, true, NOW).dueAt())
        .isEqualTo(NOW.plus(Duration.ofMinutes(90)));
  }

  @Test
  void leavesAnInboxLetterUntilItsLifeEnds() {
    assertThat(DeliveryRules.afterDelivery(CLAIMED, INBOX, false, NOW).dueAt())
        .isEqualTo(CLAIMED.expiresAt());
  }

  @Test
  void sendsAgainWhileResendsAreLeftAndThenGivesUp() {
    OutboxRow waiting = CLAIMED.awaiting(NOW);
    OutboxRow resentTwice =
        waiting.inEnvelope(BundleId.random(), 2, NOW).claimed(NOW).awaiting(NOW);

    assertThat(DeliveryRules.whenEnded(waiting, HTTPS, false, NOW)).isEqualTo(new Resend(1));
    assertThat(reasons((GiveUp) DeliveryRules.whenEnded(resentTwice, HTTPS, false, NOW)))
        .containsExactly(RefusalReason.NOT_ACKNOWLEDGED);
  }

  @Test
  void neverResendsForASenderThatResendsItself() {
    assertThat(reasons((GiveUp) DeliveryRules.whenEnded(CLAIMED.awaiting(NOW), HTTPS, true, NOW)))
        .containsExactly(RefusalReason.NOT_ACKNOWLEDGED);
  }

  @Test
  void endsALetterWhoseLifeIsOverAndSaysWhetherItWasDelivered() {
    Instant after = row().expiresAt();

    assertThat(reasons((GiveUp) DeliveryRules.whenEnded(row(), HTTPS, false, after)))
        .containsExactly(RefusalReason.TIME_TO_LIVE_ENDED, RefusalReason.NEVER_DELIVERED);
    assertThat(
            reasons((GiveUp) DeliveryRules.whenEnded(CLAIMED.awaiting(NOW), INBOX, false, after)))
        .containsExactly(RefusalReason.TIME_TO_LIVE_ENDED, RefusalReason.NOT_ACKNOWLEDGED);
  }

  private static DeliveryRules.Next failure(OutboxRow row, TransientFailure failure) {
    return DeliveryRules.afterFailure(row, failure, HTTPS.retry(), Optional.empty(), NOW);
  }

  private static TransientFailure retryAfter(Duration wish) {
    return new TransientFailure("HTTP_503", Optional.of(wish), false, false);
  }

  private static List<RefusalReason> reasons(GiveUp end) {
    return end.reasons().stream().map(Problem::reason).toList();
  }

  @Test
  void countsAClaimWhoseOutcomeNobodyWroteAsPerhapsDelivered() {
    OutboxRow abandoned = Letters.row().handedOver(Letters.NOW).claimed(Letters.NOW);

    OutboxRow again = abandoned.handedOver(Letters.NOW);

    assertThat(again.perhapsDelivered()).isTrue();
  }
}
