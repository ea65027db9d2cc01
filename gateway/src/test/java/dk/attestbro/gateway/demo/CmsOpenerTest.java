package dk.attestbro.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.attestbro.crypto.CmsProtection;
import dk.attestbro.crypto.KeyAndCertificate;
import dk.attestbro.crypto.PrivateKeyOperations;
import dk.attestbro.model.Certificate;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CmsOpenerTest {
  private static final Payload CONTENT =
      new Payload(
          "<Bundle xmlns=\"http://hl7.org/fhir\"/>".getBytes(StandardCharsets.UTF_8),
          MediaType.FHIR_XML);

  private final ThrowawayAuthority authority = new ThrowawayAuthority(Clock.systemUTC());

  @ParameterizedTest
  @EnumSource
  void opensWhatTheGatewayProtects(KeyKind kind) throws GeneralSecurityException {
    ThrowawayKey gateway = authority.issue("gateway", kind);
    ThrowawayKey partner = authority.issue("partner", kind);

    CmsOpener.Opened opened = new CmsOpener(partner).open(protectedFor(partner, gateway));

    assertThat(opened.content()).isEqualTo(CONTENT);
    assertThat(opened.signer()).isEqualTo(gateway.certificate());
  }

  @ParameterizedTest
  @EnumSource
  void cannotOpenWhatIsForSomeoneElse(KeyKind kind) throws GeneralSecurityException {
    ThrowawayKey gateway = authority.issue("gateway", kind);
    byte[] cms = protectedFor(authority.issue("partner", kind), gateway);
    CmsOpener other = new CmsOpener(authority.issue("other", kind));

    assertThatThrownBy(() -> other.open(cms)).isInstanceOf(StepFailed.class);
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
