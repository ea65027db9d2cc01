package dk.attestbro.gateway.journey;

import dk.attestbro.model.Digest;
import dk.attestbro.model.MessageReading;
import dk.attestbro.port.CertificateTrust.Trusted;
import dk.attestbro.port.SenderSignature;
import java.util.Optional;

/**
 * What a message says; where it came as CMS, the certificate that it was signed with, by what that
 * is relied upon, and the signature itself.
 */
public record OpenedMessage(
    MessageReading reading,
    Optional<Digest> signer,
    Optional<Trusted> trust,
    Optional<SenderSignature> signature) {
  /** Nobody signed it. */
  static OpenedMessage unsigned(MessageReading reading) {
    return new OpenedMessage(reading, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
