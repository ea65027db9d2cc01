package dk.attestbro.gateway.journey;

import dk.attestbro.model.Endpoint;
import dk.attestbro.port.Delivery;
import dk.attestbro.port.LetterMail;
import dk.attestbro.port.MessageProtection;
import dk.attestbro.port.MessageProtection.CertificateUnusable;
import java.time.Instant;
import java.util.Optional;

/**
 * Protects a letter for an endpoint with a certificate, in the form of its channel: CMS over the
 * message, or a whole S/MIME mail.
 */
public final class ProtectLetter {
  private final MessageProtection protection;
  private final Optional<LetterMail> mails;

  /**
   * @param mails none where this gateway sends no mail
   */
  public ProtectLetter(MessageProtection protection, Optional<LetterMail> mails) {
    this.protection = protection;
    this.mails = mails;
  }

  /**
   * What is sent: signed, and encrypted to the endpoint's certificate.
   *
   * @throws CertificateUnusable where nothing may be encrypted to it now
   * @throws IllegalStateException where it cannot be written, which concerns this letter alone
   */
  byte[] protect(Delivery delivery, Instant now) {
    Endpoint endpoint = delivery.endpoint();
    return endpoint.channel() == Endpoint.Channel.MAIL && mails.isPresent()
        ? mail(mails.get(), delivery, now)
        : protection.protect(delivery.body(), endpoint.encryptTo().orElseThrow(), now);
  }

  private static byte[] mail(LetterMail mails, Delivery delivery, Instant now) {
    try {
      return mails.encrypted(delivery, now);
    } catch (CertificateUnusable known) {
      throw known;
    } catch (RuntimeException unforeseen) {
      throw new IllegalStateException("no mail could be written of a letter", unforeseen);
    }
  }
}
