package dk.attestbro.trust;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What paths are checked by.
 *
 * @param intermediates a folder of certificates that may lie between a partner's and a root
 * @param crls a folder of CRLs
 * @param crlDownload whether CRLs are fetched from where certificates say that they are
 * @param grace how long a proof counts after its end where no newer one can be had
 * @param poll how often the files are looked at for changes
 */
public record TrustSettings(
    List<Root> roots,
    Optional<Path> intermediates,
    Optional<Path> crls,
    AlgorithmPolicy policy,
    RevocationMode revocation,
    Duration grace,
    OcspSettings ocsp,
    boolean crlDownload,
    Duration poll) {
  public TrustSettings {
    roots = List.copyOf(roots);
  }

  /** A file of one or more roots under a name, and what is demanded of paths that end in them. */
  public record Root(String name, Path file, PathRules rules) {}

  /** What is done where nobody can tell whether a certificate was revoked. */
  public enum RevocationMode {
    /** It is refused. */
    HARD_FAIL,
    /** It is taken, with a warning in the log. One that is known to be revoked is refused. */
    SOFT_FAIL,
    /** Revocation is not looked at. */
    OFF
  }
}
