package dk.attestbro.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The operations calls of a running gateway, with the options that every such command has. */
final class OperationsApi {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String JSON_TYPE = "application/json";

  /** RFC 6750 section 2.1. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://localhost:8080",
      description = "Where the gateway listens. Default: ${DEFAULT-VALUE}")
  private String url = "";

  @Option(
      names = "--json",
      description = "Prints what the gateway answers, as JSON, in place of a table.")
  private boolean json;

  private Optional<String> token = Optional.ofNullable(System.getenv("ATTESTBRO_TOKEN"));

  /** Uses this token in place of the one in the environment. */
  void use(String given) {
    token = Optional.of(given);
  }

  boolean asJson() {
    return json;
  }

  /** GET under {@code /api/v1/operations/}. */
  JsonNode get(String path) {
    return parse(answer(request("operations/" + path, JSON_TYPE).GET().build()));
  }

  /** POST under {@code /api/v1/operations/}; a missing answer is an empty object. */
  JsonNode post(String path, Map<String, String> body) {
    return parse(
        answer(
            request("operations/" + path, JSON_TYPE)
                .header("Content-Type", JSON_TYPE)
                .POST(HttpRequest.BodyPublishers.ofString(JSON.valueToTree(body).toString()))
                .build()));
  }

  /** GET under {@code /api/v1/}, in this media type, byte for byte. */
  byte[] get(String path, String mediaType) {
    return answer(request(path, mediaType).GET().build());
  }

  /** A path segment or query value, escaped. */
  static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HttpRequest.Builder request(String path, String mediaType) {
    String bearer =
        token
            .map(String::strip)
            .filter(value -> !value.isEmpty())
            .orElseThrow(
                () ->
                    CommandFailed.failed(
                        "no token: set ATTESTBRO_TOKEN to one made by 'attestbro token"
                            + " --operator'"));
    if (!TOKEN.matcher(bearer).matches()) {
      throw CommandFailed.wrongUsage("what is in ATTESTBRO_TOKEN is no token");
    }
    String base = url.endsWith("/") ? url : url + "/";
    try {
      return HttpRequest.newBuilder(URI.create(base + "api/v1/" + path))
          .timeout(TIMEOUT)
          .header("Accept", mediaType)
          .header("Authorization", "Bearer " + bearer);
    } catch (IllegalArgumentException malformed) {
      throw CommandFailed.wrongUsage("--url is no http URL");
    }
  }

  private byte[] answer(HttpRequest request) {
    HttpResponse<byte[]> response;
    try {
      response =
          HttpClient.newBuilder()
              .connectTimeout(Duration.ofSeconds(5))
              .build()
              .send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException unreachable) {
      throw CommandFailed.failed(
          "no gateway answers at " + url + " (is it running? --url says where to ask)");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw CommandFailed.failed("interrupted");
    }
    if (response.statusCode() / 100 == 2) {
      return response.body();
    }
    throw response.statusCode() == 400
        ? CommandFailed.wrongUsage(refusal(response))
        : CommandFailed.failed(refusal(response));
  }

  private String refusal(HttpResponse<byte[]> response) {
    return switch (response.statusCode()) {
      case 401 -> "the gateway at " + url + " does not know this ATTESTBRO_TOKEN (401)";
      case 403 -> "this ATTESTBRO_TOKEN is not an operator's (403)";
      default ->
          "the gateway refused (" + response.statusCode() + "): " + explanation(response.body());
    };
  }

  private static String explanation(byte[] body) {
    try {
      JsonNode problem = JSON.readTree(body);
      StringBuilder text = new StringBuilder(problem.path("code").asText());
      String detail =
          problem
              .path("problems")
              .path(0)
              .path("text")
              .path("en")
              .asText(problem.path("detail").asText(problem.path("title").asText()));
      String path = problem.path("problems").path(0).path("path").asText();
      return text.append(text.isEmpty() ? "" : " ")
          .append(detail)
          .append(path.isEmpty() ? "" : " (" + path + ")")
          .toString()
          .strip();
    } catch (IOException notJson) {
      return "no reason given";
    }
  }

  private JsonNode parse(byte[] body) {
    try {
      return body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
    } catch (IOException notJson) {
      throw CommandFailed.failed("what answers at " + url + " is not the gateway's API");
    }
  }
}
