package dk.attestbro.directory;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dk.attestbro.directory.DirectoryInvalid.Mistake;
import dk.attestbro.model.Directory;
import dk.attestbro.model.PartyId;
import dk.attestbro.port.Staff;
import dk.attestbro.port.StaffDirectory;
import dk.attestbro.port.StaffRole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who signs in on the pages by a password: {@code users.yaml}. The file is read again when it
 * changes; a bad one is refused and logged, and the old one stays.
 */
public final class UserFile implements StaffDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(UserFile.class);

  /** As Spring Security writes one: the method in braces, then the hash. */
  private static final Pattern HASH = Pattern.compile("\\{[A-Za-z0-9@._-]+\\}[!-~]{16,}");

  private final RereadFile<Map<String, Entry>> users;

  /**
   * A file that is absent holds nobody.
   *
   * @throws DirectoryInvalid with every mistake in the file
   */
  public UserFile(Path file) {
    this.users = new RereadFile<>(file, "users", LOG, text -> parse(file, text));
  }

  @Override
  public Optional<Entry> find(String id) {
    return Optional.ofNullable(users.current().get(id));
  }

  @Override
  public boolean isEmpty() {
    return users.current().isEmpty();
  }

  /**
   * Adds a person, or gives the one with this id a new entry. The file is written anew, readable to
   * its owner alone.
   *
   * @throws IllegalArgumentException where the directory has no such party
   * @throws DirectoryInvalid where the file cannot be read as it is
   */
  public static void put(Path file, Entry entry, Directory known) {
    entry
        .staff()
        .party()
        .filter(party -> known.party(party).isEmpty())
        .ifPresent(
            party -> {
              throw new IllegalArgumentException("the directory has no party '" + party + "'");
            });
    try {
      OwnerFile.change(
          file,
          before -> {
            Map<String, Entry> users = parse(file, before);
            users.put(entry.staff().id(), entry);
            return written(users);
          });
    } catch (IOException failed) {
      throw new DirectoryInvalid(
          file.toString(),
          List.of(new Mistake("", "cannot be changed: " + FileTrouble.of(failed))));
    }
  }

  private static Map<String, Entry> parse(Path file, String text) {
    List<Mistake> mistakes = new ArrayList<>();
    YamlSection root = YamlSection.parse(file, text, mistakes);
    root.onlyKeys(Set.of("users"));
    Map<String, Entry> users = new LinkedHashMap<>();
    for (YamlSection section : root.sections("users")) {
      entry(section)
          .filter(entry -> users.put(entry.staff().id(), entry) != null)
          .ifPresent(twice -> section.mistake("id", "stands here twice"));
    }
    if (!mistakes.isEmpty()) {
      throw new DirectoryInvalid(file.toString(), mistakes);
    }
    return users;
  }

  private static Optional<Entry> entry(YamlSection section) {
    section.onlyKeys(Set.of("id", "name", "roles", "party", "password"));
    Optional<String> id = section.text("id");
    String name = section.optionalText("name").or(() -> id).orElse("");
    Set<StaffRole> roles = new TreeSet<>(section.list("roles", UserFile::role));
    Optional<PartyId> party = section.readOptional("party", PartyId::new);
    Optional<String> hash = section.readRequired("password", UserFile::hash);
    if (id.isEmpty() || hash.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Entry(new Staff(id.get(), name, roles, party), hash.get()));
    } catch (IllegalArgumentException wrong) {
      section.mistake("roles", String.valueOf(wrong.getMessage()));
      return Optional.empty();
    }
  }

  private static StaffRole role(String code) {
    return StaffRole.of(code)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "must be operator, lead, auditor, caseworker or clinician"));
  }

  private static String hash(String text) {
    if (!HASH.matcher(text).matches()) {
      throw new IllegalArgumentException("must be a hash as ./attestbro user writes it");
    }
    return text;
  }

  private static String written(Map<String, Entry> users) {
    StringBuilder text = new StringBuilder("# Written by ./attestbro user.\nusers:\n");
    for (Entry entry : users.values()) {
      Staff staff = entry.staff();
      text.append("  - id: ").append(quoted(staff.id())).append('\n');
      text.append("    name: ").append(quoted(staff.name())).append('\n');
      text.append("    roles: [")
          .append(String.join(", ", staff.roles().stream().sorted().map(StaffRole::code).toList()))
          .append("]\n");
      staff
          .party()
          .ifPresent(
              party -> text.append("    party: ").append(quoted(party.value())).append('\n'));
      text.append("    password: ").append(quoted(entry.hash())).append('\n');
    }
    return text.toString();
  }

  /** A JSON string is a YAML one. */
  private static String quoted(String text) {
    return JsonMapper.builder().build().valueToTree(text).toString();
  }
}
