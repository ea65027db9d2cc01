package dk.attestbro.gateway.api;

import dk.attestbro.gateway.api.OperationsViews.CertificateView;
import dk.attestbro.gateway.api.OperationsViews.OverviewView;
import dk.attestbro.gateway.operations.TakeOverview;
import java.time.Clock;
import java.time.Instant;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How everything stands, and which certificates end when. */
@RestController
@RequestMapping("/api/v1/operations")
final class OverviewController {
  private final TakeOverview take;
  private final Clock clock;

  OverviewController(TakeOverview take, Clock clock) {
    this.take = take;
    this.clock = clock;
  }

  @GetMapping("/overview")
  ResponseEntity<byte[]> overview() {
    return Responses.json(200, OverviewView.of(take.overview()));
  }

  @GetMapping("/certificates")
  ResponseEntity<byte[]> certificates() {
    Instant now = clock.instant();
    return Responses.json(
        200, take.certificates().stream().map(end -> CertificateView.of(end, now)).toList());
  }
}
