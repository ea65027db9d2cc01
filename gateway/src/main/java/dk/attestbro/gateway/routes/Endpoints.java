package dk.attestbro.gateway.routes;

/** Every endpoint and route name, in one place. */
final class Endpoints {
  static final String RECEIVE = "receive";
  static final String RELAY_OUTBOX = "relay-outbox";
  static final String FOLLOW_UP = "follow-up";
  static final String DELETE_CONTENT = "delete-content";
  static final String TURN_STORAGE_KEYS = "turn-storage-keys";
  static final String FOLLOW_UP_CASES = "follow-up-cases";
  static final String DELIVER = "deliver";

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
  static final String DELIVER_QUEUE =
      "jms:queue:deliver.{{party}}?mapJmsMessage=false"
          + "&maxConcurrentConsumers={{attestbro.deliveries-per-party}}";

  private Endpoints() {}
}
