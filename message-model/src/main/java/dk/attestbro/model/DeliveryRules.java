package dk.attestbro.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a letter's way out goes on, as pure functions of its outbox row. */
public final class DeliveryRules {
  private DeliveryRules() {}

  /** What follows. */
  public sealed interface Next {}

  /** The row as it goes on. */
  public record GoOn(OutboxRow row) implements Next {}

  /** The same letter in a new envelope; {@code resends} is the new count. */
  public record Resend(int resends) implements Next {}

  /** Nobody could take it: dead, for these reasons. */
  public record GiveUp(List<Problem> reasons) implements Next {
    public GiveUp {
      reasons = List.copyOf(reasons);
    }

    /** The reasons as codes, for logs and alarms. */
    public String codes() {
      return reasons.stream()
          .map(p -> (p.reason().name() + " " + p.hint()).strip())
          .collect(Collectors.joining(", "));
    }
  }

  /**
   * After a delivery: the wait for the acknowledgement, in an inbox as long as the letter lives.
   */
  public static OutboxRow afterDelivery(
      OutboxRow row, Endpoint endpoint, boolean senderResendsItself, Instant now) {
    if (endpoint.channel() == Endpoint.Channel.INBOX) {
      return row.awaiting(row.expiresAt());
    }
    Duration wait = endpoint.acknowledgementWait();
    Instant until =
        now.plus(senderResendsItself ? wait.multipliedBy(endpoint.resends() + 1L) : wait);
    return row.awaiting(until.isBefore(row.expiresAt()) ? until : row.expiresAt());
  }

  /** After an attempt that failed for now: the next attempt, or the end where none is left. */
  public static Next afterFailure(
      OutboxRow row, DeliveryOutcome.TransientFailure failure, RetryPolicy policy, Instant now) {
    boolean perhaps = row.perhapsDelivered() || failure.perhapsDelivered();
    Optional<Duration> delay = policy.delayAfter(row.attempts());
    if (delay.isEmpty()) {
      return new GiveUp(List.of(delivered(perhaps, failure.reason())));
    }
    Duration wait =
        failure.retryAfter().filter(wish -> wish.compareTo(delay.get()) > 0).orElse(delay.get());
    return new GoOn(row.toRetry(now.plus(wait), failure.reason(), failure.perhapsDelivered()));
  }

  /** After the receiver's system rejected it. */
  public static GiveUp afterRejection(OutboxRow row, String reason) {
    return new GiveUp(List.of(delivered(row.perhapsDelivered(), reason)));
  }

  /** When the wait for an acknowledgement, or the letter's life, is over. */
  public static Next whenEnded(
      OutboxRow row, Endpoint endpoint, boolean senderResendsItself, Instant now) {
    boolean awaiting = row.phase() == OutboxRow.Phase.AWAITING;
    if (!now.isBefore(row.expiresAt())) {
      Problem how =
          awaiting
              ? new Problem(RefusalReason.NOT_ACKNOWLEDGED, "")
              : delivered(row.mayHaveArrived(), row.lastReason().orElse(""));
      return new GiveUp(List.of(new Problem(RefusalReason.TIME_TO_LIVE_ENDED, ""), how));
    }
    if (!awaiting) {
      return new GoOn(row.givenBack(now));
    }
    return senderResendsItself || row.resends() >= endpoint.resends()
        ? new GiveUp(List.of(new Problem(RefusalReason.NOT_ACKNOWLEDGED, "")))
        : new Resend(row.resends() + 1);
  }

  /** When a wait is over and the directory no longer says where the receiver is. */
  public static GiveUp withoutEndpoint(OutboxRow row) {
    return new GiveUp(
        List.of(
            row.phase() == OutboxRow.Phase.AWAITING
                ? new Problem(RefusalReason.NOT_ACKNOWLEDGED, "")
                : delivered(row.mayHaveArrived(), row.lastReason().orElse(""))));
  }

  /** Whether these reasons of a dead letter prove that its receiver does not have it. */
  public static boolean provesNeverDelivered(List<Problem> reasons) {
    return reasons.stream().anyMatch(p -> p.reason() == RefusalReason.NEVER_DELIVERED);
  }

  private static Problem delivered(boolean perhaps, String lastReason) {
    return new Problem(
        perhaps ? RefusalReason.PERHAPS_DELIVERED : RefusalReason.NEVER_DELIVERED, "", lastReason);
  }
}
