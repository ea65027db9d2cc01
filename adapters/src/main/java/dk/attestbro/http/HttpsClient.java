package dk.attestbro.http;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.MonitoringResponseOutOfOrderStrategy;
import org.apache.hc.core5.http.ssl.TLS;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends in the caller's thread, on connections that it keeps, whom one set of certificates vouches
 * for. It follows no redirect, tries nothing twice, holds no cookies and knows no proxy, whose
 * answer could be taken for the receiver's. A server may answer before it has read all of a large
 * request.
 */
final class HttpsClient {
  private static final TLS[] VERSIONS = {TLS.V_1_3, TLS.V_1_2};

  /** Servers close idle connections after a minute or less, seldom after half of that. */
  private static final TimeValue KEPT_IDLE = TimeValue.ofSeconds(20);

  /** After this a kept connection is looked at before it is used: the server may have closed it. */
  private static final TimeValue UNLOOKED = TimeValue.ofMilliseconds(100);

  /** How much is sent between two looks whether the server has answered already. */
  private static final int UNHEARD = 1 << 18;

  /** SECURITY: without a limit an answer's head could fill the memory. */
  private static final Http1Config SHORT_HEADS =
      Http1Config.custom().setMaxHeaderCount(200).setMaxLineLength(16 * 1024).build();

  /** Ends what takes too long. */
  private static final ScheduledThreadPoolExecutor CLOCK = clock();

  private final HttpsSettings settings;
  private final SSLContext tls;
  private final CloseableHttpClient client;

  HttpsClient(HttpsSettings settings, SSLContext tls) {
    this.settings = settings;
    this.tls = tls;
    this.client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    // SECURITY: without its check of the name any certificate of a trusted issuer
                    // could stand for the receiver.
                    .setTlsSocketStrategy(
                        new DefaultClientTlsStrategy(tls, HostnameVerificationPolicy.BUILTIN, null))
                    .setDefaultTlsConfig(
                        TlsConfig.custom()
                            .setSupportedProtocols(VERSIONS)
                            .setHandshakeTimeout(Timeout.of(settings.connectTimeout()))
                            .build())
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                            .setSocketTimeout(Timeout.of(settings.timeout()))
                            .setValidateAfterInactivity(UNLOOKED)
                            .build())
                    .setConnectionFactory(
                        ManagedHttpClientConnectionFactory.builder()
                            .http1Config(SHORT_HEADS)
                            .responseOutOfOrderStrategy(
                                new MonitoringResponseOutOfOrderStrategy(UNHEARD))
                            .build())
                    // Who calls decides how many at once.
                    .setMaxConnPerRoute(Integer.MAX_VALUE)
                    .setMaxConnTotal(Integer.MAX_VALUE)
                    .build())
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setDefaultKeepAlive(KEPT_IDLE.getDuration(), KEPT_IDLE.getTimeUnit())
                    .setProtocolUpgradeEnabled(false)
                    .build())
            .setUserAgent("Attestbro")
            .evictIdleConnections(KEPT_IDLE)
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            // A connection on which we showed our certificate serves every letter.
            .disableConnectionState()
            .build();
  }

  private static ScheduledThreadPoolExecutor clock() {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "https-clock");
              thread.setDaemon(true);
              return thread;
            });
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }

  /** What a connection is secured by. */
  SSLContext tls() {
    return tls;
  }

  static SSLParameters parameters() {
    SSLParameters parameters = new SSLParameters();
    parameters.setProtocols(new String[] {VERSIONS[0].id, VERSIONS[1].id});
    // SECURITY: as above, for those that make their connections themselves.
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    return parameters;
  }

  /**
   * Sends a request and reads what comes back, all within a limit.
   *
   * @param reading gets the response when its head has come; what it leaves unread is not waited
   *     for
   * @throws SocketTimeoutException where the limit is over before the response's head has come
   */
  <T> T send(HttpUriRequestBase request, Duration limit, Function<ClassicHttpResponse, T> reading)
      throws IOException {
    ScheduledFuture<?> end = CLOCK.schedule(request::cancel, limit.toNanos(), TimeUnit.NANOSECONDS);
    try {
      ClassicHttpResponse response =
          client.executeOpen(RoutingSupport.determineHost(request), request, null);
      try {
        return reading.apply(response);
      } finally {
        // Else it would be read to its end. A connection that is free again does not notice.
        request.cancel();
        Closer.closeQuietly(response);
      }
    } catch (HttpException | IOException | IllegalStateException failed) {
      // The client throws the last of them where the limit ends between two of its steps.
      if (request.isCancelled()) {
        throw (IOException) new SocketTimeoutException("no answer in time").initCause(failed);
      }
      throw failed instanceof IOException told ? told : new IOException(failed);
    } finally {
      end.cancel(false);
    }
  }

  /** No new requests come: closes its connections when the last of those under way is over. */
  void retire() {
    CLOCK.schedule(
        () -> client.close(CloseMode.IMMEDIATE),
        settings.timeout().multipliedBy(2).toMillis(),
        TimeUnit.MILLISECONDS);
  }
}
