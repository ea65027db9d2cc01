package dk.attestbro.trust;

import dk.attestbro.model.Certificate;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.CertificateTrust;
import dk.attestbro.port.CertificateTrust.Purpose;
import dk.attestbro.port.CertificateTrust.Refused;
import dk.attestbro.port.CertificateTrust.Trusted;
import dk.attestbro.port.CertificateTrust.Verdict;
import dk.attestbro.port.ServerTrust;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Judges servers of every protocol alike: the platform's path validation; the dates of what was
 * shown, since a certificate that is pinned itself would pass the platform whatever its dates say;
 * and, where it leads to a root that is known here, all that is asked of other certificates too:
 * whether it was revoked above all.
 */
public final class JudgedServers implements ServerTrust {
  private static final char[] IN_MEMORY = new char[0];

  private final CertificateTrust servers;
  private final Clock clock;

  /**
   * @param servers judges what a server shows, where that leads to a root that it knows
   */
  public JudgedServers(CertificateTrust servers, Clock clock) {
    this.servers = servers;
    this.clock = clock;
  }

  /** By the platform's path validation and the dates alone. */
  public static JudgedServers byPlatform() {
    return new JudgedServers(
        (server, others, purpose, at) -> new Trusted(List.of(server), List.of(), false),
        Clock.systemUTC());
  }

  @Override
  public X509ExtendedTrustManager under(List<Certificate> roots) {
    try {
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(roots.isEmpty() ? null : store(roots));
      return new Judged((X509ExtendedTrustManager) factory.getTrustManagers()[0], servers, clock);
    } catch (GeneralSecurityException | IOException unusable) {
      throw new IllegalStateException("the certificates to trust cannot be used", unusable);
    }
  }

  private static KeyStore store(List<Certificate> roots)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, IN_MEMORY);
    CertificateFactory certificates = CertificateFactory.getInstance("X.509");
    for (Certificate root : roots) {
      store.setCertificateEntry(
          root.fingerprint().hex(),
          certificates.generateCertificate(new ByteArrayInputStream(root.der())));
    }
    return store;
  }

  private static final class Judged extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager platform;
    private final CertificateTrust servers;
    private final Clock clock;

    Judged(X509ExtendedTrustManager platform, CertificateTrust servers, Clock clock) {
      this.platform = platform;
      this.servers = servers;
      this.clock = clock;
    }

    private void judge(X509Certificate[] chain) throws CertificateException {
      List<Certificate> shown = new ArrayList<>();
      for (X509Certificate certificate : chain) {
        certificate.checkValidity(Date.from(clock.instant()));
        shown.add(Certificate.of(certificate.getEncoded()));
      }
      Verdict verdict =
          servers.check(
              shown.get(0), shown.subList(1, shown.size()), Purpose.TLS_SERVER, clock.instant());
      // What leads to none of its roots the platform has found good by those of the connection.
      if (verdict instanceof Refused refused
          && refused.reason() != RefusalReason.CERTIFICATE_UNTRUSTED) {
        throw new CertificateException(refused.reason().name());
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      platform.checkServerTrusted(chain, type, engine);
      judge(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      platform.checkServerTrusted(chain, type, socket);
      judge(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      platform.checkServerTrusted(chain, type);
      judge(chain);
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
