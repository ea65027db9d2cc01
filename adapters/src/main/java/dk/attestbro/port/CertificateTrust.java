package dk.attestbro.port;

import dk.attestbro.model.Certificate;
import dk.attestbro.model.Digest;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.SignatureTrust;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a certificate may be relied upon. It says nothing about whom it stands for. */
public interface CertificateTrust {
  /**
   * Looks at a certificate, the way from it to a root, and whether any of them was revoked.
   *
   * @param others what may lie between it and a root, in any order: what came with it
   */
  Verdict check(Certificate subject, List<Certificate> others, Purpose purpose, Instant at);

  /** What a certificate is used for. */
  enum Purpose {
    /** It verifies a signature on a message. */
    SIGN,
    /** A message is encrypted to it. */
    ENCRYPT,
    /** It opens a connection. */
    TLS_CLIENT,
    /**
     * It is shown by a server that the gateway calls. One that leads to no root here by its names
     * is CERTIFICATE_UNTRUSTED before anything else is looked at: others vouch for it.
     */
    TLS_SERVER
  }

  /** What was found. */
  sealed interface Verdict {}

  /**
   * It may be relied upon.
   *
   * @param path from the certificate itself to the root; it alone where it is pinned
   * @param proofs what showed that none was revoked, for the evidence
   * @param onGrace whether a proof is older than it should be, since no newer one could be had
   */
  record Trusted(List<Certificate> path, List<Proof> proofs, boolean onGrace) implements Verdict {
    public Trusted {
      path = List.copyOf(path);
      proofs = List.copyOf(proofs);
    }

    /** All of it as it is kept: the certificates, and what showed that none was revoked. */
    public List<Proof> kept() {
      List<Proof> all = new ArrayList<>();
      path.forEach(one -> all.add(new Proof(Proof.Kind.CERTIFICATE, one.der())));
      all.addAll(proofs);
      return all;
    }

    /**
     * All of it in digests.
     *
     * @param signed what the sender signed, where it was the sender
     */
    public SignatureTrust inDigests(Optional<Digest> signed) {
      return new SignatureTrust(
          path.stream().map(Certificate::fingerprint).toList(),
          proofs.stream().map(Proof::digest).toList(),
          onGrace,
          signed);
    }
  }

  /**
   * It may not.
   *
   * @param detail for the log of operations: fingerprints and causes, never a name
   */
  record Refused(RefusalReason reason, String detail) implements Verdict {}

  /**
   * An OCSP answer (RFC 6960), a CRL (RFC 5280, 5) or the certificate of whoever signed a CRL, as
   * it came.
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on to the evidence, and compared by nobody
  record Proof(Kind kind, byte[] der) {
    /** The three kinds. */
    public enum Kind {
      OCSP,
      CRL,
      CERTIFICATE
    }

    /** By what it is kept. */
    public Digest digest() {
      return Digest.of(der);
    }

    @Override
    public String toString() {
      return "Proof[" + kind + ", " + der.length + " bytes]";
    }
  }
}
