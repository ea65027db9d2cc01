package dk.attestbro.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.directory.UserFile;
import dk.attestbro.directory.YamlDirectory;
import dk.attestbro.gateway.pages.Passwords;
import dk.attestbro.model.PartyId;
import dk.attestbro.port.Staff;
import dk.attestbro.port.StaffDirectory;
import dk.attestbro.port.StaffRole;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class UserCommandTest {
  private static final String DIRECTORY =
      """
      gateway: {id: attestbro, name: Attestbro, sor: "9999999999999999", gln: "5790000000005"}
      parties:
        - id: employment-aarhus
          name: Aarhus
          kind: municipality
          municipality: "0751"
          sor: "1234567890123456"
          gln: "5790000121526"
          validFrom: 2007-01-01
          endpoint: {channel: inbox}
      """;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void aDirectory() throws IOException {
    Files.writeString(folder.resolve("directory.yaml"), DIRECTORY);
  }

  @Test
  void printsThePasswordAndNothingElseAndKeepsItsHashOnly() throws IOException {
    assertThat(user("anna", "--role", "caseworker", "--party", "employment-aarhus")).isZero();

    String password = out.toString().strip();
    assertThat(password).hasSizeGreaterThan(15).doesNotContain(" ", "\n");
    String kept = Files.readString(users());
    assertThat(kept).contains("anna", "caseworker", "employment-aarhus").doesNotContain(password);
    StaffDirectory.Entry anna = new UserFile(users()).find("anna").orElseThrow();
    assertThat(anna.staff().party()).contains(new PartyId("employment-aarhus"));
    assertThat(Passwords.encoder().matches(password, anna.hash())).isTrue();
  }

  @Test
  void givesTheSameIdANewPasswordAndLeavesTheOthers() throws IOException {
    put(
        new Staff("ole", "Ole Drift", Set.of(StaffRole.OPERATOR), Optional.empty()),
        "first-of-ole");
    put(new Staff("anna", "Anna", Set.of(StaffRole.OPERATOR), Optional.empty()), "first-of-anna");

    user("anna", "--role", "lead", "--role", "auditor");

    assertThat(Files.readString(users()))
        .contains("Ole Drift", "first-of-ole", "lead", "auditor")
        .containsOnlyOnce("operator")
        .containsOnlyOnce("id: \"anna\"")
        .doesNotContain("first-of-anna");
  }

  @Test
  void refusesWhatWouldNotBeLetInAndWritesNothing() {
    for (List<String> wrong :
        List.of(
            List.of("anna", "--role", "painter"),
            List.of("anna", "--role", "caseworker"),
            List.of("ole", "--role", "operator", "--party", "employment-aarhus"),
            List.of("anna", "--role", "caseworker", "--party", "Not An Id"),
            List.of("anna", "--role", "caseworker", "--party", "employment-nowhere"),
            List.of("an na", "--role", "operator"),
            List.of("anna"))) {
      assertThat(user(wrong.toArray(String[]::new))).as(wrong.toString()).isEqualTo(2);
    }

    assertThat(users()).doesNotExist();
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void refusesWhereTheDirectoryCannotBeRead() throws IOException {
    Files.delete(folder.resolve("directory.yaml"));

    assertThat(user("ole", "--role", "operator")).isEqualTo(1);

    assertThat(err.toString()).contains("directory.yaml");
    assertThat(users()).doesNotExist();
  }

  private void put(Staff staff, String hash) {
    UserFile.put(
        users(),
        new StaffDirectory.Entry(staff, "{pbkdf2-sha256}" + hash + "-0123456789"),
        YamlDirectory.read(folder.resolve("directory.yaml")));
  }

  private int user(String... arguments) {
    CommandLine line = Attestbro.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    String[] all = new String[arguments.length + 3];
    all[0] = "user";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[arguments.length + 1] = "--config";
    all[arguments.length + 2] = folder.toString();
    return line.execute(all);
  }

  private Path users() {
    return folder.resolve("users.yaml");
  }
}
