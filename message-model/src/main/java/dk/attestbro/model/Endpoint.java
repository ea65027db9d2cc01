package dk.attestbro.model;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Where and how a party receives. {@code address} is empty for an inbox, and a {@code mailto:},
 * {@code jms:}, {@code file:} or {@code sftp:} URI for those channels. {@code trust} and {@code
 * encryptTo} hold certificates (DER). {@code receives} holds event codes, or {@code *}; {@code
 * forms} the ids of the forms that it answers, empty where it answers all. {@code inboxNews}: who
 * is told of what is new in an inbox.
 */
public record Endpoint(
    Channel channel,
    Optional<URI> address,
    Optional<Certificate> trust,
    Optional<Certificate> encryptTo,
    Set<String> receives,
    Set<String> forms,
    Acknowledges acknowledges,
    RetryPolicy retry,
    Duration acknowledgementWait,
    int resends,
    Duration timeToLive,
    Optional<InboxNews> inboxNews) {
  public Endpoint {
    receives = Set.copyOf(receives);
    forms = Set.copyOf(forms);
  }

  /** One whose party looks for what is new by itself. */
  public Endpoint(
      Channel channel,
      Optional<URI> address,
      Optional<Certificate> trust,
      Optional<Certificate> encryptTo,
      Set<String> receives,
      Set<String> forms,
      Acknowledges acknowledges,
      RetryPolicy retry,
      Duration acknowledgementWait,
      int resends,
      Duration timeToLive) {
    this(
        channel,
        address,
        trust,
        encryptTo,
        receives,
        forms,
        acknowledges,
        retry,
        acknowledgementWait,
        resends,
        timeToLive,
        Optional.empty());
  }

  /** The ways to reach a party. */
  public enum Channel {
    HTTPS,
    INBOX,
    /** S/MIME mail, or mail over a forced and checked TLS connection. */
    MAIL,
    /** A queue, on the gateway's own broker or the party's. */
    JMS,
    /** A folder, of this machine or over SFTP. */
    FILE
  }

  /** What proves that the party has a letter. */
  public enum Acknowledges {
    /** Its own Acknowledgement message. */
    APPLICATION,
    /** A signed disposition notification (RFC 8098) of its mail system. */
    MDN,
    /** That its transport took it; the gateway then acknowledges on its behalf. */
    TRANSPORT
  }

  /** Whether something of its own must come before a letter counts as acknowledged. */
  public boolean acknowledgesItself() {
    return acknowledges != Acknowledges.TRANSPORT;
  }

  /** Whether it answers the form with this id. */
  public boolean takesForm(String formId) {
    return forms.isEmpty() || forms.contains(formId);
  }

  /** Whether it takes this event; an Acknowledgement is taken by everyone. */
  public boolean takes(String eventCode) {
    return eventCode.equals(EventCode.ACKNOWLEDGEMENT.code())
        || receives.contains("*")
        || receives.contains(eventCode);
  }
}
