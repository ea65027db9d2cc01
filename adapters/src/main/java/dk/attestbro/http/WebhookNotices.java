package dk.attestbro.http;

import dk.attestbro.model.Certificate;
import dk.attestbro.model.DeliveryOutcome;
import dk.attestbro.model.DeliveryOutcome.Delivered;
import dk.attestbro.model.DeliveryOutcome.FatalFailure;
import dk.attestbro.model.DeliveryOutcome.TransientFailure;
import dk.attestbro.model.Recipient;
import dk.attestbro.port.DueNotice;
import dk.attestbro.port.NoticeSending;
import dk.attestbro.port.ServerTrust;
import dk.attestbro.port.WebhookSigning;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * POSTs notices to webhooks as the Standard Webhooks specification says: JSON of ids, codes,
 * figures and times, signed with the receiver's secret. Redirects are not followed; one call is one
 * attempt.
 */
public final class WebhookNotices implements NoticeSending {
  private static final String KEEP_ALIVE = "jdk.httpclient.keepalive.timeout";

  private final HttpsSettings settings;
  private final HttpClient client;
  private final WebhookSigning signing;
  private final Clock clock;

  /**
   * @param roots whom TLS trusts; none means the platform's
   * @param servers judges what a server shows
   */
  public WebhookNotices(
      HttpsSettings settings,
      List<Certificate> roots,
      ServerTrust servers,
      WebhookSigning signing,
      Clock clock) {
    if (System.getProperty(KEEP_ALIVE) == null) {
      // Java 17 keeps an idle connection for 20 minutes, far longer than servers do.
      System.setProperty(KEEP_ALIVE, "20");
    }
    this.settings = settings;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.connectTimeout())
            .sslContext(new TlsContexts(Optional.empty(), servers).trusting(roots))
            .sslParameters(HttpsClient.parameters())
            .build();
    this.signing = signing;
    this.clock = clock;
  }

  @Override
  public DeliveryOutcome send(DueNotice due) {
    Recipient.Webhook to = (Recipient.Webhook) due.notice().recipient();
    byte[] body = new NoticeJson(due).toString().getBytes(StandardCharsets.UTF_8);
    Instant now = clock.instant();
    String signature;
    try {
      signature = signing.sign(to.secretFile(), due.id(), now, body);
    } catch (IllegalArgumentException noSecret) {
      return new TransientFailure("WEBHOOK_SECRET_UNREADABLE");
    }
    return answer(
        HttpRequest.newBuilder(to.uri())
            .header("Content-Type", "application/json")
            .header("User-Agent", "Attestbro")
            .header("webhook-id", due.id())
            .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
            .header("webhook-signature", signature)
            .POST(BodyPublishers.ofByteArray(body))
            .build());
  }

  private DeliveryOutcome answer(HttpRequest request) {
    CompletableFuture<HttpResponse<Void>> response =
        client.sendAsync(request, BodyHandlers.discarding());
    try {
      return outcome(
          response.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS).statusCode());
    } catch (ExecutionException failed) {
      return new TransientFailure(reason(failed.getCause()));
    } catch (TimeoutException late) {
      response.cancel(true);
      return new TransientFailure("TIMEOUT");
    } catch (InterruptedException stopping) {
      response.cancel(true);
      Thread.currentThread().interrupt();
      return new TransientFailure("INTERRUPTED");
    }
  }

  private static DeliveryOutcome outcome(int status) {
    String reason = "HTTP_" + status;
    return switch (status) {
      case 408, 425, 429 -> new TransientFailure(reason);
      default ->
          status >= 200 && status < 300
              ? new Delivered(Optional.empty())
              : status >= 400 && status < 500
                  ? new FatalFailure(reason)
                  : new TransientFailure(reason);
    };
  }

  private static String reason(Throwable failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
        return "CONNECT_FAILED";
      }
      if (cause instanceof SSLException) {
        return "TLS_FAILED";
      }
    }
    return "CONNECTION_BROKEN";
  }
}
