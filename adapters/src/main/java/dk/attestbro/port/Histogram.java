package dk.attestbro.port;

import java.util.Arrays;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/** How often each whole number was measured; percentiles out of it are exact. */
public final class Histogram {
  /** Smaller numbers, nearly all, are counted in an array. */
  private static final int SMALL = 1024;

  private long[] small = {};
  private final TreeMap<Long, Long> others = new TreeMap<>();
  private long size;

  /** Measures a value so many times more. */
  public void add(long value, long n) {
    if (value >= 0 && value < SMALL) {
      int at = (int) value;
      reach(at);
      small[at] += n;
    } else {
      others.merge(value, n, Long::sum);
    }
    size += n;
  }

  private void reach(int at) {
    if (at >= small.length) {
      small = Arrays.copyOf(small, Math.min(SMALL, Math.max(16, Integer.highestOneBit(at) * 2)));
    }
  }

  public void addAll(Histogram other) {
    if (other.small.length > 0) {
      reach(other.small.length - 1);
    }
    for (int i = 0; i < other.small.length; i++) {
      small[i] += other.small[i];
    }
    other.others.forEach((value, n) -> others.merge(value, n, Long::sum));
    size += other.size;
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
    for (int i = 0; i < small.length; i++) {
      sum += (double) i * small[i];
    }
    for (Map.Entry<Long, Long> entry : others.entrySet()) {
      sum += (double) entry.getKey() * entry.getValue();
    }
    return size == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / size);
  }

  /** The value at this place, from 1, when all are put in order. */
  private long ranked(long place) {
    long before = 0;
    for (Map.Entry<Long, Long> entry : others.headMap(0L).entrySet()) {
      before += entry.getValue();
      if (before >= place) {
        return entry.getKey();
      }
    }
    for (int i = 0; i < small.length; i++) {
      before += small[i];
      if (before >= place) {
        return i;
      }
    }
    for (Map.Entry<Long, Long> entry : others.tailMap((long) SMALL).entrySet()) {
      before += entry.getValue();
      if (before >= place) {
        return entry.getKey();
      }
    }
    throw new IllegalArgumentException("fewer values than " + place);
  }
}
