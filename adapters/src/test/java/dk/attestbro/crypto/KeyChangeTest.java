package dk.attestbro.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.crypto.GatewayKeys.Look;
import dk.attestbro.model.Certificate;
import dk.attestbro.samples.TestCa;
import dk.attestbro.samples.TestCa.Issued;
import dk.attestbro.samples.TestCa.Keys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyChangeTest {
  private static final TestCa CA = new TestCa("Issuer");

  @TempDir Path folder;
  private GatewayKeys keys;
  private final PrivateKeyOperations operations = new PrivateKeyOperations();

  @BeforeEach
  void keys() {
    keys = load();
  }

  @Test
  void takesANewKeyOnceItsFileHasStoodStill() {
    Issued own = CA.client("gateway", Keys.P256);
    CmsProtection protection = new CmsProtection(keys, operations);
    replace("cms-signing.pem", own);

    assertThat(keys.look()).isInstanceOf(Look.Unchanged.class);
    assertThat(keys.look()).isInstanceOf(Look.Taken.class);
    assertThat(keys.look()).isInstanceOf(Look.Unchanged.class);

    assertThat(keys.certificates()).containsEntry("cms-signing.pem", own.model());
    byte[] sent = protection.protect(Samples.LETTER, encryptTo(), Instant.now());
    assertThat(protection.open(sent, Instant.now()).signer()).isEqualTo(own.model().fingerprint());
  }

  @Test
  void opensWhatIsOnItsWayToTheKeyOfBefore() {
    CmsProtection protection = new CmsProtection(keys, operations);
    CmsSmime mails = new CmsSmime(keys, operations);
    byte[] underWay = protection.protect(Samples.LETTER, encryptTo(), Instant.now());
    Issued own = CA.client("gateway", Keys.P256);
    replace("cms-encryption.pem", own);

    take();

    assertThat(encryptTo()).isEqualTo(own.model());
    assertThat(protection.open(underWay.clone(), Instant.now()).content())
        .isEqualTo(Samples.LETTER);
    assertThat(mails.open(underWay, false)).isNotNull();
    byte[] now = protection.protect(Samples.LETTER, own.model(), Instant.now());
    assertThat(protection.open(now, Instant.now()).content()).isEqualTo(Samples.LETTER);
  }

  @Test
  void opensByARetiredKeyAfterARestartToo() throws Exception {
    byte[] underWay =
        new CmsProtection(keys, operations).protect(Samples.LETTER, encryptTo(), Instant.now());
    Files.copy(folder.resolve("cms-encryption.pem"), folder.resolve("cms-encryption-2026.pem"));
    replace("cms-encryption.pem", CA.client("gateway", Keys.P256));

    take();

    assertThat(keys.opening()).hasSize(2);
    assertThat(new CmsProtection(load(), operations).open(underWay, Instant.now()).content())
        .isEqualTo(Samples.LETTER);
  }

  @Test
  void receiptsOfEveryKeyVerifyByWhatIsPublished() {
    JwsReceipts receipts = new JwsReceipts(keys, operations);
    String first = Samples.receipt(receipts).jws();
    replace("receipts.pem", CA.client("receipts", Keys.P256));

    take();

    String second = Samples.receipt(receipts).jws();
    for (JwsReceipts published :
        new JwsReceipts[] {receipts, new JwsReceipts(load(), operations)}) {
      JwsVerification verification = JwsVerification.of(published.jwks());
      assertThat(verification.thumbprints()).hasSize(2);
      assertThat(verification.payload(first)).isPresent();
      assertThat(verification.payload(second)).isPresent();
      assertThat(published.jwks()).doesNotContain("\"d\"");
    }
    assertThat(new JwsEvidence(keys, operations).jwks()).isEqualTo(receipts.jwks());
  }

  @Test
  void refusesABadChangeAsAWholeAndKeepsWhatWas() throws Exception {
    Certificate before = keys.signing().model();
    Issued expired = CA.expired("gateway", Keys.P256);
    replace("cms-signing.pem", CA.client("gateway", Keys.P256));
    replace("tls-client.pem", expired);
    Files.delete(folder.resolve("cms-encryption.pem"));

    keys.look();

    assertThat(keys.look())
        .isInstanceOfSatisfying(
            Look.Refused.class,
            refused ->
                assertThat(refused.problems())
                    .satisfiesExactlyInAnyOrder(
                        p -> assertThat(p).contains("cms-encryption.pem is missing"),
                        p -> assertThat(p).contains("tls-client.pem").contains("expired on")));
    assertThat(keys.signing().model()).isEqualTo(before);
    assertThat(keys.look()).isInstanceOf(Look.Unchanged.class);
  }

  private void take() {
    keys.look();
    assertThat(keys.look()).isInstanceOf(Look.Taken.class);
  }

  private Certificate encryptTo() {
    return keys.opening().get(0).model();
  }

  private GatewayKeys load() {
    return GatewayKeys.load(folder, KeyKind.P_256, true, "Attestbro", Clock.systemUTC());
  }

  private void replace(String name, Issued own) {
    Path made = TestCa.write(folder.resolve(name + ".new"), own.keyPem() + own.certificatePem());
    try {
      Files.move(made, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (java.io.IOException failed) {
      throw new AssertionError(failed);
    }
  }
}
