package dk.attestbro.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.model.PartyId;
import dk.attestbro.port.Staff;
import dk.attestbro.port.StaffDirectory;
import dk.attestbro.port.StaffRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The people in users.yaml. */
class UserFileTest {
  private static final String HASH = "{pbkdf2-sha256}0123456789abcdef";
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void place() {
    file = folder.resolve("users.yaml");
  }

  @Test
  void findsWhomACommandPutInWithoutARestartAndForItsOwnerAlone() throws IOException {
    UserFile users = new UserFile(file);
    assertThat(users.isEmpty()).isTrue();

    UserFile.put(
        file, caseworker("anna", SampleDirectory.AARHUS.id()), SampleDirectory.directory());
    UserFile.put(file, caseworker("bo", SampleDirectory.AARHUS.id()), SampleDirectory.directory());
    UserFile.put(
        file, caseworker("anna", SampleDirectory.ODENSE.id()), SampleDirectory.directory());

    assertThat(users.find("anna")).contains(caseworker("anna", SampleDirectory.ODENSE.id()));
    assertThat(users.find("bo")).isPresent();
    assertThat(users.find("Anna")).isEmpty();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void refusesAPartyThatTheDirectoryDoesNotKnow() {
    assertThatThrownBy(
            () ->
                UserFile.put(
                    file, caseworker("anna", new PartyId("nowhere")), SampleDirectory.directory()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(file).doesNotExist();
  }

  @Test
  void namesEveryMistakeAndNoPassword() throws IOException {
    Files.writeString(
        file,
        """
        users:
          - {id: anna, roles: [painter], password: "clear text"}
          - {id: bo, roles: [clinician], password: "%s"}
          - {id: ole, roles: [operator], password: "%s"}
          - {id: ole, roles: [operator], password: "%s"}
        """
            .formatted(HASH, HASH, HASH));

    assertThatThrownBy(() -> new UserFile(file))
        .isInstanceOf(DirectoryInvalid.class)
        .hasMessageContaining("must be operator, lead, auditor, caseworker or clinician")
        .hasMessageContaining("must be a hash")
        .hasMessageContaining("a caseworker or clinician has a party")
        .hasMessageContaining("stands here twice")
        .message()
        .doesNotContain("clear text");
  }

  @Test
  void keepsTheOldUsersWhereAChangeIsWrong() throws IOException {
    UserFile.put(
        file, caseworker("anna", SampleDirectory.AARHUS.id()), SampleDirectory.directory());
    UserFile users = new UserFile(file);

    Files.writeString(file, "users: [{id: anna}]\n");

    assertThat(users.find("anna")).isPresent();
  }

  private static StaffDirectory.Entry caseworker(String id, PartyId party) {
    return new StaffDirectory.Entry(
        new Staff(id, "A \"name\": #1", Set.of(StaffRole.CASEWORKER), Optional.of(party)), HASH);
  }
}
