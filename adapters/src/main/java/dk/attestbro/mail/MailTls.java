package dk.attestbro.mail;

import dk.attestbro.model.Certificate;
import dk.attestbro.port.ServerTrust;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/** The TLS of connections to mail servers: whom they may be vouched for by. */
public final class MailTls {
  private MailTls() {}

  /**
   * @param servers judges what a server shows
   * @param roots whom to trust; none means the platform's
   */
  public static SSLSocketFactory trusting(ServerTrust servers, List<Certificate> roots) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {servers.under(roots)}, null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has TLS", impossible);
    }
  }
}
