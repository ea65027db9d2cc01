package dk.attestbro.port;

import dk.attestbro.model.DeliveryOutcome;

/** Hands a letter to its receiver over one channel. */
public interface MessageDelivery {
  /** Tries once, within the channel's time limits. Never throws for what the world does. */
  DeliveryOutcome deliver(Delivery delivery);
}
