package dk.attestbro.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dk.attestbro.samples.TestCa;
import dk.attestbro.samples.TestCa.Issued;
import dk.attestbro.samples.TestCa.Keys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What computes with a private key, and that it makes no difference but time. */
class KeyEngineTest {
  private static final TestCa CA = new TestCa("Issuer");
  private static final byte[] BYTES = {1, 2, 3};
  private static final OAEPParameterSpec OAEP =
      new OAEPParameterSpec(
          "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);

  @ParameterizedTest
  @EnumSource(names = {"P256", "RSA_3072"})
  void signsByAwsLcAsInJava(Keys kind) throws Exception {
    KeyAndCertificate pair = pair(CA.client("sender", kind));

    for (KeyEngine engine : List.of(KeyEngine.inJava(pair.key()), byAwsLc(pair))) {
      Signature signing = engine.signature("SHA256");
      signing.update(BYTES);
      assertThat(verifies(pair.certificate(), signing.sign())).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"P256", "P384"})
  void agreesByAwsLcAsInJava(Keys kind) throws Exception {
    KeyAndCertificate pair = pair(CA.client("receiver", kind));

    KeyEngine quick = byAwsLc(pair);
    KeyEngine.Once once = KeyEngine.once((ECPublicKey) pair.certificate().getPublicKey());

    byte[] secret = once.engine().agreedWith(pair.certificate().getPublicKey());
    assertThat(once.engine().provider()).isEqualTo(AwsLc.PROVIDER);
    assertThat(quick.agreedWith(once.publicKey())).isEqualTo(secret);
    assertThat(KeyEngine.inJava(pair.key()).agreedWith(once.publicKey())).isEqualTo(secret);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void opensWhatRsaTransported(boolean byAwsLc) throws Exception {
    KeyAndCertificate pair = pair(CA.client("receiver", Keys.RSA_3072));
    Opening opening = new Opening(byAwsLc ? byAwsLc(pair) : KeyEngine.inJava(pair.key()));

    assertThat(opening.oaep(encrypted(pair, "RSA/ECB/OAEPPadding", OAEP, BYTES), OAEP))
        .isEqualTo(BYTES);
    assertThat(opening.pkcs1(encrypted(pair, "RSA/ECB/PKCS1Padding", null, BYTES)))
        .isEqualTo(BYTES);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tellsEveryWrongPaddingAlike(boolean byAwsLc) throws Exception {
    KeyAndCertificate pair = pair(CA.client("receiver", Keys.RSA_3072));
    Opening opening = new Opening(byAwsLc ? byAwsLc(pair) : KeyEngine.inJava(pair.key()));
    byte[] zeros = new byte[384];
    byte[] noEnd = new byte[384];
    Arrays.fill(noEnd, (byte) 1);
    noEnd[0] = 0;
    noEnd[1] = 2;
    byte[] otherType = noEnd.clone();
    otherType[1] = 1;
    byte[] leadingByte = noEnd.clone();
    leadingByte[0] = 1;

    for (byte[] block : List.of(zeros, noEnd, otherType, leadingByte)) {
      byte[] wrapped = encrypted(pair, "RSA/ECB/NoPadding", null, block);
      assertThatThrownBy(() -> opening.pkcs1(wrapped)).isInstanceOf(BadPaddingException.class);
      assertThatThrownBy(() -> opening.oaep(wrapped, OAEP)).isInstanceOf(BadPaddingException.class);
    }
  }

  private static byte[] encrypted(
      KeyAndCertificate to,
      String transformation,
      @Nullable AlgorithmParameterSpec parameters,
      byte[] bytes)
      throws Exception {
    Cipher cipher = Cipher.getInstance(transformation);
    cipher.init(Cipher.ENCRYPT_MODE, to.certificate().getPublicKey(), parameters);
    return cipher.doFinal(bytes);
  }

  @Test
  void leavesACurveThatAwsLcDoesNotKnowToBouncyCastle() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", Providers.BOUNCY_CASTLE);
    generator.initialize(new ECGenParameterSpec("brainpoolP256r1"));
    KeyPair pair = generator.generateKeyPair();

    KeyEngine.Once once = KeyEngine.once((ECPublicKey) pair.getPublic());
    KeyEngine engine =
        KeyEngine.of(
            new KeyAndCertificate(pair.getPrivate(), CA.client("x", Keys.P256).certificate()));

    assertThat(once.engine().provider()).contains(Providers.BOUNCY_CASTLE);
    assertThat(engine.provider()).contains(Providers.BOUNCY_CASTLE);
    assertThat(engine.agreedWith(once.publicKey()))
        .isEqualTo(once.engine().agreedWith(pair.getPublic()));
  }

  @Test
  void doesWithoutAwsLcWhereItsProgramCannotBePut(@TempDir Path folder) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + Files.createFile(folder.resolve("no-folder")),
                "-cp",
                System.getProperty("java.class.path"),
                Without.class.getName())
            .inheritIO()
            .start();

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  /** Signs and encrypts in a process of its own; ends with 1 where AWS-LC is there. */
  static final class Without {
    private Without() {}

    public static void main(String[] arguments) {
      KeyAndCertificate own =
          SelfSigned.make("own", SelfSigned.Use.SIGN, KeyKind.P_256, Instant.now());
      KeyAndCertificate other =
          SelfSigned.make("other", SelfSigned.Use.ENCRYPT, KeyKind.P_256, Instant.now());
      byte[] cms =
          new CmsWriter(own, new PrivateKeyOperations())
              .write(Samples.LETTER, other.model(), Instant.now());
      System.exit(cms.length > 0 && AwsLc.PROVIDER.isEmpty() ? 0 : 1);
    }
  }

  private static KeyEngine byAwsLc(KeyAndCertificate pair) {
    assumeTrue(AwsLc.PROVIDER.isPresent(), "skipped: AWS-LC does not run on this system");
    KeyEngine engine = KeyEngine.of(pair);
    assertThat(engine.provider()).isEqualTo(AwsLc.PROVIDER);
    return engine;
  }

  private static boolean verifies(X509Certificate certificate, byte[] signed) throws Exception {
    boolean rsa = Providers.isRsa(certificate.getPublicKey());
    Signature verifying = Signature.getInstance(rsa ? "RSASSA-PSS" : "SHA256withECDSA");
    if (rsa) {
      verifying.setParameter(Providers.PSS_SHA256);
    }
    verifying.initVerify(certificate.getPublicKey());
    verifying.update(BYTES);
    return verifying.verify(signed);
  }

  private static KeyAndCertificate pair(Issued issued) {
    return new KeyAndCertificate(issued.key(), issued.certificate());
  }
}
