package dk.attestbro.gateway.routes;

import dk.attestbro.gateway.journey.Answer;
import dk.attestbro.gateway.journey.IncomingMessage;
import dk.attestbro.gateway.journey.ReceiveRoute;
import dk.attestbro.model.Refusal;
import dk.attestbro.model.RefusalReason;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a message down {@code direct:receive} and brings the answer back. */
public final class DirectReceive implements ReceiveRoute {
  private static final Logger LOG = LoggerFactory.getLogger(DirectReceive.class);

  private final ProducerTemplate camel;

  public DirectReceive(ProducerTemplate camel) {
    this.camel = camel;
  }

  @Override
  public Answer take(IncomingMessage message) {
    Exchange done =
        camel.request(Endpoints.DIRECT_RECEIVE, exchange -> exchange.getMessage().setBody(message));
    if (done.getException() == null && done.getMessage().getBody() instanceof Answer answer) {
      return answer;
    }
    // Even the refusal could not be recorded.
    LOG.error("nothing was promised: {}", ErrorHandling.kinds(done.getException()));
    return new Answer.Refused(Refusal.of(RefusalReason.CANNOT_RECORD), Optional.empty());
  }
}
