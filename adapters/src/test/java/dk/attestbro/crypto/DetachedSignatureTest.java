package dk.attestbro.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.attestbro.model.Digest;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Payload;
import dk.attestbro.port.MessageProtection.Opened;
import dk.attestbro.port.SenderSignature;
import dk.attestbro.port.SmimeOpening.Verified;
import dk.attestbro.samples.TestCa;
import dk.attestbro.samples.TestCa.Issued;
import dk.attestbro.samples.TestCa.Keys;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A signature taken out of what it came in still says as much, of the same bytes alone. */
class DetachedSignatureTest {
  private static final TestCa CA = new TestCa("Test CA");
  private static final Issued RECEIVER = CA.client("receiver", Keys.P256);
  private static final Instant NOW = Instant.now();
  private static final Payload LETTER =
      new Payload(
          "{\"a\":\"æ\"}".repeat(9000).getBytes(StandardCharsets.UTF_8), MediaType.FHIR_JSON);

  private final DetachedSignature detached = new DetachedSignature();

  @ParameterizedTest
  @EnumSource(names = {"P256", "P384", "RSA_3072"})
  void ofAMessageItHoldsOverTheContentThatIsHeldAndNothingElse(Keys kind) {
    Issued sender = CA.client("sender", kind);
    SenderSignature made = opened(sender).signature();
    assertThat(made.body()).isEmpty();
    assertThat(made.cms()).hasSizeLessThan(8000);

    assertThat(detached.signers(made.cms(), over(made, LETTER.bytes())))
        .containsExactly(sender.model());

    byte[] changed = LETTER.bytes().clone();
    changed[changed.length / 2] ^= 1;
    assertThatThrownBy(() -> detached.signers(made.cms(), over(made, changed)))
        .isInstanceOf(MessageRefused.class)
        .hasMessageContaining("SMIME_SIGNATURE_INVALID");
  }

  @Test
  void ofAMailItHoldsOverTheWholeEntity() throws IOException {
    Issued sender = CA.client("sender", Keys.P256);
    byte[] entity = "Content-Type: text/plain\r\n\r\nHej\r\n".getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream opaque = new ByteArrayOutputStream();
    new CmsWriter(key(sender), new PrivateKeyOperations())
        .sign(opaque, true, NOW, out -> out.write(entity));

    Verified inside = new SmimeSignatures().inside(opaque.toByteArray());

    assertThat(inside.content()).isEqualTo(entity);
    assertThat(detached.signers(inside.signature(), new ByteArrayInputStream(entity)))
        .containsExactly(sender.model());
    assertThat(new SmimeSignatures().beside(entity, inside.signature()).signature())
        .isSameAs(inside.signature());
  }

  @Test
  void isTheSameOnceItWasSealedAndStandsApartFromTheContentWhereThatIsReplaced() {
    SenderSignature made = opened(CA.client("sender", Keys.P256)).signature();

    SenderSignature kept = SenderSignature.decoded(made.encoded());
    assertThat(kept.cms()).isEqualTo(made.cms());
    assertThat(kept.before()).isEqualTo(made.before());
    assertThat(kept.body()).isEmpty();

    SenderSignature apart = SenderSignature.decoded(made.apartFrom(LETTER).encoded());
    Payload other = new Payload(new byte[] {'{', '}'}, MediaType.FHIR_JSON);
    assertThat(apart.signed(other)).isEqualTo(made.signed(LETTER));
    assertThat(made.signed(LETTER)).isEqualTo(Digest.of(joined(made.before(), LETTER.bytes())));
    assertThat(apart.toString()).doesNotContain("æ");
  }

  @Test
  void refusesWhatIsNoSignature() {
    assertThatThrownBy(
            () -> detached.signers(new byte[] {1, 2}, new ByteArrayInputStream(new byte[9])))
        .isInstanceOf(MessageRefused.class);
  }

  private static Opened opened(Issued sender) {
    byte[] cms = with(sender).protect(LETTER, RECEIVER.model(), NOW);
    return with(RECEIVER).open(cms, NOW);
  }

  private static SequenceInputStream over(SenderSignature made, byte[] content) {
    return new SequenceInputStream(
        new ByteArrayInputStream(made.before()), new ByteArrayInputStream(content));
  }

  private static byte[] joined(byte[] before, byte[] content) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(before);
    whole.writeBytes(content);
    return whole.toByteArray();
  }

  private static CmsProtection with(Issued own) {
    return new CmsProtection(key(own), List.of(key(own)), new PrivateKeyOperations());
  }

  private static KeyAndCertificate key(Issued own) {
    return new KeyAndCertificate(own.key(), own.certificate());
  }
}
