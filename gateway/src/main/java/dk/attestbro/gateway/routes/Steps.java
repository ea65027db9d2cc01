package dk.attestbro.gateway.routes;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Puts a step into a route: one type in, one type out, its time measured. A body of another type
 * fails loudly, since then the route is wired wrongly.
 */
public final class Steps {
  private final MeterRegistry meters;

  public Steps(MeterRegistry meters) {
    this.meters = meters;
  }

  /** A step that takes the body and leaves its result as the body. */
  <I, O> Processor step(String name, Class<I> in, Function<I, O> step) {
    Timer timer = timer(name);
    return exchange -> {
      I body = body(exchange, name, in);
      exchange.getMessage().setBody(timer.record(() -> step.apply(body)));
    };
  }

  /** A step that takes the body and leaves nothing. */
  <I> Processor last(String name, Class<I> in, Consumer<I> step) {
    Timer timer = timer(name);
    return exchange -> {
      I body = body(exchange, name, in);
      timer.record(() -> step.accept(body));
    };
  }

  /** A step that needs nothing but its turn. */
  Processor turn(String name, Runnable step) {
    Timer timer = timer(name);
    return exchange -> timer.record(step);
  }

  /** A step that takes what went wrong and leaves the answer. */
  static <E extends Throwable, O> Processor caught(Class<E> type, Function<E, O> step) {
    return exchange ->
        exchange
            .getMessage()
            .setBody(step.apply(type.cast(exchange.getProperty(Exchange.EXCEPTION_CAUGHT))));
  }

  private Timer timer(String name) {
    return timer(name, meters);
  }

  /** The timer of one step. */
  static Timer timer(String name, MeterRegistry meters) {
    return Timer.builder("attestbro.step")
        .description("Time of one step of the journey")
        .tag("step", name)
        .register(meters);
  }

  private static <I> I body(Exchange exchange, String name, Class<I> in) {
    Object body = exchange.getMessage().getBody();
    if (!in.isInstance(body)) {
      throw new IllegalStateException(
          "step "
              + name
              + " expects "
              + in.getSimpleName()
              + " and found "
              + (body == null ? "nothing" : body.getClass().getSimpleName()));
    }
    return in.cast(body);
  }
}
