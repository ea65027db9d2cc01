package dk.attestbro.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Access tokens by the client credentials grant (RFC 6749, 4.4), each used until shortly before it
 * ends. What fails throws an {@link IllegalStateException} that tells neither secret nor token.
 */
public final class ClientCredentials implements Supplier<String> {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration BEFORE_END = Duration.ofMinutes(1);
  private static final long SHORTEST_SECONDS = 60;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI tokenUrl;
  private final String clientId;
  private final Supplier<String> clientSecret;
  private final String scope;
  private final Clock clock;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private String token = "";
  private Instant until = Instant.MIN;

  /**
   * @param tokenUrl an https:// address
   */
  public ClientCredentials(
      URI tokenUrl, String clientId, Supplier<String> clientSecret, String scope, Clock clock) {
    this.tokenUrl = tokenUrl;
    this.clientId = clientId;
    this.clientSecret = clientSecret;
    this.scope = scope;
    this.clock = clock;
  }

  @Override
  public synchronized String get() {
    Instant now = clock.instant();
    if (now.isBefore(until)) {
      return token;
    }
    JsonNode answer = ask();
    token = answer.path("access_token").asText();
    if (token.isEmpty()) {
      throw new IllegalStateException("the token server gave no access token");
    }
    long seconds = Math.max(SHORTEST_SECONDS, answer.path("expires_in").asLong());
    until = now.plusSeconds(seconds).minus(BEFORE_END);
    return token;
  }

  private JsonNode ask() {
    String form =
        "grant_type=client_credentials&client_id="
            + encoded(clientId)
            + "&client_secret="
            + encoded(clientSecret.get())
            + (scope.isEmpty() ? "" : "&scope=" + encoded(scope));
    HttpRequest request =
        HttpRequest.newBuilder(tokenUrl)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    try {
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new IllegalStateException("the token server answered " + response.statusCode());
      }
      return JSON.readTree(response.body());
    } catch (IOException unreachable) {
      throw new IllegalStateException("the token server cannot be reached", unreachable);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stopping);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
