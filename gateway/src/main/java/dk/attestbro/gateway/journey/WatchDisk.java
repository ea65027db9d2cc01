package dk.attestbro.gateway.journey;

import dk.attestbro.gateway.journey.WatchConditions.Condition;
import dk.attestbro.model.TimelineCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/** How much of the disk is free: told under 10 per cent, and again under 5. */
public final class WatchDisk implements WatchConditions.Watch {
  private static final List<Integer> PERCENTS = List.of(5, 10);

  private final Disk disk;

  /** The disk as it is now. */
  public interface Disk {
    long free() throws IOException;

    long size() throws IOException;
  }

  public WatchDisk(Disk disk) {
    this.disk = disk;
  }

  @Override
  public List<Condition> look(Instant now) {
    try {
      double free = 100.0 * disk.free() / disk.size();
      return PERCENTS.stream()
          .filter(percent -> free < percent)
          .limit(1)
          .map(
              percent ->
                  new Condition(
                      TimelineCode.DISK_LOW, "data/" + percent, "under " + percent + " % free"))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
