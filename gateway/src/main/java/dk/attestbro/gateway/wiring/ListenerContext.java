package dk.attestbro.gateway.wiring;

import dk.attestbro.crypto.KeyAndCertificate;
import dk.attestbro.http.OneKey;
import dk.attestbro.http.TlsIdentity;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** The listener's TLS as Tomcat asks for it: each new connection gets the key as it stands. */
final class ListenerContext implements org.apache.tomcat.util.net.SSLContext {
  /** So soon a partner's certificate is looked at again; a resumed session would skip that. */
  private static final int SESSION_SECONDS = 300;

  private final Supplier<SSLContext> current;

  ListenerContext(Supplier<SSLContext> current) {
    this.current = current;
  }

  /** TLS that shows this certificate and asks that trust about those that are shown to it. */
  static SSLContext showing(KeyAndCertificate own, X509TrustManager trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          new KeyManager[] {new OneKey(new TlsIdentity(own.key(), own.chain()))},
          new TrustManager[] {trust},
          new SecureRandom());
      context.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
      return context;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has TLS", impossible);
    }
  }

  @Override
  public void init(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {
    // Both are known from the start.
  }

  @Override
  public void destroy() {
    // Nothing is held.
  }

  @Override
  public SSLSessionContext getServerSessionContext() {
    return current.get().getServerSessionContext();
  }

  @Override
  public SSLEngine createSSLEngine() {
    return current.get().createSSLEngine();
  }

  @Override
  public SSLServerSocketFactory getServerSocketFactory() {
    return current.get().getServerSocketFactory();
  }

  @Override
  public SSLParameters getSupportedSSLParameters() {
    return current.get().getSupportedSSLParameters();
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return new X509Certificate[0];
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
