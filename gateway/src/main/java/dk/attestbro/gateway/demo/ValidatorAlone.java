package dk.attestbro.gateway.demo;

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
 * What validating a message costs with nothing around it: CPU time per message, with every
 * processor at it. Two that share a core are each slower than one alone, in a loaded gateway as
 * here.
 */
final class ValidatorAlone {
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

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
    Spent spent = everyProcessor(messages, time);
    return Math.round(spent.nanos() / 10_000.0 / spent.messages()) / 100.0;
  }

  private record Spent(long messages, long nanos) {
    Spent and(Spent other) {
      return new Spent(messages + other.messages, nanos + other.nanos);
    }
  }

  private Spent everyProcessor(Supplier<Payload> messages, Duration time) {
    ExecutorService pool = Executors.newFixedThreadPool(PROCESSORS);
    Callable<Spent> each = () -> run(messages, time);
    try {
      Spent all = new Spent(0, 0);
      for (Future<Spent> one : pool.invokeAll(Collections.nCopies(PROCESSORS, each))) {
        all = all.and(one.get());
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

  private Spent run(Supplier<Payload> messages, Duration time) {
    long before = cpu();
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
    return new Spent(count, cpu() - before);
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
