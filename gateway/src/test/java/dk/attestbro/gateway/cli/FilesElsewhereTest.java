package dk.attestbro.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.gateway.cli.FilesElsewhere.Named;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a backup does not hold and a restore asks for. */
final class FilesElsewhereTest {
  @TempDir private Path folder;
  private Path config;
  private Path data;

  @BeforeEach
  void anInstallation() throws IOException {
    config = Files.createDirectories(folder.resolve("config"));
    data = Files.createDirectories(folder.resolve("data/keys")).getParent();
    Files.createDirectories(folder.resolve("etc"));
  }

  @Test
  void keysAndTheirPasswordsAreListedThoughTheyAreNotThere() throws IOException {
    settings(
        """
        attestbro:
          keys:
            signing: {file: %1$s/etc/signing.key, certificates: %1$s/etc/signing.pem}
            encryption: {kind: pkcs12, file: %1$s/data/keys/e.p12, password-file: %1$s/etc/pin}
            retired:
              - {file: %1$s/etc/old.pem}
        """);

    assertThat(FilesElsewhere.of(config, data))
        .extracting(Named::toString)
        .containsExactly(
            "attestbro.keys.retired[0]: " + etc("old.pem"),
            "attestbro.keys.encryption: " + etc("pin"),
            "attestbro.keys.signing: " + etc("signing.key"),
            "attestbro.keys.signing: " + etc("signing.pem"));
  }

  @Test
  void ofATokenItIsSaidThatItsKeysCannotBeCopied() throws IOException {
    settings(
        """
        attestbro:
          keys:
            signing: {kind: pkcs11, file: %1$s/etc/token.cfg, alias: a, password-file: %1$s/etc/pin}
        """);

    assertThat(FilesElsewhere.of(config, data))
        .extracting(Named::file, Named::token)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(etc("pin"), false),
            org.assertj.core.groups.Tuple.tuple(etc("token.cfg"), true));
  }

  @Test
  void everyOtherFileThatASettingNamesIsListedUnlessTheBackupHoldsIt() throws IOException {
    Files.writeString(etc("roots.pem"), "");
    Files.writeString(config.resolve("sftp.key"), "");
    settings(
        """
        attestbro:
          http: {roots: %1$s/etc/roots.pem}
          sftp: {private-key: %1$s/config/sftp.key}
          public-url: https://attestbro.example.dk
          mail: {from: a/b, smtp: {host: smtp.example.dk}}
        """);

    assertThat(FilesElsewhere.of(config, data))
        .containsExactly(new Named("attestbro.http.roots", etc("roots.pem"), false));
  }

  @Test
  void aRestoreMissesWhatIsNotInItsPlace() throws IOException {
    Files.writeString(etc("there.pem"), "");
    Path list = folder.resolve("elsewhere.txt");
    List<Named> all =
        List.of(
            new Named("attestbro.keys.signing", etc("there.pem"), false),
            new Named("attestbro.keys.tls-client", etc("token.cfg"), true));
    FilesElsewhere.write(all, list);

    assertThat(FilesElsewhere.read(list)).isEqualTo(all);
    assertThat(FilesElsewhere.read(list)).filteredOn(Named::isMissing).containsExactly(all.get(1));
    assertThat(FilesElsewhere.read(folder.resolve("of-an-older-backup.txt"))).isEmpty();
  }

  private void settings(String yaml) throws IOException {
    Files.writeString(config.resolve("application.yaml"), yaml.formatted(folder));
  }

  private Path etc(String name) {
    return folder.resolve("etc").resolve(name);
  }
}
