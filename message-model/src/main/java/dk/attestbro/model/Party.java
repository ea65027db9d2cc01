package dk.attestbro.model;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * An organisation in the directory. SOR is unique; a GLN may stand under several parties. Both
 * dates of the validity are included. A party without an endpoint cannot receive. {@code signers}
 * are the certificates that may act as it. {@code automaticReminders}: whether the gateway reminds
 * in its name of replies that are due. {@code fallback} takes over from the endpoint; {@code
 * sources} are the doors besides HTTPS that it sends through.
 */
public record Party(
    PartyId id,
    String name,
    Kind kind,
    Optional<String> municipality,
    Optional<String> region,
    String sor,
    String gln,
    Optional<String> cvr,
    Optional<String> fkOrg,
    LocalDate validFrom,
    Optional<LocalDate> validTo,
    Optional<PartyId> successor,
    List<Certificate> signers,
    boolean resendsItself,
    boolean automaticReminders,
    Optional<Endpoint> endpoint,
    Optional<Fallback> fallback,
    List<Source> sources) {
  public Party {
    signers = List.copyOf(signers);
    sources = List.copyOf(sources);
  }

  /** The kinds of organisation. */
  public enum Kind {
    MUNICIPALITY,
    REGION,
    PRACTICE,
    OTHER,
    /** The gateway itself. */
    GATEWAY
  }

  /** The endpoint that this letter's row goes to: the party's own, or its fallback. */
  public Optional<Endpoint> endpointOf(OutboxRow row) {
    return row.viaFallback() ? fallback.map(Fallback::endpoint).or(() -> endpoint) : endpoint;
  }

  /** When the fallback takes this letter over, where there is one that takes its event. */
  public Optional<Instant> fallbackAt(Letter letter) {
    return fallback
        .filter(f -> f.endpoint().takes(letter.event()))
        .map(f -> letter.receivedAt().plus(f.after()));
  }

  /** Whether it sends from this mail address; the letters' case does not count. */
  public boolean writesFrom(String mailAddress) {
    return sources.stream()
        .filter(source -> source.channel() == Endpoint.Channel.MAIL)
        .anyMatch(source -> source.address().getSchemeSpecificPart().equalsIgnoreCase(mailAddress));
  }

  public boolean isValidOn(LocalDate date) {
    return !date.isBefore(validFrom) && validTo.map(to -> !date.isAfter(to)).orElse(true);
  }
}
