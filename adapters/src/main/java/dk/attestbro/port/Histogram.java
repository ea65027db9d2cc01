package dk.attestbro.port;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/** How often each whole number was measured; percentiles out of it are exact. */
public final class Histogram {
  private final TreeMap<Long, Long> times = new TreeMap<>();
  private long size;

  /** Measures a value so many times more. */
  public void add(long value, long n) {
    times.merge(value, n, Long::sum);
    size += n;
  }

  public void addAll(Histogram other) {
    other.times.forEach(this::add);
  }

  /** How many values were measured. */
  public long size() {
    return size;
  }

  /** The middle value; of an even number the mean of the two in the middle. */
  public OptionalDouble median() {
    return size == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((ranked((size + 1) / 2) + ranked(size / 2 + 1)) / 2.0);
  }

  /** The smallest value that so many percent of all do not exceed. */
  public OptionalLong percentile(int percent) {
    return size == 0
        ? OptionalLong.empty()
        : OptionalLong.of(ranked(Math.max(1, (size * percent + 99) / 100)));
  }

  public OptionalDouble mean() {
    double sum = 0;
    for (Map.Entry<Long, Long> entry : times.entrySet()) {
      sum += (double) entry.getKey() * entry.getValue();
    }
    return size == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / size);
  }

  /** The value at this place, from 1, when all are put in order. */
  private long ranked(long place) {
    long before = 0;
    for (Map.Entry<Long, Long> entry : times.entrySet()) {
      before += entry.getValue();
      if (before >= place) {
        return entry.getKey();
      }
    }
    return times.lastKey();
  }
}
