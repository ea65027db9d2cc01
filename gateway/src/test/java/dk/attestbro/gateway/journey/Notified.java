package dk.attestbro.gateway.journey;

import dk.attestbro.model.DeliveryOutcome;
import dk.attestbro.model.Notice;
import dk.attestbro.port.DueNotice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Everyone who can be told, and the log of it, in the test's hand. */
final class Notified implements NoticeLog {
  final List<DueNotice> sent = new ArrayList<>();
  final List<String> log = new ArrayList<>();

  /** What comes of the next ones; where none is left they arrive. */
  final Deque<DeliveryOutcome> outcomes = new ArrayDeque<>();

  /** Takes a notice, as a NoticeSending does. */
  DeliveryOutcome send(DueNotice due) {
    sent.add(due);
    DeliveryOutcome next = outcomes.poll();
    return next == null ? new DeliveryOutcome.Delivered(Optional.empty()) : next;
  }

  @Override
  public void told(Notice notice) {
    log.add("told " + notice.code());
  }

  @Override
  public void givenUp(Notice notice, String reason) {
    log.add("given up " + notice.code() + " " + reason);
  }
}
