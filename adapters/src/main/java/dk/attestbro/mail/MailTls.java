package dk.attestbro.mail;

import dk.attestbro.model.Certificate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** The TLS of connections to mail servers: whom they may be vouched for by. */
public final class MailTls {
  private MailTls() {}

  /**
   * @param roots whom to trust; none means the platform's
   */
  public static SSLSocketFactory trusting(List<Certificate> roots) {
    try {
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(roots.isEmpty() ? null : store(roots));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException | IOException unusable) {
      throw new IllegalStateException("the certificates to trust cannot be used", unusable);
    }
  }

  private static KeyStore store(List<Certificate> roots)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, new char[0]);
    CertificateFactory certificates = CertificateFactory.getInstance("X.509");
    for (Certificate root : roots) {
      store.setCertificateEntry(
          root.fingerprint().hex(),
          certificates.generateCertificate(new ByteArrayInputStream(root.der())));
    }
    return store;
  }
}
