package dk.attestbro.gateway.routes;

import dk.attestbro.gateway.journey.CollectFiles;
import dk.attestbro.model.PartyId;
import org.apache.camel.builder.RouteBuilder;

/** The way in by folders: one route for each party that sends through any. */
final class ReceiveFilesRouteBuilder extends RouteBuilder {
  private final PartyId party;
  private final CollectFiles collect;
  private final Steps steps;

  ReceiveFilesRouteBuilder(PartyId party, CollectFiles collect, Steps steps) {
    this.party = party;
    this.collect = collect;
    this.steps = steps;
  }

  @Override
  public void configure() {
    from(Endpoints.receiveFilesTimer(party))
        .routeId(Endpoints.RECEIVE_FILE + "-" + party)
        .description("Finished files of one party's folders are taken, and answered beside them")
        .routeConfigurationId(ErrorHandling.DUE_AGAIN)
        .process(steps.turn(Endpoints.RECEIVE_FILE, () -> collect.from(party)));
  }
}
