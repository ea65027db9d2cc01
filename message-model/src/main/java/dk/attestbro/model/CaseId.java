package dk.attestbro.model;

import java.util.Optional;
import java.util.UUID;

/** Names a case: the UUID in {@code Task.identifier}, made by the requester. */
public record CaseId(UUID value) {
  /** The identifier system of a case in FHIR. */
  public static final String SYSTEM = "https://attestbro.dk/fhir/sid/case";

  /** What the evidence chain of a case begins with; its id follows. */
  public static final String CHAIN = "case:";

  private static final String URN = "urn:uuid:";

  /** A new, random case id. */
  public static CaseId random() {
    return new CaseId(UUID.randomUUID());
  }

  /** Reads {@code urn:uuid:...} or a bare UUID; empty where it is neither. */
  public static Optional<CaseId> parse(String text) {
    String bare = text.startsWith(URN) ? text.substring(URN.length()) : text;
    if (bare.length() != 36) {
      return Optional.empty();
    }
    try {
      return Optional.of(new CaseId(UUID.fromString(bare)));
    } catch (IllegalArgumentException notAUuid) {
      return Optional.empty();
    }
  }

  /** The case whose evidence this chain is; empty where it is another's. */
  public static Optional<CaseId> ofChain(String chain) {
    return chain.startsWith(CHAIN) ? parse(chain.substring(CHAIN.length())) : Optional.empty();
  }

  /** The name of its evidence chain. */
  public String chain() {
    return CHAIN + value;
  }

  /** The value as {@code Task.identifier} carries it. */
  public String urn() {
    return URN + value;
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
