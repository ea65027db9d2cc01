package dk.attestbro.gateway.journey;

/** The one way in: the route {@code receive}. */
@FunctionalInterface
public interface ReceiveRoute {
  /**
   * Takes the message through the journey up to its record, and gives the answer. Never throws for
   * bad input.
   */
  Answer take(IncomingMessage message);
}
