package dk.attestbro.gateway.routes;

import static dk.attestbro.gateway.routes.Endpoints.DELETE_CONTENT;
import static dk.attestbro.gateway.routes.Endpoints.DELETE_CONTENT_TIMER;
import static dk.attestbro.gateway.routes.Endpoints.TURN_STORAGE_KEYS;
import static dk.attestbro.gateway.routes.Endpoints.TURN_STORAGE_KEYS_TIMER;

import dk.attestbro.gateway.journey.DeleteContent;
import dk.attestbro.gateway.journey.TurnStorageKeys;
import org.apache.camel.builder.RouteBuilder;

/** What is held no longer than needed: contents by row, then the keys that nothing needs. */
public final class RetentionRouteBuilder extends RouteBuilder {
  private final DeleteContent delete;
  private final TurnStorageKeys keys;
  private final Steps steps;

  public RetentionRouteBuilder(DeleteContent delete, TurnStorageKeys keys, Steps steps) {
    this.delete = delete;
    this.keys = keys;
    this.steps = steps;
  }

  @Override
  public void configure() {
    from(DELETE_CONTENT_TIMER)
        .routeId(DELETE_CONTENT)
        .description("Contents whose time is over are deleted")
        .routeConfigurationId(ErrorHandling.DUE_AGAIN)
        .process(steps.turn(DELETE_CONTENT, delete::due));

    from(TURN_STORAGE_KEYS_TIMER)
        .routeId(TURN_STORAGE_KEYS)
        .description("A new storage key each period; those that nothing needs are destroyed")
        .routeConfigurationId(ErrorHandling.DUE_AGAIN)
        .process(steps.turn(TURN_STORAGE_KEYS, keys::due));
  }
}
