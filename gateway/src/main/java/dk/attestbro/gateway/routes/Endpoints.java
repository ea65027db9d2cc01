package dk.attestbro.gateway.routes;

/** Every endpoint and route name, in one place. */
final class Endpoints {
  static final String RECEIVE = "receive";
  static final String RELAY_OUTBOX = "relay-outbox";
  static final String FOLLOW_UP = "follow-up";
  static final String DELIVER = "deliver";

  /** The template parameter that names the party. */
  static final String PARTY = "party";

  static final String DIRECT_RECEIVE = "direct:" + RECEIVE;
  static final String RELAY_TIMER = "timer:" + RELAY_OUTBOX + "?period={{attestbro.relay-period}}";
  static final String FOLLOW_UP_TIMER =
      "timer:" + FOLLOW_UP + "?period={{attestbro.follow-up-period}}";
  static final String DELIVER_QUEUE =
      "jms:queue:deliver.{{party}}?mapJmsMessage=false"
          + "&maxConcurrentConsumers={{attestbro.deliveries-per-party}}";

  private Endpoints() {}
}
