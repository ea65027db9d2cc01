package dk.attestbro.gateway.routes;

import static dk.attestbro.gateway.routes.Endpoints.DIRECT_RECEIVE;
import static dk.attestbro.gateway.routes.Endpoints.RECEIVE;

import dk.attestbro.gateway.journey.AnchorEvidence;
import dk.attestbro.gateway.journey.Authenticate;
import dk.attestbro.gateway.journey.AuthenticatedMessage;
import dk.attestbro.gateway.journey.IncomingMessage;
import dk.attestbro.gateway.journey.Recognise;
import dk.attestbro.gateway.journey.Recognised.KnownLetter;
import dk.attestbro.gateway.journey.Recognised.NewLetter;
import dk.attestbro.gateway.journey.Record;
import dk.attestbro.gateway.journey.ScanAttachments;
import dk.attestbro.gateway.journey.Validate;
import dk.attestbro.gateway.journey.ValidatedMessage;
import org.apache.camel.builder.RouteBuilder;

/** The way in: every letter, whatever door it came by, from its bytes to its record. */
public final class ReceiveRouteBuilder extends RouteBuilder {
  private final Authenticate authenticate;
  private final Recognise recognise;
  private final AnchorEvidence evidence;
  private final Validate validate;
  private final ScanAttachments scan;
  private final Record record;
  private final Steps steps;

  public ReceiveRouteBuilder(
      Authenticate authenticate,
      Recognise recognise,
      AnchorEvidence evidence,
      Validate validate,
      ScanAttachments scan,
      Record record,
      Steps steps) {
    this.authenticate = authenticate;
    this.recognise = recognise;
    this.evidence = evidence;
    this.validate = validate;
    this.scan = scan;
    this.record = record;
    this.steps = steps;
  }

  @Override
  public void configure() {
    from(DIRECT_RECEIVE)
        .routeId(RECEIVE)
        .description("A letter comes in, is checked and recorded; its sender gets the answer")
        .routeConfigurationId(ErrorHandling.REFUSALS)
        // SECURITY: headers steer Camel components; none that came in may live on.
        .removeHeaders("*")
        .process(steps.step("authenticate", IncomingMessage.class, authenticate::sender))
        .process(steps.step("recognise", AuthenticatedMessage.class, recognise::letter))
        .choice()
        .when(body().isInstanceOf(KnownLetter.class))
        .process(steps.step("answer-again", KnownLetter.class, KnownLetter::answer))
        .otherwise()
        .process(steps.step("accept", NewLetter.class, evidence::accept))
        .process(
            steps.step("validate", NewLetter.class, letter -> validate.content(letter.message())))
        .process(steps.step("scan", ValidatedMessage.class, scan::attachments))
        .process(steps.step("record", ValidatedMessage.class, record::once))
        .end();
  }
}
