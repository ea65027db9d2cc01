package dk.attestbro.gateway.routes;

import static dk.attestbro.gateway.routes.Endpoints.ANCHOR_EVIDENCE;
import static dk.attestbro.gateway.routes.Endpoints.ANCHOR_EVIDENCE_TIMER;

import dk.attestbro.gateway.journey.AnchorEvidence;
import org.apache.camel.builder.RouteBuilder;

/** The clockwork of the evidence: a signed checkpoint each period. */
public final class EvidenceRouteBuilder extends RouteBuilder {
  private final AnchorEvidence anchor;
  private final Steps steps;

  public EvidenceRouteBuilder(AnchorEvidence anchor, Steps steps) {
    this.anchor = anchor;
    this.steps = steps;
  }

  @Override
  public void configure() {
    from(ANCHOR_EVIDENCE_TIMER)
        .routeId(ANCHOR_EVIDENCE)
        .description("What was added to the evidence is covered by a signed checkpoint")
        .routeConfigurationId(ErrorHandling.DUE_AGAIN)
        .process(steps.turn(ANCHOR_EVIDENCE, anchor::due));
  }
}
