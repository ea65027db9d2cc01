package dk.attestbro.http;

import dk.attestbro.model.Certificate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Makes the TLS of a connection: our certificate, and whom we trust there. */
final class TlsContexts {
  private static final char[] IN_MEMORY = new char[0];
  private static final String ALIAS = "gateway";

  private final KeyManager @Nullable [] keyManagers;
  private final Clock clock;

  TlsContexts(Optional<TlsIdentity> identity, Clock clock) {
    this.keyManagers = identity.map(TlsContexts::keyManagers).orElse(null);
    this.clock = clock;
  }

  /**
   * @param trust whom to trust; none means the platform's roots
   */
  SSLContext trusting(List<Certificate> trust) {
    try {
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(trust.isEmpty() ? null : store(trust));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          keyManagers,
          new TrustManager[] {
            new WithinDates((X509ExtendedTrustManager) factory.getTrustManagers()[0], clock)
          },
          null);
      return context;
    } catch (GeneralSecurityException | IOException unusable) {
      throw new IllegalStateException("the certificates to trust cannot be used", unusable);
    }
  }

  private static KeyManager[] keyManagers(TlsIdentity identity) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, IN_MEMORY);
      store.setKeyEntry(
          ALIAS, identity.key(), IN_MEMORY, identity.chain().toArray(X509Certificate[]::new));
      KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
      factory.init(store, IN_MEMORY);
      return new KeyManager[] {
        new AlwaysOurs((X509ExtendedKeyManager) factory.getKeyManagers()[0], ALIAS)
      };
    } catch (GeneralSecurityException | IOException unusable) {
      throw new IllegalStateException("the gateway's TLS certificate cannot be used", unusable);
    }
  }

  private static KeyStore store(List<Certificate> trust)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, IN_MEMORY);
    CertificateFactory certificates = CertificateFactory.getInstance("X.509");
    for (Certificate certificate : trust) {
      store.setCertificateEntry(
          certificate.fingerprint().hex(),
          certificates.generateCertificate(new ByteArrayInputStream(certificate.der())));
    }
    return store;
  }

  /**
   * The platform's path validation, and the dates of what was shown: a certificate that is pinned
   * itself would pass the platform whatever its dates say.
   */
  private static final class WithinDates extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager platform;
    private final Clock clock;

    WithinDates(X509ExtendedTrustManager platform, Clock clock) {
      this.platform = platform;
      this.clock = clock;
    }

    private void checkDates(X509Certificate[] chain) throws CertificateException {
      for (X509Certificate certificate : chain) {
        certificate.checkValidity(Date.from(clock.instant()));
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      platform.checkServerTrusted(chain, type, engine);
      checkDates(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      platform.checkServerTrusted(chain, type, socket);
      checkDates(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      platform.checkServerTrusted(chain, type);
      checkDates(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      platform.checkClientTrusted(chain, type, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      platform.checkClientTrusted(chain, type, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      platform.checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return platform.getAcceptedIssuers();
    }
  }
}
