package dk.attestbro.model;

import java.util.List;

/** The names of queues that have a meaning of their own. */
public final class QueueNames {
  private static final List<String> RESERVED = List.of("deliver.", "broker.", "activemq.");
  private static final String ANSWERS = ".answers";
  private static final String REFUSED = ".refused";

  private QueueNames() {}

  /** Whether it is one of the gateway's or the broker's own, and so no partner's. */
  public static boolean isReserved(String queue) {
    return RESERVED.stream().anyMatch(queue::startsWith);
  }

  /** Where the answers to what comes by this queue are put, on the broker that partners reach. */
  public static String answers(String queue) {
    return queue + ANSWERS;
  }

  /** Where refusals are put whose sender names no queue for them. */
  public static String refused(String queue) {
    return queue + REFUSED;
  }
}
