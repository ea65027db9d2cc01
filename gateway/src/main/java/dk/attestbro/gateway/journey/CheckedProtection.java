package dk.attestbro.gateway.journey;

import dk.attestbro.model.Certificate;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Payload;
import dk.attestbro.port.CertificateTrust;
import dk.attestbro.port.CertificateTrust.Purpose;
import dk.attestbro.port.CertificateTrust.Refused;
import dk.attestbro.port.CertificateTrust.Trusted;
import dk.attestbro.port.CertificateTrust.Verdict;
import dk.attestbro.port.MessageProtection;
import java.time.Instant;
import java.util.List;

/** Encrypts to, and takes signatures by, only certificates that may be relied upon. */
public final class CheckedProtection implements MessageProtection {
  private final MessageProtection protection;
  private final CertificateTrust trust;

  public CheckedProtection(MessageProtection protection, CertificateTrust trust) {
    this.protection = protection;
    this.trust = trust;
  }

  @Override
  public byte[] protect(Payload content, Certificate encryptTo, Instant now) {
    Verdict verdict = trust.check(encryptTo, List.of(), Purpose.ENCRYPT, now);
    if (verdict instanceof Refused refused) {
      throw new CertificateUnusable(refused.reason().name());
    }
    return protection.protect(content, encryptTo, now);
  }

  @Override
  public Opened open(byte[] cms, Instant now) {
    Opened opened = protection.open(cms, now);
    Verdict verdict = trust.check(opened.certificate(), opened.others(), Purpose.SIGN, now);
    if (verdict instanceof Refused refused) {
      throw new MessageRefused(refused.reason());
    }
    return opened.reliedOnBy((Trusted) verdict);
  }
}
