package dk.attestbro.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresProgramsTest {
  @TempDir private Path temporary;
  private Path installation;
  private Path data;

  @BeforeEach
  void install() throws IOException {
    installation = temporary.resolve("installation");
    data = temporary.resolve("data");
    Path programs = installation.resolve(PostgresPrograms.FOLDER);
    Path program = programs.resolve("bin/postgres");
    Files.createDirectories(program.getParent());
    Files.writeString(program, "a program");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createSymbolicLink(programs.resolve("link"), Path.of("bin/postgres"));
    Files.createFile(programs.resolve("complete"));
  }

  @Test
  void aNewDataFolderGetsACopyOfTheInstallationsPrograms() throws IOException {
    PostgresPrograms.unpackedIn(data, Optional.of(installation));

    Path programs = data.resolve(PostgresPrograms.FOLDER);
    assertThat(PostgresPrograms.areIn(data)).isTrue();
    assertThat(programs.resolve("bin/postgres")).hasContent("a program").isExecutable();
    assertThat(Files.readSymbolicLink(programs.resolve("link"))).isEqualTo(Path.of("bin/postgres"));
  }

  @Test
  void aCopyThatAKillLeftHalfDoneIsMadeAnew() throws IOException {
    Path half = data.resolve(PostgresPrograms.FOLDER);
    Files.createDirectories(half.resolve("bin"));
    Files.writeString(half.resolve("bin/postgres"), "a prog");
    Files.writeString(half.resolve("older"), "of an earlier attempt");

    PostgresPrograms.unpackedIn(data, Optional.of(installation));

    assertThat(half.resolve("bin/postgres")).hasContent("a program");
    assertThat(half.resolve("older")).doesNotExist();
  }

  @Test
  void programsThatAreThereStay() throws IOException {
    PostgresPrograms.unpackedIn(data, Optional.of(installation));
    Files.writeString(installation.resolve(PostgresPrograms.FOLDER).resolve("bin/postgres"), "new");

    PostgresPrograms.unpackedIn(data, Optional.of(installation));

    assertThat(data.resolve(PostgresPrograms.FOLDER).resolve("bin/postgres"))
        .hasContent("a program");
  }
}
