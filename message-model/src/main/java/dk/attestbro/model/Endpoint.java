package dk.attestbro.model;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Where and how a party receives. {@code address} is empty for an inbox. {@code trust} and {@code
 * encryptTo} hold certificates (DER). {@code receives} holds event codes, or {@code *}; {@code
 * forms} the ids of the forms that it answers, empty where it answers all.
 */
public record Endpoint(
    Channel channel,
    Optional<URI> address,
    Optional<Certificate> trust,
    Optional<Certificate> encryptTo,
    Set<String> receives,
    Set<String> forms,
    boolean acknowledgesItself,
    RetryPolicy retry,
    Duration acknowledgementWait,
    int resends,
    Duration timeToLive) {
  public Endpoint {
    receives = Set.copyOf(receives);
    forms = Set.copyOf(forms);
  }

  /** The ways to reach a party. */
  public enum Channel {
    HTTPS,
    INBOX
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
