package dk.attestbro.gateway.routes;

import static dk.attestbro.gateway.routes.Endpoints.FOLLOW_UP;
import static dk.attestbro.gateway.routes.Endpoints.FOLLOW_UP_CASES;
import static dk.attestbro.gateway.routes.Endpoints.FOLLOW_UP_CASES_TIMER;
import static dk.attestbro.gateway.routes.Endpoints.FOLLOW_UP_TIMER;
import static dk.attestbro.gateway.routes.Endpoints.RELAY_OUTBOX;
import static dk.attestbro.gateway.routes.Endpoints.RELAY_TIMER;

import dk.attestbro.gateway.journey.FollowUpCase;
import dk.attestbro.gateway.journey.FollowUpLetter;
import dk.attestbro.gateway.journey.RelayOutbox;
import org.apache.camel.builder.RouteBuilder;

/** The clockwork: what is due goes to the queue, and what waited long enough is followed up. */
public final class RelayRouteBuilder extends RouteBuilder {
  private final RelayOutbox relay;
  private final FollowUpLetter followUp;
  private final FollowUpCase followUpCases;
  private final Steps steps;

  public RelayRouteBuilder(
      RelayOutbox relay, FollowUpLetter followUp, FollowUpCase followUpCases, Steps steps) {
    this.relay = relay;
    this.followUp = followUp;
    this.followUpCases = followUpCases;
    this.steps = steps;
  }

  @Override
  public void configure() {
    from(RELAY_TIMER)
        .routeId(RELAY_OUTBOX)
        .description("Letters that are due are protected and handed to the queue")
        .routeConfigurationId(ErrorHandling.DUE_AGAIN)
        .process(steps.turn(RELAY_OUTBOX, relay::all));

    from(FOLLOW_UP_TIMER)
        .routeId(FOLLOW_UP)
        .description("Letters without an acknowledgement are sent again or ended")
        .routeConfigurationId(ErrorHandling.DUE_AGAIN)
        .process(steps.turn(FOLLOW_UP, followUp::due));

    from(FOLLOW_UP_CASES_TIMER)
        .routeId(FOLLOW_UP_CASES)
        .description("Cases that wait for a reply get their reminders, their escalation, their end")
        .routeConfigurationId(ErrorHandling.DUE_AGAIN)
        .process(steps.turn(FOLLOW_UP_CASES, followUpCases::due));
  }
}
