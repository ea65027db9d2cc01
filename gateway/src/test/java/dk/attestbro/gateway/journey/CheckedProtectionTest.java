package dk.attestbro.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.attestbro.model.Certificate;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Payload;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.CertificateTrust;
import dk.attestbro.port.CertificateTrust.Purpose;
import dk.attestbro.port.CertificateTrust.Refused;
import dk.attestbro.port.CertificateTrust.Trusted;
import dk.attestbro.port.MessageProtection;
import dk.attestbro.port.MessageProtection.CertificateUnusable;
import dk.attestbro.port.SenderSignature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CheckedProtectionTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final Certificate SIGNER = Certificate.of(new byte[] {1});
  private static final Certificate ISSUER = Certificate.of(new byte[] {2});
  private static final Certificate RECEIVER = Certificate.of(new byte[] {3});
  private static final Payload LETTER = new Payload(new byte[] {'{', '}'}, MediaType.FHIR_JSON);

  private final List<String> asked = new ArrayList<>();
  private boolean trusted = true;
  private final CertificateTrust trust =
      (subject, others, purpose, at) -> {
        asked.add(purpose + " " + subject.equals(SIGNER) + " " + others.equals(List.of(ISSUER)));
        return trusted
            ? new Trusted(List.of(subject), List.of(), false)
            : new Refused(RefusalReason.CERTIFICATE_REVOKED, "by a list");
      };
  private final CheckedProtection checked = new CheckedProtection(new Protection(), trust);

  @Test
  void asksAboutTheSignerWithWhatCameAlong() {
    assertThat(checked.open(new byte[0], NOW).content()).isEqualTo(LETTER);
    assertThat(asked).containsExactly(Purpose.SIGN + " true true");
  }

  @Test
  void refusesASignerThatIsNotReliedUponWithTheReason() {
    trusted = false;

    assertThatThrownBy(() -> checked.open(new byte[0], NOW))
        .isInstanceOfSatisfying(
            MessageRefused.class,
            refused ->
                assertThat(refused.refusal().reason())
                    .isEqualTo(RefusalReason.CERTIFICATE_REVOKED));
  }

  @Test
  void encryptsToNoCertificateThatIsNotReliedUpon() {
    assertThat(checked.protect(LETTER, RECEIVER, NOW)).isEmpty();
    trusted = false;

    assertThatThrownBy(() -> checked.protect(LETTER, RECEIVER, NOW))
        .isInstanceOf(CertificateUnusable.class)
        .hasMessage("CERTIFICATE_REVOKED");
    assertThat(asked).containsOnly(Purpose.ENCRYPT + " false false");
  }

  private static final class Protection implements MessageProtection {
    @Override
    public byte[] protect(Payload content, Certificate encryptTo, Instant now) {
      return new byte[0];
    }

    @Override
    public Opened open(byte[] cms, Instant now) {
      return new Opened(
          LETTER, SIGNER, List.of(ISSUER), SenderSignature.over(new byte[0], new byte[0]));
    }
  }
}
