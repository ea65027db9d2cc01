package dk.attestbro.gateway.routes;

import static dk.attestbro.gateway.routes.Endpoints.DELIVER;
import static dk.attestbro.gateway.routes.Endpoints.DELIVER_QUEUE;
import static dk.attestbro.gateway.routes.Endpoints.PARTY;

import dk.attestbro.gateway.journey.DeliverLetter;
import dk.attestbro.port.ProtectedMessage;
import org.apache.camel.builder.RouteBuilder;

/** The way out: one route per party, so that one that is down or paused holds up nobody else. */
public final class DeliverRouteBuilder extends RouteBuilder {
  private final JmsEdge edge;
  private final DeliverLetter deliver;
  private final Steps steps;

  public DeliverRouteBuilder(JmsEdge edge, DeliverLetter deliver, Steps steps) {
    this.edge = edge;
    this.deliver = deliver;
    this.steps = steps;
  }

  @Override
  public void configure() {
    routeTemplate(DELIVER)
        .templateParameter(PARTY)
        .from(DELIVER_QUEUE)
        .description("Letters for one party leave the queue and reach its channel")
        .routeConfigurationId(ErrorHandling.DUE_AGAIN)
        .process(edge::read)
        .removeHeaders("*")
        .process(steps.last(DELIVER, ProtectedMessage.class, deliver::once));
  }
}
