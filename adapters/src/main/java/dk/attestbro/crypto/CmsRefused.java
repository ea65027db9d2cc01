package dk.attestbro.crypto;

import dk.attestbro.model.RefusalReason;

/** A CMS message that is not taken, and the reason that its sender is told. Never its content. */
final class CmsRefused extends Exception {
  private static final long serialVersionUID = 1L;
  private final RefusalReason reason;
  private final boolean algorithm;

  private CmsRefused(RefusalReason reason, boolean algorithm, String why) {
    super(why);
    this.reason = reason;
    this.algorithm = algorithm;
  }

  static CmsRefused unreadable(String why) {
    return new CmsRefused(RefusalReason.CMS_NOT_READABLE, false, why);
  }

  /** Encrypted by what is not taken: unreadable too, but for a reason that may be told. */
  static CmsRefused algorithm(String why) {
    return new CmsRefused(RefusalReason.CMS_NOT_READABLE, true, why);
  }

  static CmsRefused signature(String why) {
    return new CmsRefused(RefusalReason.CMS_SIGNATURE_INVALID, false, why);
  }

  /** The signer's certificate is at fault, and by this reason. */
  static CmsRefused certificate(RefusalReason reason) {
    return new CmsRefused(reason, false, reason.name());
  }

  RefusalReason reason() {
    return reason;
  }

  boolean isAlgorithm() {
    return algorithm;
  }
}
