package dk.attestbro.gateway.routes;

import dk.attestbro.model.PartyId;
import java.util.Optional;

/** Every endpoint and route name, in one place. */
final class Endpoints {
  static final String RECEIVE = "receive";
  static final String RECEIVE_MAIL = "receive-mail";
  static final String RELAY_OUTBOX = "relay-outbox";
  static final String FOLLOW_UP = "follow-up";
  static final String DELETE_CONTENT = "delete-content";
  static final String TURN_STORAGE_KEYS = "turn-storage-keys";
  static final String FOLLOW_UP_CASES = "follow-up-cases";
  static final String ANCHOR_EVIDENCE = "anchor-evidence";
  static final String DELETE_ACCESS_LOG = "delete-access-log";
  static final String DELETE_DRAFTS = "delete-drafts";
  static final String END_BREAK_GLASS = "end-break-glass";
  static final String WRITE_ALERTS = "write-alerts";
  static final String SEND_NOTICES = "send-notices";
  static final String WATCH_CONDITIONS = "watch-conditions";
  static final String FORGET_NOTICES = "forget-notices";
  static final String DELIVER = "deliver";
  static final String RECEIVE_JMS = "receive-jms";
  static final String RECEIVE_FILE = "receive-file";

  /** The template parameter that names the party. */
  static final String PARTY = "party";

  static final String DIRECT_RECEIVE = "direct:" + RECEIVE;
  static final String RELAY_TIMER = "timer:" + RELAY_OUTBOX + "?period={{attestbro.relay-period}}";
  static final String FOLLOW_UP_TIMER =
      "timer:" + FOLLOW_UP + "?period={{attestbro.follow-up-period}}";
  static final String DELETE_CONTENT_TIMER =
      "timer:" + DELETE_CONTENT + "?period={{attestbro.retention-period}}";
  static final String TURN_STORAGE_KEYS_TIMER =
      "timer:" + TURN_STORAGE_KEYS + "?period={{attestbro.retention-period}}";
  static final String FOLLOW_UP_CASES_TIMER =
      "timer:" + FOLLOW_UP_CASES + "?period={{attestbro.case-follow-up-period}}";
  static final String ANCHOR_EVIDENCE_TIMER =
      "timer:" + ANCHOR_EVIDENCE + "?period={{attestbro.evidence.checkpoint-period}}";
  static final String DELETE_ACCESS_LOG_TIMER =
      "timer:" + DELETE_ACCESS_LOG + "?period={{attestbro.retention-period}}";
  static final String DELETE_DRAFTS_TIMER =
      "timer:" + DELETE_DRAFTS + "?period={{attestbro.retention-period}}";
  static final String END_BREAK_GLASS_TIMER = "timer:" + END_BREAK_GLASS + "?period=60000";
  static final String SEND_NOTICES_TIMER =
      "timer:" + SEND_NOTICES + "?period={{attestbro.notices.period}}";
  static final String WATCH_CONDITIONS_TIMER =
      "timer:" + WATCH_CONDITIONS + "?period={{attestbro.alerts.period}}";
  static final String FORGET_NOTICES_TIMER =
      "timer:" + FORGET_NOTICES + "?period={{attestbro.retention-period}}";
  static final String DELIVER_QUEUE =
      "jms:queue:deliver.{{party}}?mapJmsMessage=false"
          + "&maxConcurrentConsumers={{attestbro.deliveries-per-party}}";

  private Endpoints() {}

  /** The component of partners' queues on the broker of that name, or on the gateway's own. */
  static String jmsComponent(Optional<String> broker) {
    return broker.map(name -> "jms-" + name).orElse(SourceRoutes.OWN_BROKER);
  }

  /** A queue that a party sends through. */
  static String receiveQueue(String component, String queue) {
    return component
        + ":queue:"
        + queue
        // The answer goes in the transaction that consumes; Camel's own reply would not.
        + "?mapJmsMessage=false&disableReplyTo=true"
        + "&maxConcurrentConsumers={{attestbro.jms.receivers-per-queue}}";
  }

  /** When the folders of a party are looked at. */
  static String receiveFilesTimer(PartyId party) {
    return "timer:" + RECEIVE_FILE + "-" + party + "?period={{attestbro.files.poll}}";
  }
}
