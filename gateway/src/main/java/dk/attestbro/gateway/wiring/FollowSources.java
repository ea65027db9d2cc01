package dk.attestbro.gateway.wiring;

import dk.attestbro.gateway.routes.SourceRoutes;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** A queue or folder that came into the directory, or left it, is followed. */
@Component
class FollowSources {
  private final SourceRoutes routes;

  FollowSources(SourceRoutes routes) {
    this.routes = routes;
  }

  @Scheduled(fixedDelayString = "2s", initialDelayString = "2s")
  void follow() {
    routes.follow();
  }
}
