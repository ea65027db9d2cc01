package dk.attestbro.port;

import dk.attestbro.model.Certificate;
import dk.attestbro.model.RefusalReason;
import java.time.Instant;
import java.util.List;

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
    TLS_CLIENT
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
  }

  /**
   * It may not.
   *
   * @param detail for the log of operations: fingerprints and causes, never a name
   */
  record Refused(RefusalReason reason, String detail) implements Verdict {}

  /** An OCSP answer (RFC 6960) or a CRL (RFC 5280, 5), as it came. */
  @SuppressWarnings("ArrayRecordComponent") // handed on to the evidence, and compared by nobody
  record Proof(Kind kind, byte[] der) {
    /** The two kinds. */
    public enum Kind {
      OCSP,
      CRL
    }

    @Override
    public String toString() {
      return "Proof[" + kind + ", " + der.length + " bytes]";
    }
  }
}
