package dk.attestbro.gateway.routes;

import dk.attestbro.jms.JmsTransmissionQueue;
import dk.attestbro.jms.QueueMessage;
import org.apache.camel.Exchange;
import org.apache.camel.component.jms.JmsMessage;

/** Turns a JMS message into what the journey knows; the only place that knows both. */
public final class JmsEdge {
  /** Leaves the protected message as the body. */
  void read(Exchange exchange) throws Exception {
    JmsMessage message = exchange.getMessage(JmsMessage.class);
    exchange.getMessage().setBody(JmsTransmissionQueue.read(message.getJmsMessage()));
  }

  /** Leaves a partner's message as the body, with the session whose transaction consumes it. */
  void readFromPartner(Exchange exchange) {
    JmsMessage message = exchange.getMessage(JmsMessage.class);
    exchange
        .getMessage()
        .setBody(new QueueMessage(message.getJmsMessage(), message.getJmsSession()));
  }
}
