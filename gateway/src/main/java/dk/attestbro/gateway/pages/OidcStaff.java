package dk.attestbro.gateway.pages;

import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.Staff;
import dk.attestbro.port.StaffRole;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who someone is by the claims of an identity provider. */
public final class OidcStaff {
  private final Claims settings;
  private final DirectorySource directory;

  /** Which claims tell it; a dot leads into a claim within a claim. */
  public record Claims(String userClaim, String nameClaim, String rolesClaim, String partyClaim) {}

  public OidcStaff(Claims settings, DirectorySource directory) {
    this.settings = settings;
    this.directory = directory;
  }

  /** The person; empty where the claims give no role here, or no party that the role needs. */
  public Optional<Staff> staff(Map<String, Object> claims) {
    Set<StaffRole> roles =
        texts(claims, settings.rolesClaim())
            .flatMap(code -> StaffRole.of(code).stream())
            .collect(Collectors.toSet());
    Optional<String> id = texts(claims, settings.userClaim()).findFirst().filter(Staff::isId);
    Optional<PartyId> party =
        roles.stream().anyMatch(StaffRole::isOfAParty) ? party(claims) : Optional.empty();
    if (id.isEmpty()
        || roles.isEmpty()
        || roles.stream().anyMatch(StaffRole::isOfAParty) != party.isPresent()) {
      return Optional.empty();
    }
    String name = at(claims, settings.nameClaim()).toString();
    return Optional.of(new Staff(id.get(), name.isBlank() ? id.get() : name, roles, party));
  }

  private Optional<PartyId> party(Map<String, Object> claims) {
    return texts(claims, settings.partyClaim())
        .findFirst()
        .flatMap(directory.current()::named)
        .map(Party::id);
  }

  /** The values of a claim: a list, or words in one text. */
  private static Stream<String> texts(Map<String, Object> claims, String path) {
    Object value = at(claims, path);
    Stream<?> values =
        value instanceof Collection<?> list
            ? list.stream()
            : Arrays.stream(value.toString().split(" ", -1));
    return values.map(Object::toString).filter(text -> !text.isBlank());
  }

  /** The claim at a path whose dots lead into claims within claims; an empty text for none. */
  private static Object at(Map<String, Object> claims, String path) {
    Object at = claims;
    for (String step : path.split("\\.", -1)) {
      at = at instanceof Map<?, ?> map && map.get(step) != null ? map.get(step) : "";
    }
    return at;
  }
}
