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
import java.util.OptionalInt;
import java.util.function.Supplier;

/** What validating a message costs with nothing around it: one thread, CPU time per message. */
final class ValidatorAlone {
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
    run(messages, time);
    long before = cpu();
    long count = run(messages, time);
    return Math.round((cpu() - before) / 10_000.0 / count) / 100.0;
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

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
