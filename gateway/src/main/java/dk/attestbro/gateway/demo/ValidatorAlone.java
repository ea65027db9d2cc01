package dk.attestbro.gateway.demo;

import com.sun.management.OperatingSystemMXBean;
import dk.attestbro.fhir.FhirForms;
import dk.attestbro.fhir.FhirMessageReader;
import dk.attestbro.fhir.FhirMessageValidator;
import dk.attestbro.model.MessageReader;
import dk.attestbro.model.MessageValidator;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Validation;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * What validating a message costs with nothing around it: CPU time of the process per message, with
 * what its collector and its compiler take, and every processor at it. So is the gateway's figure
 * taken.
 */
final class ValidatorAlone {
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final MessageReader reader = new FhirMessageReader();
  private final MessageValidator validator = new FhirMessageValidator(new FhirForms());
  private final Clock clock;

  ValidatorAlone(Clock clock) {
    this.clock = clock;
  }

  /**
   * CPU milliseconds per message.
   *
   * @param time how long it is measured, after as long a warm-up
   * @throws StepFailed where a message is not valid
   */
  double measure(Supplier<Payload> messages, Duration time) {
    everyProcessor(messages, time);
    long before = PROCESS.getProcessCpuTime();
    long count = everyProcessor(messages, time);
    return Math.round((PROCESS.getProcessCpuTime() - before) / 10_000.0 / count) / 100.0;
  }

  private long everyProcessor(Supplier<Payload> messages, Duration time) {
    ExecutorService pool = Executors.newFixedThreadPool(PROCESSORS);
    Callable<Long> each = () -> run(messages, time);
    try {
      long all = 0;
      for (Future<Long> one : pool.invokeAll(Collections.nCopies(PROCESSORS, each))) {
        all += one.get();
      }
      return all;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StepFailed("interrupted while it validated");
    } catch (ExecutionException failed) {
      throw new StepFailed("a bench message could not be validated", failed);
    } finally {
      pool.shutdownNow();
    }
  }

  private long run(Supplier<Payload> messages, Duration time) {
    long end = System.nanoTime() + time.toNanos();
    long count = 0;
    while (System.nanoTime() < end || count == 0) {
      Validation found =
          validator.validate(reader.read(messages.get()), clock.instant(), OptionalInt.empty());
      if (!found.isValid()) {
        throw new StepFailed("a bench message is not valid: " + found.problems());
      }
      count++;
    }
    return count;
  }
}
