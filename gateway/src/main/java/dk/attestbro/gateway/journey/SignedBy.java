package dk.attestbro.gateway.journey;

import dk.attestbro.port.CertificateTrust.Trusted;
import dk.attestbro.port.SenderSignature;
import java.util.List;

/**
 * Signatures that the sender of a message is proven by.
 *
 * @param relied by what each is relied upon; what they name is kept
 * @param made the signatures themselves, and what they stand over
 */
public record SignedBy(List<Trusted> relied, SenderSignature made) {
  public SignedBy {
    relied = List.copyOf(relied);
  }
}
