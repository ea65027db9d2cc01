package dk.attestbro.http;

import dk.attestbro.model.Certificate;
import dk.attestbro.model.DeliveryOutcome;
import dk.attestbro.model.DeliveryOutcome.Delivered;
import dk.attestbro.model.DeliveryOutcome.FatalFailure;
import dk.attestbro.model.DeliveryOutcome.TransientFailure;
import dk.attestbro.model.Endpoint;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;
import dk.attestbro.port.Delivery;
import dk.attestbro.port.MessageDelivery;
import dk.attestbro.port.ServerTrust;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;

/**
 * POSTs a letter to its receiver's address. Connections are kept, one client per set of trusted
 * certificates; redirects are not followed and nothing is sent twice: one call is one attempt.
 */
public final class HttpsDelivery implements MessageDelivery {
  private static final String CMS_TYPE = "application/pkcs7-mime; smime-type=authEnveloped-data";
  private static final String ACCEPT = "application/fhir+json, application/fhir+xml";
  private static final String KEEP_ALIVE = "jdk.httpclient.keepalive.timeout";

  private final HttpsSettings settings;
  private final Supplier<Optional<TlsIdentity>> identity;
  private final List<Certificate> roots;
  private final ServerTrust servers;
  private final Clock clock;
  private final AtomicReference<Clients> clients;

  /** The clients that show this certificate. */
  private record Clients(
      Optional<TlsIdentity> identity,
      TlsContexts tls,
      Map<List<Certificate>, HttpClient> byTrust) {}

  /** With one certificate to show, or none for anonymous TLS. */
  public HttpsDelivery(
      HttpsSettings settings,
      Optional<TlsIdentity> identity,
      List<Certificate> roots,
      ServerTrust servers,
      Clock clock) {
    this(settings, () -> identity, roots, servers, clock);
  }

  /**
   * @param identity what to show to servers that ask, asked at each delivery; a new one gets new
   *     connections
   * @param roots whom TLS trusts where an endpoint names no certificate; none means the platform's
   * @param servers judges what a server shows
   */
  public HttpsDelivery(
      HttpsSettings settings,
      Supplier<Optional<TlsIdentity>> identity,
      List<Certificate> roots,
      ServerTrust servers,
      Clock clock) {
    if (System.getProperty(KEEP_ALIVE) == null) {
      // Java 17 keeps an idle connection for 20 minutes, far longer than servers do.
      System.setProperty(KEEP_ALIVE, "20");
    }
    this.settings = settings;
    this.identity = identity;
    this.servers = servers;
    this.roots = List.copyOf(roots);
    this.clock = clock;
    this.clients = new AtomicReference<>(clients(identity.get()));
  }

  @Override
  public DeliveryOutcome deliver(Delivery delivery) {
    Endpoint endpoint = delivery.endpoint();
    Payload body = delivery.body();
    SentBody sent = new SentBody(body.bytes());
    long deadline = System.nanoTime() + settings.timeout().toNanos();
    HttpRequest request =
        HttpRequest.newBuilder(endpoint.address().orElseThrow())
            .header(
                "Content-Type",
                body.mediaType() == MediaType.CMS ? CMS_TYPE : body.mediaType().value())
            .header("Accept", ACCEPT)
            .header("User-Agent", "Attestbro")
            .POST(
                BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> sent), body.size()))
            .timeout(settings.timeout())
            .build();
    try {
      HttpResponse<Optional<byte[]>> came =
          client(endpoint)
              .send(request, info -> new CappedBody(settings.mostResponseBytes(), deadline));
      return outcome(came.statusCode(), came.headers(), came.body());
    } catch (IOException failed) {
      return failure(failed, sent);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return broken("INTERRUPTED", sent.isHandedOver());
    }
  }

  HttpClient client(Endpoint endpoint) {
    Optional<TlsIdentity> shown = identity.get();
    // What is under way on the clients of before ends there; they go with their connections.
    Clients now =
        clients.updateAndGet(known -> known.identity().equals(shown) ? known : clients(shown));
    return now.byTrust()
        .computeIfAbsent(
            endpoint.trust().map(List::of).orElse(roots),
            trust ->
                HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(settings.connectTimeout())
                    .sslContext(now.tls().trusting(trust))
                    .sslParameters(parameters())
                    .build());
  }

  private Clients clients(Optional<TlsIdentity> shown) {
    return new Clients(shown, new TlsContexts(shown, servers), new ConcurrentHashMap<>());
  }

  static SSLParameters parameters() {
    SSLParameters parameters = new SSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    // SECURITY: without this any certificate of a trusted issuer could stand for the receiver.
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    return parameters;
  }

  private DeliveryOutcome outcome(int status, HttpHeaders headers, Optional<byte[]> body) {
    Optional<Payload> response = response(headers, body);
    if (status >= 200 && status < 300) {
      return new Delivered(response);
    }
    String reason = "HTTP_" + status;
    return switch (status) {
      case 401, 403, 404, 408, 425 ->
          new TransientFailure(reason, Optional.empty(), false, false, response);
      case 429, 503 ->
          new TransientFailure(
              reason,
              headers.firstValue("Retry-After").flatMap(this::retryAfter),
              false,
              false,
              response);
      case 501, 505 -> new FatalFailure(reason, response);
      default ->
          status >= 500
              ? new TransientFailure(reason, Optional.empty(), false, false, response)
              : new FatalFailure(reason, response);
    };
  }

  private static Optional<Payload> response(HttpHeaders headers, Optional<byte[]> body) {
    return body.filter(bytes -> bytes.length > 0)
        .flatMap(
            bytes ->
                headers
                    .firstValue("Content-Type")
                    .flatMap(MediaType::parse)
                    .map(type -> new Payload(bytes, type)));
  }

  /** RFC 9110, 10.2.3: seconds, or a date. */
  private Optional<Duration> retryAfter(String value) {
    if (value.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
    }
    try {
      Instant at = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration until = Duration.between(clock.instant(), at);
      return Optional.of(until.isNegative() ? Duration.ZERO : until);
    } catch (DateTimeParseException neither) {
      return Optional.empty();
    }
  }

  private static DeliveryOutcome failure(Throwable failed, SentBody sent) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
        return new TransientFailure("CONNECT_FAILED");
      }
      if (cause instanceof SSLHandshakeException) {
        // In TLS 1.3 a server may refuse our certificate after the body has left; it is not read.
        return new TransientFailure("TLS_FAILED", Optional.empty(), false, true);
      }
      if (cause instanceof SSLException) {
        return new TransientFailure("TLS_FAILED", Optional.empty(), sent.isHandedOver(), true);
      }
      if (cause instanceof HttpTimeoutException) {
        return broken("TIMEOUT", sent.isHandedOver());
      }
    }
    return broken("CONNECTION_BROKEN", sent.isHandedOver());
  }

  private static TransientFailure broken(String reason, boolean perhapsDelivered) {
    return new TransientFailure(reason, Optional.empty(), perhapsDelivered, false);
  }
}
