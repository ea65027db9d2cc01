package dk.attestbro.crypto;

import dk.attestbro.model.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The gateway's keys at one moment, all of them looked at. Never shown.
 *
 * @param retired open what was encrypted to them, and are used for nothing else
 * @param listener what the listener shows, where it speaks TLS
 * @param certificates those in use, by what they are listed
 * @param jwks the public keys of all receipts, the one that signs now first (RFC 7517)
 */
public record KeySet(
    ReceiptKey receipts,
    KeyAndCertificate signing,
    KeyAndCertificate encryption,
    List<KeyAndCertificate> retired,
    KeyAndCertificate tlsClient,
    Optional<KeyAndCertificate> listener,
    Map<String, Certificate> certificates,
    String jwks) {
  public KeySet {
    retired = List.copyOf(retired);
  }

  /** What opens CMS: the one that partners encrypt to first, then the retired ones. */
  public List<KeyAndCertificate> opening() {
    List<KeyAndCertificate> all = new ArrayList<>();
    all.add(encryption);
    all.addAll(retired);
    return all;
  }

  /** The same, and what the earlier one opened opens too. */
  KeySet keeping(KeySet earlier) {
    List<KeyAndCertificate> kept = new ArrayList<>(retired);
    for (KeyAndCertificate one : earlier.opening()) {
      if (opening().stream().noneMatch(own -> own.certificate().equals(one.certificate()))) {
        kept.add(one);
      }
    }
    return new KeySet(receipts, signing, encryption, kept, tlsClient, listener, certificates, jwks);
  }

  @Override
  public String toString() {
    return "KeySet" + certificates.keySet();
  }
}
