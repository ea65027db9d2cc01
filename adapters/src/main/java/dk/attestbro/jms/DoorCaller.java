package dk.attestbro.jms;

import org.apache.activemq.artemis.core.security.CheckType;

/** Who stands behind a connection to the door, and what that one may do there. */
sealed interface DoorCaller {
  /** Whether it may do this at that address. */
  boolean may(CheckType act, String address);

  /** Fit for logs. */
  String label();

  /** The gateway, from within its own process. */
  record Itself() implements DoorCaller {
    @Override
    public boolean may(CheckType act, String address) {
      return true;
    }

    @Override
    public String label() {
      return "gateway";
    }
  }

  /** The parties that a certificate stands for. */
  record Partner(String label, PartnerQueues queues) implements DoorCaller {
    @Override
    public boolean may(CheckType act, String address) {
      return switch (act) {
        case SEND -> queues.sends().contains(address);
        case CONSUME, BROWSE -> queues.takes().contains(address);
        // SECURITY: the gateway makes the queues; nobody manages anything.
        case CREATE_ADDRESS,
            DELETE_ADDRESS,
            CREATE_DURABLE_QUEUE,
            DELETE_DURABLE_QUEUE,
            CREATE_NON_DURABLE_QUEUE,
            DELETE_NON_DURABLE_QUEUE,
            MANAGE,
            VIEW,
            EDIT ->
            false;
      };
    }
  }
}
