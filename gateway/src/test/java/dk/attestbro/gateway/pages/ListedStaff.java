package dk.attestbro.gateway.pages;

import dk.attestbro.port.StaffDirectory;
import java.util.Map;
import java.util.Optional;

/** Who may sign in: those in the map, as it stands. */
public record ListedStaff(Map<String, Entry> users) implements StaffDirectory {
  @Override
  public Optional<Entry> find(String id) {
    return Optional.ofNullable(users.get(id));
  }

  @Override
  public boolean isEmpty() {
    return users.isEmpty();
  }
}
