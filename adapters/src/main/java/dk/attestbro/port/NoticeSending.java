package dk.attestbro.port;

import dk.attestbro.model.DeliveryOutcome;

/** Tells one kind of recipient. */
@FunctionalInterface
public interface NoticeSending {
  /** Tries once, within time limits. Never throws for what the world does. */
  DeliveryOutcome send(DueNotice notice);
}
