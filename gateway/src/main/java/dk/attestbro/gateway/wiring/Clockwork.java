package dk.attestbro.gateway.wiring;

import dk.attestbro.gateway.routes.DeliverRoutes;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** What is looked at again and again beside the routes. */
@Component
class Clockwork {
  private final DeliverRoutes routes;
  private final GatewayFigures figures;

  Clockwork(DeliverRoutes routes, GatewayFigures figures) {
    this.routes = routes;
    this.figures = figures;
  }

  /** A party that came into the directory gets its route. */
  @Scheduled(fixedDelayString = "2s", initialDelayString = "2s")
  void followDirectory() {
    routes.follow();
  }

  /** The gauges are read from the records at this pace, however often they are scraped. */
  @Scheduled(fixedDelayString = "10s", initialDelayString = "1s")
  void readFigures() {
    figures.read();
  }
}
