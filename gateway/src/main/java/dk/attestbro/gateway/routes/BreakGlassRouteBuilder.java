package dk.attestbro.gateway.routes;

import static dk.attestbro.gateway.routes.Endpoints.END_BREAK_GLASS;
import static dk.attestbro.gateway.routes.Endpoints.END_BREAK_GLASS_TIMER;

import dk.attestbro.gateway.journey.EndBreakGlass;
import org.apache.camel.builder.RouteBuilder;

/** Requests for break-glass access are kept no longer than they wait or are open. */
public final class BreakGlassRouteBuilder extends RouteBuilder {
  private final EndBreakGlass end;
  private final Steps steps;

  public BreakGlassRouteBuilder(EndBreakGlass end, Steps steps) {
    this.end = end;
    this.steps = steps;
  }

  @Override
  public void configure() {
    from(END_BREAK_GLASS_TIMER)
        .routeId(END_BREAK_GLASS)
        .description("Requests for break-glass access whose time has gone are ended")
        .routeConfigurationId(ErrorHandling.DUE_AGAIN)
        .process(steps.turn(END_BREAK_GLASS, end::due));
  }
}
