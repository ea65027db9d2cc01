package dk.attestbro.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.crypto.PrivateKeyOperations;
import dk.attestbro.crypto.SmimeReader;
import dk.attestbro.mail.MimeLimits;
import dk.attestbro.mail.MimeMailReader;
import dk.attestbro.mail.ReadSignedMail;
import dk.attestbro.port.SignedMail;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** NIST's test suite, where scripts/pkits.sh has put it. */
final class PkitsTest {
  private static final Path FOLDER = Path.of(System.getProperty("pkits", "../target/pkits"));

  @Test
  void everyMailComesOutAsNistSaysButTwoThatAreSignedByDsaAndSha1() {
    Assumptions.assumeTrue(
        Files.isDirectory(FOLDER.resolve("smime")),
        () -> "PKITS is not in " + FOLDER.toAbsolutePath().normalize() + ": scripts/pkits.sh");

    List<Pkits.Result> results = new Pkits(FOLDER, mailDoor()).run();

    assertThat(results).hasSize(247);
    assertThat(results.stream().filter(result -> !result.isRight()).map(Pkits.Result::mail))
        .containsExactly("ValidDSASignaturesTest4", "ValidDSAParameterInheritanceTest5");
  }

  /** Reads as the mail door does; it has no key to open what is encrypted. */
  private static SignedMail mailDoor() {
    return new ReadSignedMail(
        new MimeMailReader(
            new SmimeReader(List.of(), new PrivateKeyOperations()), MimeLimits.DEFAULT));
  }
}
