package dk.attestbro.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dk.attestbro.model.DeliveryOutcome;
import dk.attestbro.model.DeliveryOutcome.Delivered;
import dk.attestbro.model.DeliveryOutcome.FatalFailure;
import dk.attestbro.model.DeliveryOutcome.TransientFailure;
import dk.attestbro.model.Notice;
import dk.attestbro.model.Recipient;
import dk.attestbro.port.DueNotice;
import dk.attestbro.port.WebhookSigning;
import dk.attestbro.trust.JudgedServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a webhook gets, and what comes of its answer. */
class WebhookNoticesTest {
  private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
  private static final WebhookSigning SIGNING =
      (file, id, at, body) ->
          file
              + "|"
              + id
              + "|"
              + at.getEpochSecond()
              + "|"
              + new String(body, StandardCharsets.UTF_8);

  private final List<HttpExchange> got = new CopyOnWriteArrayList<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private int status = 204;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void getsItsNoticeSignedUnderOneIdInEveryAttempt() throws IOException {
    DueNotice due = due(1);

    assertThat(send(due, SIGNING)).isEqualTo(new Delivered(Optional.empty()));
    send(new DueNotice(due.notice(), due.count(), due.since(), 2, 5), SIGNING);

    assertThat(bodies).hasSize(2);
    assertThat(header(0, "webhook-id")).isEqualTo(due.id()).isEqualTo(header(1, "webhook-id"));
    assertThat(header(0, "webhook-timestamp")).isEqualTo(Long.toString(NOW.getEpochSecond()));
    assertThat(header(0, "Content-Type")).isEqualTo("application/json");
    assertThat(header(0, "webhook-signature"))
        .isEqualTo("/secret|" + due.id() + "|" + NOW.getEpochSecond() + "|" + bodies.get(0));
    JsonNode said = new ObjectMapper().readTree(bodies.get(0));
    assertThat(said.path("type").asText()).isEqualTo("inbox-news");
    assertThat(said.path("timestamp").asText()).isEqualTo(NOW.toString());
    assertThat(said.path("data").path("count").asInt()).isEqualTo(1);
    assertThat(said.path("data").path("party").asText()).isEqualTo("psychiatry-\"midt\"\\");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 410, 413})
  void isGivenUpWhereItRefuses(int refusal) {
    status = refusal;

    assertThat(send(due(1), SIGNING)).isEqualTo(new FatalFailure("HTTP_" + refusal));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 308, 408, 425, 429, 500, 503})
  void isTriedAgainAtAnyOtherAnswerAndFollowsNoRedirect(int later) {
    status = later;

    assertThat(send(due(1), SIGNING)).isEqualTo(new TransientFailure("HTTP_" + later));
    assertThat(bodies).hasSize(1);
  }

  @Test
  void isTriedAgainWhereItCannotBeReached() {
    server.stop(0);

    assertThat(send(due(1), SIGNING)).isEqualTo(new TransientFailure("CONNECT_FAILED"));
  }

  @Test
  void getsNothingWithoutASecret() {
    WebhookSigning none =
        (file, id, at, body) -> {
          throw new IllegalArgumentException("no secret");
        };

    assertThat(send(due(1), none)).isEqualTo(new TransientFailure("WEBHOOK_SECRET_UNREADABLE"));
    assertThat(bodies).isEmpty();
  }

  private DeliveryOutcome send(DueNotice due, WebhookSigning signing) {
    return new WebhookNotices(
            new HttpsSettings(Duration.ofSeconds(10), Duration.ofSeconds(20), 0),
            List.of(),
            JudgedServers.byPlatform(),
            signing,
            Clock.fixed(NOW, ZoneOffset.UTC))
        .send(due);
  }

  private DueNotice due(int attempt) {
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/in");
    Notice notice =
        new Notice(
            Notice.Kind.INBOX_NEWS,
            "psychiatry-midt",
            new Recipient.Webhook(address, "/secret"),
            "PUT_IN_INBOX",
            Map.of("party", "psychiatry-\"midt\"\\"),
            NOW,
            Optional.empty());
    return new DueNotice(notice, 1, NOW, attempt, 1);
  }

  private String header(int request, String name) {
    return got.get(request).getRequestHeaders().getFirst(name);
  }

  private void take(HttpExchange exchange) throws IOException {
    got.add(exchange);
    bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    exchange.getResponseHeaders().add("Location", "/elsewhere");
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }
}
