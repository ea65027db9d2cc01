package dk.attestbro.model;

import java.net.URI;
import java.util.Locale;

/** Addresses that the gateway sends to over HTTP: only under TLS beyond this machine. */
public final class WebAddress {
  private WebAddress() {}

  /**
   * @throws IllegalArgumentException saying what was expected
   */
  public static URI read(String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException("must be an https:// address", wrong);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (uri.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
      throw new IllegalArgumentException("must be an https:// address");
    }
    // SECURITY: without this a letter could be sent over a network in clear text.
    if (scheme.equals("http") && !isLoopback(uri.getHost())) {
      throw new IllegalArgumentException("http:// is for loopback only, use https://");
    }
    if (uri.getUserInfo() != null || uri.getFragment() != null) {
      throw new IllegalArgumentException("must have no user and no fragment");
    }
    return uri;
  }

  /** Literal names and addresses only: what a name server answers is no promise. */
  private static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.equals("[::1]")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }
}
