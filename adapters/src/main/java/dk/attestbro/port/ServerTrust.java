package dk.attestbro.port;

import dk.attestbro.model.Certificate;
import java.util.List;
import javax.net.ssl.X509ExtendedTrustManager;

/** Which servers a connection of the gateway's goes on with, by what they show in the handshake. */
@FunctionalInterface
public interface ServerTrust {
  /**
   * Looks at what servers show, but for their names, which each connection compares itself.
   *
   * @param roots whom they may be vouched for by; none means the platform's
   */
  X509ExtendedTrustManager under(List<Certificate> roots);
}
