package dk.attestbro.crypto;

/** A CMS message that is not taken, and on which side of the envelope. Never its content. */
final class CmsRefused extends Exception {
  private static final long serialVersionUID = 1L;
  private final boolean signature;

  private CmsRefused(boolean signature, String why) {
    super(why);
    this.signature = signature;
  }

  static CmsRefused unreadable(String why) {
    return new CmsRefused(false, why);
  }

  static CmsRefused signature(String why) {
    return new CmsRefused(true, why);
  }

  boolean isSignature() {
    return signature;
  }
}
