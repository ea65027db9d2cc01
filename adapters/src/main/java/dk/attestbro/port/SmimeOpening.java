package dk.attestbro.port;

import dk.attestbro.model.Certificate;
import java.util.List;

/**
 * The layers of S/MIME (RFC 8551), opened one at a time. Paths, dates and revocation of
 * certificates are not checked here.
 */
public interface SmimeOpening {
  /**
   * Opens what an application/pkcs7-mime entity holds.
   *
   * @param cbc whether AES-CBC is taken
   * @throws dk.attestbro.model.MessageRefused one of the SMIME reasons
   */
  Layer open(byte[] cms, boolean cbc);

  /**
   * Verifies a signature that stands beside what it signs: every signature in it must hold over
   * exactly these bytes.
   *
   * @throws dk.attestbro.model.MessageRefused one of the SMIME reasons
   */
  Verified verify(byte[] content, byte[] signature);

  /** What was under one layer. */
  sealed interface Layer {
    /** The MIME entity inside. Not copied. */
    byte[] content();
  }

  /** What was encrypted to the gateway; who encrypted it is not known. */
  @SuppressWarnings("ArrayRecordComponent")
  record Decrypted(byte[] content) implements Layer {
    @Override
    public String toString() {
      return "Decrypted[" + content.length + " bytes]";
    }
  }

  /**
   * What was signed, by whom, and what came along.
   *
   * @param signature SignedData beside the content
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Verified(
      byte[] content,
      byte[] signature,
      List<MailSignature.Signer> signers,
      List<Certificate> certificates,
      List<MailSignature.RevocationList> revocationLists)
      implements Layer {
    public Verified {
      signers = List.copyOf(signers);
      certificates = List.copyOf(certificates);
      revocationLists = List.copyOf(revocationLists);
    }

    @Override
    public String toString() {
      return "Verified[" + content.length + " bytes, " + signers + "]";
    }
  }
}
