package dk.attestbro.gateway.routes;

import dk.attestbro.jms.QueueMessage;
import dk.attestbro.model.PartyId;
import org.apache.camel.builder.RouteBuilder;

/** The way in by a queue: one route for each queue that a party sends through. */
final class ReceiveQueueRouteBuilder extends RouteBuilder {
  private final String routeId;
  private final String queue;
  private final PartyId party;
  private final JmsEdge jms;
  private final QueueEdge edge;
  private final Steps steps;

  ReceiveQueueRouteBuilder(
      String routeId, String queue, PartyId party, JmsEdge jms, QueueEdge edge, Steps steps) {
    this.routeId = routeId;
    this.queue = queue;
    this.party = party;
    this.jms = jms;
    this.edge = edge;
    this.steps = steps;
  }

  @Override
  public void configure() {
    from(queue)
        .routeId(routeId)
        .description(
            "Letters from one party's queue are taken, and answered in the same transaction")
        .routeConfigurationId(ErrorHandling.COMES_AGAIN)
        .process(jms::readFromPartner)
        // SECURITY: headers steer Camel components, and these were written by a partner.
        .removeHeaders("*")
        .process(steps.last(Endpoints.RECEIVE_JMS, QueueMessage.class, m -> edge.take(party, m)));
  }
}
