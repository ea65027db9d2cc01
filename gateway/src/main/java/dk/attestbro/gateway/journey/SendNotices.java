package dk.attestbro.gateway.journey;

import dk.attestbro.model.DeliveryOutcome;
import dk.attestbro.model.DeliveryOutcome.Delivered;
import dk.attestbro.model.DeliveryOutcome.FatalFailure;
import dk.attestbro.model.DeliveryOutcome.TransientFailure;
import dk.attestbro.model.RetryPolicy;
import dk.attestbro.port.DueNotice;
import dk.attestbro.port.NoticeSending;
import dk.attestbro.port.Notices;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Sends the notices that are due, each by one node; tries again for a day, and then gives up with a
 * line in the log. Where a node ends between sending and writing so, the same notice goes again,
 * under the same id.
 */
public final class SendNotices {
  private static final RetryPolicy RETRY = RetryPolicy.parse("3:1m,3:5m,4:30m,11:2h");
  private static final int MOST_IN_A_TURN = 100;
  private static final Duration KEPT = Duration.ofDays(90);

  /** Longer than any attempt takes within its time limits. */
  private static final Duration LEASE = Duration.ofMinutes(30);

  private final Notices notices;
  private final NoticeSending sending;
  private final NoticeLog log;
  private final Clock clock;

  public SendNotices(Notices notices, NoticeSending sending, NoticeLog log, Clock clock) {
    this.notices = notices;
    this.sending = sending;
    this.log = log;
    this.clock = clock;
  }

  /** Tries each notice that is due once; returns how many were tried. */
  public int due() {
    for (int tried = 0; tried < MOST_IN_A_TURN; tried++) {
      Instant now = clock.instant();
      Optional<DueNotice> due = notices.claim(now, now.plus(LEASE));
      if (due.isEmpty()) {
        return tried;
      }
      settle(due.get(), sent(due.get()));
    }
    return MOST_IN_A_TURN;
  }

  /** Forgets what was told long ago; returns how many topics that was. */
  public int forgetOld() {
    return notices.deleteToldBefore(clock.instant().minus(KEPT));
  }

  private DeliveryOutcome sent(DueNotice due) {
    try {
      return sending.send(due);
    } catch (RuntimeException unforeseen) {
      // One notice that cannot be written must not hold up the others.
      return new TransientFailure("NOTICE_NOT_SENT");
    }
  }

  private void settle(DueNotice due, DeliveryOutcome outcome) {
    Instant now = clock.instant();
    if (outcome instanceof Delivered) {
      if (notices.end(due, now)) {
        log.told(due.notice());
      }
      return;
    }
    Optional<Duration> delay =
        outcome instanceof FatalFailure ? Optional.empty() : RETRY.delayAfter(due.attempts());
    if (delay.isPresent()) {
      notices.again(due, now.plus(delay.get()));
    } else if (notices.end(due, now)) {
      log.givenUp(due.notice(), outcome.reason());
    }
  }
}
