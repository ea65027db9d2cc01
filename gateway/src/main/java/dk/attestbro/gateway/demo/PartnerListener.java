package dk.attestbro.gateway.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A partner's HTTPS server on the loopback: mutual TLS 1.2 or 1.3, one address. */
final class PartnerListener implements AutoCloseable {
  private static final int THREADS = 8;

  /** Does what a partner does with one request. */
  interface Handler {
    /** The answer to a body that came with this media type. */
    Response handle(byte[] body, String contentType);
  }

  /** An answer; the body may be empty. */
  @SuppressWarnings("ArrayRecordComponent")
  record Response(int status, String contentType, byte[] body) {
    static Response empty(int status) {
      return new Response(status, "", new byte[0]);
    }
  }

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  private PartnerListener(HttpsServer server) {
    this.server = server;
  }

  /**
   * Listens.
   *
   * @param clients which client certificates are let in
   */
  static PartnerListener on(
      int port,
      ThrowawayKey key,
      X509Certificate authority,
      Predicate<X509Certificate> clients,
      Handler handler)
      throws IOException {
    // The JDK's server waits 40 ms between head and body of an answer without this.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
    server.setHttpsConfigurator(new MutualTls(context(key, authority, clients)));
    PartnerListener listener = new PartnerListener(server);
    server.createContext("/fhir/$process-message", exchange -> serve(exchange, handler));
    server.setExecutor(listener.threads);
    server.start();
    return listener;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static void serve(HttpExchange exchange, Handler handler) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String type = exchange.getRequestHeaders().getFirst("Content-Type");
      Response response = handler.handle(body, type == null ? "" : type);
      if (response.body().length == 0) {
        exchange.sendResponseHeaders(response.status(), -1);
      } else {
        exchange.getResponseHeaders().set("Content-Type", response.contentType());
        exchange.sendResponseHeaders(response.status(), response.body().length);
        exchange.getResponseBody().write(response.body());
      }
    }
  }

  private static SSLContext context(
      ThrowawayKey key, X509Certificate authority, Predicate<X509Certificate> clients) {
    try {
      char[] password = new char[0];
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, password);
      store.setKeyEntry(
          "own", key.key(), password, new X509Certificate[] {key.certificate(), authority});
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), new TrustManager[] {new Pinned(clients)}, null);
      return context;
    } catch (GeneralSecurityException | IOException failed) {
      throw new IllegalStateException("the partner's TLS could not be set up", failed);
    }
  }

  /** Wants a client certificate, always. */
  private static final class MutualTls extends HttpsConfigurator {
    MutualTls(SSLContext context) {
      super(context);
    }

    @Override
    public void configure(HttpsParameters parameters) {
      SSLParameters tls = getSSLContext().getDefaultSSLParameters();
      tls.setNeedClientAuth(true);
      parameters.setSSLParameters(tls);
    }
  }

  /** Lets in the certificates that it knows, and no others. */
  private static final class Pinned implements X509TrustManager {
    private final Predicate<X509Certificate> known;

    Pinned(Predicate<X509Certificate> known) {
      this.known = known;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      if (!known.test(chain[0])) {
        throw new CertificateException("a client certificate that this partner does not know");
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      throw new CertificateException("this is a server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
