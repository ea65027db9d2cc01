package dk.attestbro.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.jdbc.Database;
import dk.attestbro.jdbc.TestPrograms;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The two commands on an installation whose keys lie elsewhere: not copied, listed, asked for. */
final class BackupAndRestoreIT {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path key;
  private Path password;

  @BeforeEach
  void anInstallationWithAKeyElsewhere() throws IOException {
    key = write("etc/signing.p12", "key");
    password = write("etc/pin", "secret");
    write("data/keys/token", "kept in the data folder");
    write(
        "config/application.yaml",
        """
        attestbro:
          keys:
            signing: {kind: pkcs12, file: %s, password-file: %s}
        """
            .formatted(key, password));
    TestPrograms.copyTo(folder.resolve("data/postgres"));
  }

  @Test
  void aBackupListsWhatLiesElsewhereAndARestoreAsksForWhatIsNotThere() throws IOException {
    try (Database running = Database.embedded(folder.resolve("data/postgres"), 2)) {
      assertThat(running.dataSource()).isNotNull();
      assertThat(execute("backup", "copy", "")).isZero();
    }
    assertThat(out.toString())
        .contains("not in it, and needed to run again")
        .contains("attestbro.keys.signing: " + key)
        .contains("attestbro.keys.signing: " + password);
    assertThat(folder.resolve("copy/elsewhere.txt"))
        .content()
        .contains(key.toString(), password.toString())
        .doesNotContain("secret");

    Files.delete(key);
    out.getBuffer().setLength(0);

    assertThat(execute("restore", "copy", "restored/")).isEqualTo(1);

    assertThat(err.toString()).isEmpty();
    assertThat(out.toString())
        .contains("before it can start", "attestbro.keys.signing: " + key)
        .endsWith(
            "attestbro run --config %s --data %s%n"
                .formatted(folder.resolve("restored/config"), folder.resolve("restored/data")))
        .doesNotContain(password.toString());
    assertThat(folder.resolve("restored/data/keys/token")).hasContent("kept in the data folder");
    assertThat(folder.resolve("restored/config/application.yaml"))
        .hasSameTextualContentAs(folder.resolve("config/application.yaml"));

    assertThat(execute("restore", "copy", "restored/")).isEqualTo(1);
    assertThat(err.toString()).contains("is not empty; nothing was restored");
  }

  private int execute(String command, String copy, String installation) {
    CommandLine line = Attestbro.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(
        command,
        folder.resolve(copy).toString(),
        "--config",
        folder.resolve(installation + "config").toString(),
        "--data",
        folder.resolve(installation + "data").toString());
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
