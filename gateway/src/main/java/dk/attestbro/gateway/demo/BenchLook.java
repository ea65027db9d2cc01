package dk.attestbro.gateway.demo;

import java.util.List;

/**
 * What looking costs: the measured time in slices, by turns with nobody looking and with so many
 * open overview pages, so that a machine that slows down or speeds up counts for neither.
 *
 * @param views how often the part of the page that renews itself was shown
 */
record BenchLook(int viewers, long views, List<Slice> slices) {
  BenchLook {
    slices = List.copyOf(slices);
  }

  /** So many exchanges in so many seconds, looked at or not. */
  record Slice(boolean looked, long exchanges, double seconds) {
    double perSecond() {
      return seconds == 0 ? 0 : exchanges / seconds;
    }
  }

  /** Nobody looks. */
  static BenchLook none() {
    return new BenchLook(0, 0, List.of());
  }

  double perSecond(boolean looked) {
    double seconds =
        slices.stream().filter(s -> s.looked() == looked).mapToDouble(Slice::seconds).sum();
    long exchanges =
        slices.stream().filter(s -> s.looked() == looked).mapToLong(Slice::exchanges).sum();
    return seconds == 0 ? 0 : exchanges / seconds;
  }

  /** The rate with viewers beside that without: 1 where looking costs nothing. */
  double ratio() {
    return perSecond(false) == 0 ? 0 : perSecond(true) / perSecond(false);
  }
}
