package dk.attestbro.gateway.routes;

import static dk.attestbro.gateway.routes.Endpoints.DELETE_DRAFTS;
import static dk.attestbro.gateway.routes.Endpoints.DELETE_DRAFTS_TIMER;

import dk.attestbro.gateway.journey.DeleteDrafts;
import org.apache.camel.builder.RouteBuilder;

/** Drafts are kept no longer than somebody works on them. */
public final class DraftsRouteBuilder extends RouteBuilder {
  private final DeleteDrafts delete;
  private final Steps steps;

  public DraftsRouteBuilder(DeleteDrafts delete, Steps steps) {
    this.delete = delete;
    this.steps = steps;
  }

  @Override
  public void configure() {
    from(DELETE_DRAFTS_TIMER)
        .routeId(DELETE_DRAFTS)
        .description("Drafts that nobody has saved for too long are deleted")
        .routeConfigurationId(ErrorHandling.DUE_AGAIN)
        .process(steps.turn(DELETE_DRAFTS, delete::due));
  }
}
