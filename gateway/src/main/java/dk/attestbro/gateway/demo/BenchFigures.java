package dk.attestbro.gateway.demo;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Latencies of the exchanges of one count, each measured from the post of the letter. */
final class BenchFigures {
  private final Queue<Long> accepted = new ConcurrentLinkedQueue<>();
  private final Queue<Long> delivered = new ConcurrentLinkedQueue<>();
  private final Queue<Long> acknowledged = new ConcurrentLinkedQueue<>();

  /** Percentiles in milliseconds; all 0 where nothing was measured. */
  record Latency(double p50, double p95, double p99) {
    private static Latency of(Queue<Long> nanos) {
      long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
      return new Latency(at(sorted, 0.50), at(sorted, 0.95), at(sorted, 0.99));
    }

    private static double at(long[] sorted, double share) {
      if (sorted.length == 0) {
        return 0;
      }
      int index = (int) Math.ceil(share * sorted.length) - 1;
      return Math.round(sorted[Math.max(0, index)] / 10_000.0) / 100.0;
    }
  }

  /** The Receipt came. */
  void accepted(long nanos) {
    accepted.add(nanos);
  }

  /** The letter was at its receiver. */
  void delivered(long nanos) {
    delivered.add(nanos);
  }

  /** The Acknowledgement was at the sender. */
  void acknowledged(long nanos) {
    acknowledged.add(nanos);
  }

  Latency accepted() {
    return Latency.of(accepted);
  }

  Latency delivered() {
    return Latency.of(delivered);
  }

  Latency acknowledged() {
    return Latency.of(acknowledged);
  }
}
