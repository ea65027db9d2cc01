package dk.attestbro.gateway.routes;

import static dk.attestbro.gateway.routes.Endpoints.FORGET_NOTICES;
import static dk.attestbro.gateway.routes.Endpoints.FORGET_NOTICES_TIMER;
import static dk.attestbro.gateway.routes.Endpoints.SEND_NOTICES;
import static dk.attestbro.gateway.routes.Endpoints.SEND_NOTICES_TIMER;
import static dk.attestbro.gateway.routes.Endpoints.WATCH_CONDITIONS;
import static dk.attestbro.gateway.routes.Endpoints.WATCH_CONDITIONS_TIMER;
import static dk.attestbro.gateway.routes.Endpoints.WRITE_ALERTS;

import dk.attestbro.gateway.journey.Alerts;
import dk.attestbro.gateway.journey.SendNotices;
import dk.attestbro.gateway.journey.WatchConditions;
import org.apache.camel.builder.RouteBuilder;

/**
 * The clockwork of the notices: what is due is sent, and what operations must know is looked for.
 */
public final class NoticeRouteBuilder extends RouteBuilder {
  private final Alerts alerts;
  private final SendNotices send;
  private final WatchConditions watch;
  private final Steps steps;

  public NoticeRouteBuilder(Alerts alerts, SendNotices send, WatchConditions watch, Steps steps) {
    this.alerts = alerts;
    this.send = send;
    this.watch = watch;
    this.steps = steps;
  }

  @Override
  public void configure() {
    from(SEND_NOTICES_TIMER)
        .routeId(SEND_NOTICES)
        .description("Alarms become notices, and notices that are due go to their recipients")
        .routeConfigurationId(ErrorHandling.DUE_AGAIN)
        .process(steps.turn(WRITE_ALERTS, alerts::write))
        .process(steps.turn(SEND_NOTICES, send::due));

    from(WATCH_CONDITIONS_TIMER)
        .routeId(WATCH_CONDITIONS)
        .description("Certificates, disk, broker, database and overdue replies are looked at")
        .routeConfigurationId(ErrorHandling.DUE_AGAIN)
        .process(steps.turn(WATCH_CONDITIONS, watch::look));

    from(FORGET_NOTICES_TIMER)
        .routeId(FORGET_NOTICES)
        .description("Notices that were told long ago are deleted")
        .routeConfigurationId(ErrorHandling.DUE_AGAIN)
        .process(steps.turn(FORGET_NOTICES, send::forgetOld));
  }
}
