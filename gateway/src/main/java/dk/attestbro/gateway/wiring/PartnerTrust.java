package dk.attestbro.gateway.wiring;

import dk.attestbro.model.Digest;
import dk.attestbro.port.DirectorySource;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.X509TrustManager;

/**
 * Trusts exactly the client certificates that the directory names as signers, while they are valid,
 * so that a partner who joins or leaves needs no restart. Path and revocation are not looked at:
 * the certificate itself is pinned. Tomcat makes it by name, hence the one place where the
 * directory is left.
 */
public final class PartnerTrust implements X509TrustManager {
  private static final AtomicReference<DirectorySource> DIRECTORY = new AtomicReference<>();

  /** Leaves the directory that every trust manager of this process asks. */
  static void use(DirectorySource directory) {
    DIRECTORY.set(directory);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    DirectorySource directory = DIRECTORY.get();
    if (directory == null || chain.length == 0) {
      throw new CertificateException("no directory to look the certificate up in");
    }
    chain[0].checkValidity();
    if (directory.current().signedBy(Digest.of(chain[0].getEncoded())).isEmpty()) {
      throw new CertificateException("the certificate stands for no party");
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("for client certificates only");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
