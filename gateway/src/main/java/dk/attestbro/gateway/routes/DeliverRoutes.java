package dk.attestbro.gateway.routes;

import static dk.attestbro.gateway.routes.Endpoints.DELIVER;
import static dk.attestbro.gateway.routes.Endpoints.PARTY;

import dk.attestbro.model.Party;
import dk.attestbro.port.DirectorySource;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;

/** Keeps one deliver route for each party of the directory that can receive. */
public final class DeliverRoutes {
  private final CamelContext camel;
  private final DirectorySource directory;

  public DeliverRoutes(CamelContext camel, DirectorySource directory) {
    this.camel = camel;
    this.directory = directory;
  }

  /** Adds the routes that are missing; a party that came with a reload gets its own here. */
  public synchronized void follow() {
    for (Party party : directory.current().parties()) {
      String routeId = DELIVER + "-" + party.id();
      if (party.endpoint().isPresent() && camel.getRoute(routeId) == null) {
        TemplatedRouteBuilder.builder(camel, DELIVER)
            .routeId(routeId)
            .parameter(PARTY, party.id().value())
            .add();
      }
    }
  }
}
