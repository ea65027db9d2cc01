package dk.attestbro.port;

import dk.attestbro.model.Certificate;
import java.io.InputStream;
import java.util.List;

/**
 * Verifies signatures that stand beside what they sign. Whom a certificate stands for is not said.
 */
@FunctionalInterface
public interface DetachedSignatures {
  /**
   * The certificates by which the signatures hold, every one of them, over exactly these bytes.
   *
   * @param cms SignedData (RFC 5652) with the certificates in it
   * @throws dk.attestbro.model.MessageRefused one of the SMIME reasons
   */
  List<Certificate> signers(byte[] cms, InputStream signed);
}
