package dk.attestbro.crypto;

/** A CMS message that is not taken, and on which side of the envelope. Never its content. */
final class CmsRefused extends Exception {
  private static final long serialVersionUID = 1L;
  private final Side side;

  private enum Side {
    CONTENT,
    ALGORITHM,
    SIGNATURE
  }

  private CmsRefused(Side side, String why) {
    super(why);
    this.side = side;
  }

  static CmsRefused unreadable(String why) {
    return new CmsRefused(Side.CONTENT, why);
  }

  /** Encrypted by what is not taken: unreadable too, but for a reason that may be told. */
  static CmsRefused algorithm(String why) {
    return new CmsRefused(Side.ALGORITHM, why);
  }

  static CmsRefused signature(String why) {
    return new CmsRefused(Side.SIGNATURE, why);
  }

  boolean isSignature() {
    return side == Side.SIGNATURE;
  }

  boolean isAlgorithm() {
    return side == Side.ALGORITHM;
  }
}
