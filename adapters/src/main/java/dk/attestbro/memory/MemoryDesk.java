package dk.attestbro.memory;

import dk.attestbro.model.PartyId;
import dk.attestbro.port.Change;
import dk.attestbro.port.Commit;
import dk.attestbro.port.Order;
import dk.attestbro.port.SortingDesk;
import dk.attestbro.port.UnsortedMail;
import java.time.Instant;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The mails to be sorted, guarded by the records that it is part of. */
final class MemoryDesk implements SortingDesk {
  private static final Comparator<UnsortedMail> BY_TIME =
      Comparator.comparing(UnsortedMail::receivedAt).thenComparing(mail -> mail.id().toString());

  private final Map<UUID, UnsortedMail> mails = new HashMap<>();
  private final Set<UUID> held = new HashSet<>();

  Commit keep(UnsortedMail mail, Deque<Runnable> undo) {
    if (mails.putIfAbsent(mail.id(), mail) != null) {
      return Commit.STALE;
    }
    held.add(mail.id());
    undo.push(
        () -> {
          mails.remove(mail.id());
          held.remove(mail.id());
        });
    return Commit.DONE;
  }

  Commit close(Change.CloseMail close, Deque<Runnable> undo) {
    Optional<UnsortedMail> open = unsorted(close.id()).filter(mail -> mail.closedAt().isEmpty());
    if (open.isEmpty()) {
      return Commit.STALE;
    }
    UnsortedMail mail = open.get();
    mails.put(
        mail.id(),
        new UnsortedMail(
            mail.sha256(),
            mail.account(),
            mail.reason(),
            mail.sender(),
            mail.receivedAt(),
            mail.size(),
            Optional.of(close.at())));
    undo.push(() -> mails.put(mail.id(), mail));
    return Commit.DONE;
  }

  Commit empty(Change.EmptyMail empty, Deque<Runnable> undo) {
    if (!held.remove(empty.id())) {
      return Commit.STALE;
    }
    undo.push(() -> held.add(empty.id()));
    return Commit.DONE;
  }

  @Override
  public List<UnsortedMail> open(Order<By> order, Optional<UUID> after, int limit) {
    Comparator<UnsortedMail> natural = by(order.by()).thenComparing(BY_TIME);
    Comparator<UnsortedMail> wanted = order.descending() ? natural.reversed() : natural;
    return mails.values().stream()
        .filter(mail -> mail.closedAt().isEmpty())
        .filter(
            mail ->
                after.isEmpty()
                    || unsorted(after.get())
                        .filter(seen -> wanted.compare(mail, seen) > 0)
                        .isPresent())
        .sorted(wanted)
        .limit(limit)
        .toList();
  }

  private static Comparator<UnsortedMail> by(By by) {
    return switch (by) {
      case RECEIVED -> BY_TIME;
      case ACCOUNT -> Comparator.comparing(UnsortedMail::account);
      case REASON -> Comparator.comparing(UnsortedMail::reason);
      case SENDER -> Comparator.comparing(m -> m.sender().map(PartyId::value).orElse(""));
      case SIZE -> Comparator.comparing(UnsortedMail::size);
    };
  }

  @Override
  public Optional<UnsortedMail> unsorted(UUID id) {
    return Optional.ofNullable(mails.get(id));
  }

  @Override
  public long openCount() {
    return mails.values().stream().filter(mail -> mail.closedAt().isEmpty()).count();
  }

  @Override
  public List<UnsortedMail> mailsToEmpty(Instant closedBy, Instant receivedBy, int limit) {
    return mails.values().stream()
        .filter(mail -> held.contains(mail.id()))
        .filter(
            mail ->
                mail.closedAt().filter(at -> !at.isAfter(closedBy)).isPresent()
                    || !mail.receivedAt().isAfter(receivedBy))
        .sorted(BY_TIME)
        .limit(limit)
        .toList();
  }
}
