package dk.attestbro.port;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Does the same thing many times at once. */
final class Together {
  private Together() {}

  /** The results of {@code times} calls, made by {@code threads} threads that start together. */
  static <T> List<T> run(int times, int threads, IntFunction<T> call) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      CyclicBarrier start = new CyclicBarrier(threads);
      List<Future<List<T>>> shares = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int first = thread;
        Callable<List<T>> share =
            () -> {
              start.await(30, TimeUnit.SECONDS);
              List<T> results = new ArrayList<>();
              for (int number = first; number < times; number += threads) {
                results.add(call.apply(number));
              }
              return results;
            };
        shares.add(executor.submit(share));
      }
      List<T> results = new ArrayList<>();
      for (Future<List<T>> share : shares) {
        results.addAll(share.get(120, TimeUnit.SECONDS));
      }
      return results;
    } finally {
      executor.shutdownNow();
    }
  }
}
