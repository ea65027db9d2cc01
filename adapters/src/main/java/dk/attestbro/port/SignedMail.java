package dk.attestbro.port;

import dk.attestbro.model.Certificate;
import java.util.List;

/** Verifies the signature of a mail over its exact bytes, and says by whose certificate. */
public interface SignedMail {
  /**
   * @throws dk.attestbro.model.MessageRefused with the verdict on a mail that is refused, and
   *     SMIME_NOT_SIGNED
   */
  Signer verify(byte[] mail);

  /** The certificate that verifies the signature, and the others that came with it. */
  record Signer(Certificate certificate, List<Certificate> others) {
    public Signer {
      others = List.copyOf(others);
    }
  }
}
