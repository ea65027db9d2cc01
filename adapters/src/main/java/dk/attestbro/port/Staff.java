package dk.attestbro.port;

import dk.attestbro.model.PartyId;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A person who signs in on the pages.
 *
 * @param id an opaque id, fit for the access log
 * @param name as it is shown to that person
 * @param party whom a caseworker or clinician acts for
 */
public record Staff(String id, String name, Set<StaffRole> roles, Optional<PartyId> party) {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._@-]{1,64}");

  public Staff {
    roles = Set.copyOf(roles);
    if (!isId(id)) {
      throw new IllegalArgumentException("an id has 1 to 64 of the characters A-Z a-z 0-9 . _ @ -");
    }
    if (roles.isEmpty()) {
      throw new IllegalArgumentException("at least one role");
    }
    if (roles.stream().anyMatch(StaffRole::isOfAParty) != party.isPresent()) {
      throw new IllegalArgumentException("a caseworker or clinician has a party, others have none");
    }
  }

  /** Whether this can be the id of a person. */
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  public boolean is(StaffRole role) {
    return roles.contains(role);
  }

  /** As whom the person's acts reach the journey: the party, or operations. */
  public Caller caller() {
    return new Caller(party.map(Set::of).orElse(Set.of()), is(StaffRole.OPERATOR), "staff " + id);
  }

  /** Who it is is personal data of staff: never shown by accident. */
  @Override
  public String toString() {
    return "Staff" + roles;
  }
}
