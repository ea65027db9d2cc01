package dk.attestbro.gateway.routes;

import static dk.attestbro.gateway.routes.Endpoints.DELETE_ACCESS_LOG;
import static dk.attestbro.gateway.routes.Endpoints.DELETE_ACCESS_LOG_TIMER;

import dk.attestbro.gateway.journey.DeleteAccessLog;
import org.apache.camel.builder.RouteBuilder;

/** The access log is kept no longer than it must be. */
public final class AccessLogRouteBuilder extends RouteBuilder {
  private final DeleteAccessLog delete;
  private final Steps steps;

  public AccessLogRouteBuilder(DeleteAccessLog delete, Steps steps) {
    this.delete = delete;
    this.steps = steps;
  }

  @Override
  public void configure() {
    from(DELETE_ACCESS_LOG_TIMER)
        .routeId(DELETE_ACCESS_LOG)
        .description("Entries of the access log whose time is over are deleted")
        .routeConfigurationId(ErrorHandling.DUE_AGAIN)
        .process(steps.turn(DELETE_ACCESS_LOG, delete::due));
  }
}
