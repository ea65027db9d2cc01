package dk.attestbro.gateway.wiring;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;

/** What must hold of the listener before it opens. */
final class ListenerRules {
  private ListenerRules() {}

  /** Whether it can be reached from this machine only. */
  static boolean isLoopback(ServerProperties server) {
    return server.getAddress() != null && server.getAddress().isLoopbackAddress();
  }

  /**
   * @param tls whether it speaks TLS
   * @throws StartRefused where it is bound beyond loopback without TLS
   */
  static void check(ServerProperties server, boolean tls) {
    // SECURITY: without this health data and tokens could cross a network in clear text.
    if (!isLoopback(server) && !tls) {
      throw new StartRefused(
          "the listener is not bound to loopback ("
              + host(server.getAddress())
              + ") and has no TLS: set server.ssl.certificate and server.ssl.certificate-private-key,"
              + " or server.address: 127.0.0.1, in config/application.yaml");
    }
  }

  private static String host(InetAddress address) {
    try {
      return address == null
          ? "every address"
          : InetAddress.getByAddress(address.getAddress()).getHostAddress();
    } catch (UnknownHostException impossible) {
      return "unknown";
    }
  }
}
