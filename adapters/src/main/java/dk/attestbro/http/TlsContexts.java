package dk.attestbro.http;

import dk.attestbro.model.Certificate;
import dk.attestbro.port.ServerTrust;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Makes the TLS of a connection: our certificate, and whom we trust there. */
final class TlsContexts {
  private final KeyManager @Nullable [] keyManagers;
  private final ServerTrust servers;

  TlsContexts(Optional<TlsIdentity> identity, ServerTrust servers) {
    this.keyManagers = identity.map(own -> new KeyManager[] {new OneKey(own)}).orElse(null);
    this.servers = servers;
  }

  /**
   * @param trust whom to trust; none means the platform's roots
   */
  SSLContext trusting(List<Certificate> trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers, new TrustManager[] {servers.under(trust)}, null);
      return context;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has TLS", impossible);
    }
  }
}
