package dk.attestbro.gateway.journey;

import dk.attestbro.model.Endpoint.Channel;
import dk.attestbro.port.MessageDelivery;

/** The delivery of one channel. */
public record ChannelDelivery(Channel channel, MessageDelivery delivery) {}
