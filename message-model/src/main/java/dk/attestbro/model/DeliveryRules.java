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

  /**
   * After an attempt that failed for now: the next attempt, or the end where none is left. {@code
   * fallbackAt} is when the receiver's fallback takes over, if it has one: no wait goes beyond it.
   */
  public static Next afterFailure(
      OutboxRow row,
      DeliveryOutcome.TransientFailure failure,
      RetryPolicy policy,
      Optional<Instant> fallbackAt,
      Instant now) {
    boolean perhaps = row.perhapsDelivered() || failure.perhapsDelivered();
    Optional<Duration> delay = policy.delayAfter(row.attempts());
    Optional<Instant> takesOver = fallbackAt.filter(at -> !perhaps && !row.viaFallback());
    if (takesOver.isPresent()) {
      Instant last = takesOver.get().isBefore(now) ? now : takesOver.get();
      Instant next = delay.map(now::plus).filter(last::isAfter).orElse(last);
      return new GoOn(row.toRetry(next, failure.reason(), false));
    }
    if (delay.isEmpty()) {
      return new GiveUp(List.of(delivered(perhaps, failure.reason())));
    }
    Duration wait =
        failure.retryAfter().filter(wish -> wish.compareTo(delay.get()) > 0).orElse(delay.get());
    return new GoOn(row.toRetry(now.plus(wait), failure.reason(), failure.perhapsDelivered()));
  }

  /**
   * The row on its way to the fallback, where that takes over now: its time has come, and the
   * receiver's own endpoint is proven never to have had the letter.
   */
  public static Optional<OutboxRow> toFallback(
      OutboxRow row, Letter letter, Party receiver, Instant now) {
    return receiver
        .fallbackAt(letter)
        .filter(at -> row.mayFallBack() && !now.isBefore(at))
        .flatMap(at -> receiver.fallback())
        .map(fallback -> letter.receivedAt().plus(fallback.endpoint().timeToLive()))
        .map(end -> row.toFallback(now, end.isAfter(row.expiresAt()) ? end : row.expiresAt()));
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
