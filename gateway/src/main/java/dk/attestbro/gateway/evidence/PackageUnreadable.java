package dk.attestbro.gateway.evidence;

/** What was given is no evidence package, or is cut off: nothing can be said of it. */
public final class PackageUnreadable extends Exception {
  private static final long serialVersionUID = 1L;

  PackageUnreadable(String why) {
    super(why);
  }
}
