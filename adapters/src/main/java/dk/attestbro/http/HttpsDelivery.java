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
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
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
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.NameValuePair;

/**
 * POSTs a letter to its receiver's address, in the caller's thread. Connections are kept, one pool
 * per set of trusted certificates; redirects are not followed and nothing is sent twice: one call
 * is one attempt.
 */
public final class HttpsDelivery implements MessageDelivery {
  private static final ContentType CMS_TYPE =
      ContentType.parse("application/pkcs7-mime; smime-type=authEnveloped-data");
  private static final String ACCEPT = "application/fhir+json, application/fhir+xml";

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
      Map<List<Certificate>, HttpsClient> byTrust) {}

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
    SentBody sent =
        new SentBody(
            body.bytes(),
            body.mediaType() == MediaType.CMS
                ? CMS_TYPE
                : ContentType.parse(body.mediaType().value()));
    HttpPost request = new HttpPost(endpoint.address().orElseThrow());
    request.setHeader("Accept", ACCEPT);
    request.setEntity(sent);
    HttpsClient client = client(endpoint);
    try {
      return client.send(request, settings.timeout(), this::outcome);
    } catch (IOException failed) {
      return failure(failed, sent, endpoint.address().orElseThrow(), client);
    }
  }

  HttpsClient client(Endpoint endpoint) {
    Optional<TlsIdentity> shown = identity.get();
    Clients now = clients.get();
    if (!now.identity().equals(shown)) {
      Clients next = clients(shown);
      if (clients.compareAndSet(now, next)) {
        now.byTrust().values().forEach(HttpsClient::retire);
      }
      now = clients.get();
    }
    TlsContexts tls = now.tls();
    HttpsClient client =
        now.byTrust()
            .computeIfAbsent(
                endpoint.trust().map(List::of).orElse(roots),
                trust -> new HttpsClient(settings, tls.trusting(trust)));
    if (clients.get() != now) {
      // Made beside a change of the certificate: it serves this letter, and no other.
      client.retire();
    }
    return client;
  }

  private Clients clients(Optional<TlsIdentity> shown) {
    return new Clients(shown, new TlsContexts(shown, servers), new ConcurrentHashMap<>());
  }

  private DeliveryOutcome outcome(ClassicHttpResponse came) {
    int status = came.getCode();
    Optional<Payload> response = response(came);
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
              header(came, "Retry-After").flatMap(this::retryAfter),
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

  private Optional<Payload> response(ClassicHttpResponse came) {
    return body(came)
        .filter(bytes -> bytes.length > 0)
        .flatMap(
            bytes ->
                header(came, "Content-Type")
                    .flatMap(MediaType::parse)
                    .map(type -> new Payload(bytes, type)));
  }

  /**
   * Empty where it is too long, comes too late or breaks off: the status has come by then, and
   * decides alone.
   */
  private Optional<byte[]> body(ClassicHttpResponse came) {
    HttpEntity entity = came.getEntity();
    if (entity == null) {
      return Optional.empty();
    }
    try {
      byte[] bytes = entity.getContent().readNBytes(settings.mostResponseBytes() + 1);
      return Optional.of(bytes).filter(all -> all.length <= settings.mostResponseBytes());
    } catch (IOException broken) {
      return Optional.empty();
    }
  }

  private static Optional<String> header(ClassicHttpResponse came, String name) {
    return Optional.ofNullable(came.getFirstHeader(name)).map(NameValuePair::getValue);
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

  private DeliveryOutcome failure(
      IOException failed, SentBody sent, URI address, HttpsClient client) {
    if (failed instanceof ConnectException
        || failed instanceof ConnectTimeoutException
        || failed instanceof NoRouteToHostException
        || failed instanceof UnknownHostException) {
      return new TransientFailure("CONNECT_FAILED");
    }
    if (failed instanceof SSLHandshakeException) {
      // In TLS 1.3 a server may refuse our certificate after the body has left; it is not read.
      return new TransientFailure("TLS_FAILED", Optional.empty(), false, true);
    }
    if (failed instanceof SSLException) {
      return new TransientFailure("TLS_FAILED", Optional.empty(), sent.isHandedOver(), true);
    }
    if (failed instanceof SocketTimeoutException) {
      return new TransientFailure("TIMEOUT", Optional.empty(), sent.isHandedOver(), false);
    }
    // The connection breaks like this too where the server does not take our certificate.
    boolean refused =
        address.getScheme().equals("https")
            && TlsTrial.fails(address, client, settings.connectTimeout());
    return new TransientFailure(
        refused ? "TLS_FAILED" : "CONNECTION_BROKEN",
        Optional.empty(),
        sent.isHandedOver(),
        refused);
  }
}
