package dk.attestbro.gateway.wiring;

import dk.attestbro.model.Certificate;
import dk.attestbro.port.CertificateTrust;
import dk.attestbro.port.CertificateTrust.Refused;
import dk.attestbro.port.CertificateTrust.Verdict;
import dk.attestbro.port.DirectorySource;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.X509TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Trusts exactly the client certificates that the directory names as signers, while they are valid,
 * so that a partner who joins or leaves needs no restart. Where roots are configured they must also
 * lead to one and not be revoked.
 */
@Component
final class PartnerTrust implements X509TrustManager {
  private static final Logger LOG = LoggerFactory.getLogger(PartnerTrust.class);

  private final DirectorySource directory;
  private final CertificateTrust trust;
  private final Clock clock;

  PartnerTrust(DirectorySource directory, TrustConfiguration.ForListener trust, Clock clock) {
    this.directory = directory;
    this.trust = trust.trust();
    this.clock = clock;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    if (chain.length == 0) {
      throw new CertificateException("no certificate was shown");
    }
    chain[0].checkValidity();
    List<Certificate> models = new ArrayList<>();
    for (X509Certificate one : chain) {
      models.add(Certificate.of(one.getEncoded()));
    }
    // SECURITY: first whether we know it, so that no stranger makes us ask responders.
    if (directory.current().signedBy(models.get(0).fingerprint()).isEmpty()) {
      throw new CertificateException("the certificate stands for no party");
    }
    Verdict verdict =
        trust.check(
            models.get(0),
            models.subList(1, models.size()),
            CertificateTrust.Purpose.TLS_CLIENT,
            clock.instant());
    if (verdict instanceof Refused refused) {
      LOG.warn("a client certificate was refused: {} {}", refused.reason(), refused.detail());
      throw new CertificateException(refused.reason().name());
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
