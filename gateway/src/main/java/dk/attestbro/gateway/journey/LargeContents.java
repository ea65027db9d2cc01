package dk.attestbro.gateway.journey;

import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets large contents be worked on one after another where the heap would not hold them at once:
 * memory that runs out ends the process, and with it everybody's letters. Small ones never wait. A
 * thread begins a piece of work, says what it is about to hold, and ends it; what it held is free
 * then. Thread-safe.
 */
public final class LargeContents {
  /** Bytes; what is no larger is not counted. */
  public static final int SMALL = 1_000_000;

  private static final int UNIT = 1_024;

  /** A content is met in several forms at once: as it came, in the clear, sealed, on the wire. */
  private static final int SHARE_OF_HEAP = 10;

  private static final int SHARE_COMING_IN = 8;

  /** More than these are told at once: each that waits keeps a thread from others. */
  static final int MOST_WAITING = 8;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Semaphore free;
  private final int all;
  private final Duration patience;
  private final ThreadLocal<Integer> held = new ThreadLocal<>();

  /**
   * @param bytes how much may be held at once; a larger content is held alone
   * @param patience how long one waits for the others
   */
  public LargeContents(long bytes, Duration patience) {
    this.all = units(bytes);
    this.free = new Semaphore(all, true);
    this.patience = patience;
  }

  /** As many as the heap of this process can hold while they are worked on. */
  public static LargeContents ofThisHeap() {
    return new LargeContents(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP, PATIENCE);
  }

  /** As many as it can hold beside those while they come in, which takes as long as it takes. */
  public static LargeContents comingIn() {
    return new LargeContents(Runtime.getRuntime().maxMemory() / SHARE_COMING_IN, PATIENCE);
  }

  /** Begins a piece of work of this thread; whatever it did before is over. */
  public void begin() {
    end();
    held.set(0);
  }

  /** Ends it. */
  public void end() {
    Integer mine = held.get();
    held.remove();
    if (mine != null) {
      free.release(mine);
    }
  }

  /** Whether this thread has begun a piece of work, so that it may have to wait. */
  public boolean isBegun() {
    return held.get() != null;
  }

  /**
   * Says that a content of this size is about to be held. A piece of work counts as the largest
   * that it holds; whoever holds one already does not wait for a larger one, so that no two wait
   * for each other. Nothing happens where no piece of work has begun.
   *
   * @throws MessageRefused BUSY where the others have not made room in time
   */
  public void hold(long bytes) {
    Integer mine = held.get();
    if (mine == null || bytes <= SMALL) {
      return;
    }
    int more = Math.min(units(bytes), all) - mine;
    if (more <= 0) {
      return;
    }
    if (mine == 0 ? !waited(more) : !free.tryAcquire(more)) {
      throw new MessageRefused(RefusalReason.BUSY);
    }
    held.set(mine + more);
  }

  /** How many threads wait. */
  int waiting() {
    return free.getQueueLength();
  }

  private boolean waited(int units) {
    if (waiting() >= MOST_WAITING) {
      return false;
    }
    try {
      return free.tryAcquire(units, patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static int units(long bytes) {
    return (int) Math.min(Integer.MAX_VALUE, bytes / UNIT + 1);
  }
}
