package dk.attestbro.model;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * An organisation in the directory. SOR is unique; a GLN may stand under several parties. Both
 * dates of the validity are included. A party without an endpoint cannot receive. {@code signers}
 * are the certificates that may act as it. {@code automaticReminders}: whether the gateway reminds
 * in its name of replies that are due.
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
    Optional<Endpoint> endpoint) {
  public Party {
    signers = List.copyOf(signers);
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

  public boolean isValidOn(LocalDate date) {
    return !date.isBefore(validFrom) && validTo.map(to -> !date.isAfter(to)).orElse(true);
  }
}
