package dk.attestbro.gateway.journey;

import dk.attestbro.model.DeliveryOutcome;
import dk.attestbro.model.Endpoint.Channel;
import dk.attestbro.port.Delivery;
import dk.attestbro.port.MessageDelivery;
import java.util.Map;
import java.util.Optional;

/** Hands a letter to the delivery of its endpoint's channel. */
public final class DeliveryByChannel implements MessageDelivery {
  private final Map<Channel, MessageDelivery> channels;

  public DeliveryByChannel(Map<Channel, MessageDelivery> channels) {
    this.channels = Map.copyOf(channels);
  }

  /** As the channel does; CHANNEL_NOT_CONFIGURED, alarmed, where this gateway has none such. */
  @Override
  public DeliveryOutcome deliver(Delivery delivery) {
    MessageDelivery channel = channels.get(delivery.endpoint().channel());
    return channel == null
        ? new DeliveryOutcome.TransientFailure(
            "CHANNEL_NOT_CONFIGURED", Optional.empty(), false, true)
        : channel.deliver(delivery);
  }
}
