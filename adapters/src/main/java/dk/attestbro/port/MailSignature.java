package dk.attestbro.port;

import dk.attestbro.model.Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The signatures on a mail: mathematically right, by algorithms that are taken, and over all that
 * the mail says. Whether the certificates are to be trusted, and for whom they stand, is not said.
 *
 * @param signers everyone who signed the content; all of them must stand for the sender
 * @param certificates every certificate that came along, the signers' among them
 * @param revocationLists every CRL that came along
 * @param encrypted whether the content was encrypted to the gateway
 * @param coversHeader whether the header's fields were signed too
 * @param made the signatures themselves, and what they stand over
 */
public record MailSignature(
    List<Signer> signers,
    List<Certificate> certificates,
    List<RevocationList> revocationLists,
    boolean encrypted,
    boolean coversHeader,
    SenderSignature made) {
  public MailSignature {
    signers = List.copyOf(signers);
    certificates = List.copyOf(certificates);
    revocationLists = List.copyOf(revocationLists);
  }

  /**
   * One who signed.
   *
   * @param addresses the mail addresses that the certificate names
   * @param signedAt when, by the signer's own word
   */
  public record Signer(
      Certificate certificate, List<MailAddress> addresses, Optional<Instant> signedAt) {
    public Signer {
      addresses = List.copyOf(addresses);
    }
  }

  /** A certificate revocation list by its DER bytes (Base64), not looked into. */
  public record RevocationList(String derBase64) {
    /** The DER bytes, a copy. */
    public byte[] der() {
      return Base64.getDecoder().decode(derBase64);
    }

    @Override
    public String toString() {
      return "RevocationList[" + derBase64.length() + " characters]";
    }
  }
}
