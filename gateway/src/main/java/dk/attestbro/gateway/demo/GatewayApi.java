package dk.attestbro.gateway.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dk.attestbro.model.Payload;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The gateway's HTTP API as any client meets it: addresses, a token, bytes and JSON. */
final class GatewayApi {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI base;

  GatewayApi(int port) {
    this.base = URI.create("http://localhost:" + port);
  }

  URI base() {
    return base;
  }

  /** An answer: status, media type and body. */
  record Reply(int status, String contentType, byte[] body) {
    /** The body as JSON. */
    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException notJson) {
        throw new StepFailed("an answer that is not JSON, status " + status, notJson);
      }
    }

    /** This answer, if it has the status that was expected. */
    Reply expect(int expected) {
      if (status != expected) {
        throw new StepFailed(
            "the gateway answered "
                + status
                + " in place of "
                + expected
                + ": "
                + new String(body, StandardCharsets.UTF_8));
      }
      return this;
    }

    @Override
    public String toString() {
      return "Reply[" + status + ", " + contentType + ", " + body.length + " bytes]";
    }
  }

  boolean isUp() {
    try {
      HttpResponse<String> health =
          http.send(
              HttpRequest.newBuilder(base.resolve("/actuator/health"))
                  .timeout(Duration.ofSeconds(5))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      return health.statusCode() == 200 && health.body().contains("\"UP\"");
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StepFailed("interrupted", interrupted);
    }
  }

  /** GET with an Accept header; an empty token goes without. */
  Reply get(String token, String path, String accept) {
    return send(request(token, path).header("Accept", accept).GET());
  }

  JsonNode getJson(String token, String path) {
    return get(token, path, "application/json").expect(200).json();
  }

  /** POST of JSON. */
  Reply post(String token, String path, JsonNode body) {
    return send(
        request(token, path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  /** POST of a message to the FHIR door. */
  Reply process(String token, Payload message) {
    return send(
        request(token, "/fhir/$process-message")
            .header("Content-Type", message.mediaType().value())
            .header("Accept", message.mediaType().value())
            .POST(HttpRequest.BodyPublishers.ofByteArray(message.bytes())));
  }

  private HttpRequest.Builder request(String token, String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT);
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private Reply send(HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      return new Reply(
          response.statusCode(),
          response.headers().firstValue("Content-Type").orElse(""),
          response.body());
    } catch (IOException broken) {
      throw new StepFailed("the gateway does not answer: " + broken, broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StepFailed("interrupted", interrupted);
    }
  }
}
