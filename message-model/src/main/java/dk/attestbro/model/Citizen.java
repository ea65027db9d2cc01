package dk.attestbro.model;

import java.util.List;

/** The citizen that a certificate is about, under exactly one identification. */
public record Citizen(
    IdKind idKind, String idSystem, String id, String family, List<String> given) {
  public Citizen {
    given = List.copyOf(given);
  }

  /** The kinds of identification (domain: identifiers). */
  public enum IdKind {
    CPR,
    X_ECPR,
    D_ECPR
  }

  /** Whether the other is known under the same number. */
  public boolean isSameAs(Citizen other) {
    return id.equals(other.id) && idSystem.equals(other.idSystem);
  }

  @Override
  public String toString() {
    return "Citizen[" + idKind + "]";
  }
}
