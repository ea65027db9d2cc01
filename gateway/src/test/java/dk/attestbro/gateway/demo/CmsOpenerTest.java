package dk.attestbro.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.attestbro.crypto.CmsProtection;
import dk.attestbro.crypto.KeyAndCertificate;
import dk.attestbro.crypto.PrivateKeyOperations;
import dk.attestbro.model.Certificate;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;
import dk.attestbro.samples.TestKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CmsOpenerTest {
  private static final Payload CONTENT =
      new Payload(
          "<Bundle xmlns=\"http://hl7.org/fhir\"/>".getBytes(StandardCharsets.UTF_8),
          MediaType.FHIR_XML);

  private static final ThrowawayAuthority AUTHORITY = new ThrowawayAuthority(Clock.systemUTC());

  private static final ThrowawayKey OTHER = AUTHORITY.issue("other", KeyKind.P_256);

  /** Of either side. */
  private static final Map<KeyKind, ThrowawayKey> KEYS = keys();

  @ParameterizedTest
  @EnumSource
  void opensWhatTheGatewaySigns(KeyKind kind) throws GeneralSecurityException {
    ThrowawayKey gateway = KEYS.get(kind);

    CmsOpener.Opened opened = new CmsOpener(OTHER).open(protectedFor(OTHER, gateway));

    assertThat(opened.content()).isEqualTo(CONTENT);
    assertThat(opened.signer()).isEqualTo(gateway.certificate());
  }

  @ParameterizedTest
  @EnumSource
  void opensWhatTheGatewayEncrypts(KeyKind kind) throws GeneralSecurityException {
    ThrowawayKey partner = KEYS.get(kind);

    CmsOpener.Opened opened = new CmsOpener(partner).open(protectedFor(partner, OTHER));

    assertThat(opened.content()).isEqualTo(CONTENT);
    assertThat(opened.signer()).isEqualTo(OTHER.certificate());
  }

  @ParameterizedTest
  @EnumSource
  void cannotOpenWhatIsForSomeoneElse(KeyKind kind) throws GeneralSecurityException {
    byte[] cms = protectedFor(KEYS.get(kind), OTHER);

    assertThatThrownBy(() -> new CmsOpener(OTHER).open(cms)).isInstanceOf(StepFailed.class);
  }

  private static Map<KeyKind, ThrowawayKey> keys() {
    Map<KeyKind, ThrowawayKey> keys = new EnumMap<>(KeyKind.class);
    for (KeyKind kind : KeyKind.values()) {
      KeyPair pair = kind == KeyKind.RSA_3072 ? TestKeys.rsa(3072) : TestKeys.curve("secp256r1");
      keys.put(kind, AUTHORITY.issue("one", kind, pair));
    }
    return keys;
  }

  private static byte[] protectedFor(ThrowawayKey partner, ThrowawayKey gateway)
      throws GeneralSecurityException {
    return new CmsProtection(
            new KeyAndCertificate(gateway.key(), gateway.certificate()),
            List.of(),
            new PrivateKeyOperations())
        .protect(
            CONTENT,
            Certificate.of(partner.certificate().getEncoded()),
            Clock.systemUTC().instant());
  }
}
