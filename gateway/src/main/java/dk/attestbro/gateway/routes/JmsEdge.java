package dk.attestbro.gateway.routes;

import dk.attestbro.gateway.journey.LargeContents;
import dk.attestbro.jms.JmsTransmissionQueue;
import dk.attestbro.jms.QueueMessage;
import jakarta.jms.BytesMessage;
import org.apache.camel.Exchange;
import org.apache.camel.component.jms.JmsMessage;
import org.apache.camel.support.SynchronizationAdapter;

/** Turns a JMS message into what the journey knows; the only place that knows both. */
public final class JmsEdge {
  private final LargeContents large;

  public JmsEdge(LargeContents large) {
    this.large = large;
  }

  /**
   * Leaves the protected message as the body. Where there is no room for it, it is due again when
   * its lease is over.
   */
  void read(Exchange exchange) throws Exception {
    JmsMessage message = exchange.getMessage(JmsMessage.class);
    hold(exchange, JmsTransmissionQueue.size(message.getJmsMessage()));
    exchange.getMessage().setBody(JmsTransmissionQueue.read(message.getJmsMessage()));
  }

  /**
   * Leaves a partner's message as the body, with the session whose transaction consumes it. Where
   * there is no room for it, the broker brings it again.
   */
  void readFromPartner(Exchange exchange) throws Exception {
    JmsMessage message = exchange.getMessage(JmsMessage.class);
    hold(
        exchange,
        message.getJmsMessage() instanceof BytesMessage bytes ? bytes.getBodyLength() : 0);
    exchange
        .getMessage()
        .setBody(new QueueMessage(message.getJmsMessage(), message.getJmsSession()));
  }

  /** The route's work on the message is one piece. */
  private void hold(Exchange exchange, long bytes) {
    large.begin();
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                large.end();
              }
            });
    large.hold(bytes);
  }
}
