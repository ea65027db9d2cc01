package dk.attestbro.jms;

/** The queues of the gateway's own broker that are no partner's. */
final class ReservedQueues {
  private ReservedQueues() {}

  static boolean isReserved(String queue) {
    return queue.startsWith("deliver.") || queue.startsWith("broker.");
  }
}
