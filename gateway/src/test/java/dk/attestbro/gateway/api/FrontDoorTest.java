package dk.attestbro.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The API from outside: what each caller is let do, and what each refusal looks like. */
class FrontDoorTest {
  private static final String PROCESS = "/fhir/$process-message";
  private static final String REQUESTS = "/api/v1/certificate-requests";

  private static final String PDF = "JVBERi0xLjQK";
  private static final String REQUEST =
      """
      {"form":"PSYK125","receiver":"psychiatry-midt",
       "citizen":{"cpr":"2509479989","name":{"family":"Elmer","given":["Bruno"]}},
       "purpose":"Rehabiliteringsplan","questions":["Hvilke skånehensyn?"],"facts":"Sygemeldt",
       "consent":{"basis":"RSL_11A","givenAt":"2026-11-01","validUntil":"2027-10-31","scope":"Journal"},
       "contact":{"name":"Test Sagsbehandler","phone":"+4587654321"},"reference":"A-17",
       "wishedBy":"2026-12-10","confirmDuplicate":false}
      """;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DescribedAnswers DESCRIBED = new DescribedAnswers();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static ApiServer server;

  @BeforeAll
  static void start() {
    server = new ApiServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void describesExactlyThePathsThatItServes() {
    Set<String> served =
        server
            .part("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
            .getHandlerMethods()
            .entrySet()
            .stream()
            .filter(
                e -> e.getValue().getBeanType().getPackageName().equals("dk.attestbro.gateway.api"))
            .filter(e -> e.getValue().getBeanType() != ErrorDoor.class)
            .flatMap(
                e ->
                    e.getKey().getPatternValues().stream()
                        .flatMap(
                            path ->
                                e.getKey().getMethodsCondition().getMethods().stream()
                                    .map(method -> method + " " + path)))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> described = new TreeSet<>(DESCRIBED.operations());
    described.removeIf(operation -> operation.startsWith("GET /actuator/"));
    assertThat(described).isEqualTo(served);
  }

  @Test
  void takesARequestAndShowsItToBothItsParties() throws Exception {
    String key = UUID.randomUUID().toString();
    HttpResponse<String> taken = post(REQUESTS, "aarhus", REQUEST, "Idempotency-Key", key);
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
    assertDescribed("POST", REQUESTS, taken);
    JsonNode answer = JSON.readTree(taken.body());
    assertThat(answer.get("letterId").textValue()).isEqualTo(key);
    assertThat(answer.at("/deadline/state").textValue()).isEqualTo("NOT_STARTED");
    assertThat(answer.get("warnings")).isEmpty();
    String caseId = answer.get("caseId").textValue();

    HttpResponse<String> again = post(REQUESTS, "aarhus", REQUEST, "Idempotency-Key", key);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(again.body())).isEqualTo(answer);
    HttpResponse<String> other =
        post(REQUESTS, "aarhus", REQUEST.replace("A-17", "A-18"), "Idempotency-Key", key);
    assertProblem("POST", REQUESTS, other, 409, "CONTENT_CHANGED");

    JsonNode ours = seen("/api/v1/cases/{caseId}", "/api/v1/cases/" + caseId, "aarhus");
    assertThat(ours.get("reference").textValue()).isEqualTo("A-17");
    assertThat(ours.get("turn").textValue()).isEqualTo("gateway");
    assertThat(ours.at("/letters/0/direction").textValue()).isEqualTo("out");
    JsonNode theirs = seen("/api/v1/cases/{caseId}", "/api/v1/cases/" + caseId, "midt");
    assertThat(theirs.get("reference").isNull()).isTrue();
    assertThat(theirs.at("/letters/0/direction").textValue()).isEqualTo("in");
    HttpResponse<String> anothers = get("/api/v1/cases/" + caseId, "odense");
    assertProblem("GET", "/api/v1/cases/{caseId}", anothers, 404, "NOT_FOUND");
    JsonNode message = seen("/api/v1/messages/{letterId}", "/api/v1/messages/" + key, "midt");
    assertThat(message.get("status").textValue()).isEqualTo("SENT");
    assertThat(message.at("/events/0/code").textValue()).isEqualTo("RECORDED");
    assertThat(seen("/api/v1/cases", "/api/v1/cases?limit=1", "aarhus").get("items")).hasSize(1);
  }

  @Test
  void showsAnInboxLetterAsThePostForItTakesItAndInEachFormat() throws Exception {
    String key = UUID.randomUUID().toString();
    JsonNode taken =
        JSON.readTree(post(REQUESTS, "aarhus", REQUEST, "Idempotency-Key", key).body());
    String item = "/api/v1/inbox/" + key;
    JsonNode letter = seen("/api/v1/inbox/{letterId}", item, "midt");
    ((com.fasterxml.jackson.databind.node.ObjectNode) letter.get("content"))
        .put("confirmDuplicate", false);
    assertThat(letter.get("content")).isEqualTo(JSON.readTree(REQUEST));
    assertThat(get(item, "midt", "Accept", "application/fhir+json").body()).startsWith("{");
    assertThat(get(item, "midt", "Accept", "application/fhir+xml").body()).contains("<Bundle");
    HttpResponse<String> noPdf = get(item, "midt", "Accept", "application/pdf");
    assertProblem("GET", "/api/v1/inbox/{letterId}", noPdf, 406, "NOT_ACCEPTABLE");
    HttpResponse<String> noSuch = get(item, "midt", "Accept", "text/html");
    assertProblem("GET", "/api/v1/inbox/{letterId}", noSuch, 406, "NOT_ACCEPTABLE");

    String reply =
        "{\"answers\":{},\"insufficientKnowledge\":true,\"author\":{\"name\":\"Test Læge\","
            + "\"authorisationId\":\"12345\"},\"attachments\":[{\"title\":\"Svar\","
            + "\"contentType\":\"application/pdf\",\"data\":\""
            + PDF
            + "\"}]}";
    String replies = "/api/v1/cases/" + taken.get("caseId").textValue() + "/replies";
    HttpResponse<String> replied = post(replies, "midt", reply);
    assertThat(replied.statusCode()).as(replied.body()).isEqualTo(201);
    assertDescribed("POST", "/api/v1/cases/{caseId}/replies", replied);
    JsonNode answer = JSON.readTree(replied.body());
    assertThat(answer.at("/warnings/0").textValue()).isEqualTo("IDEMPOTENCY_KEY_MISSING");
    String answerItem = "/api/v1/inbox/" + answer.get("letterId").textValue();
    JsonNode got = seen("/api/v1/inbox/{letterId}", answerItem, "aarhus").get("content");
    assertThat(got).isEqualTo(JSON.readTree(reply));
    assertThat(get(answerItem, "aarhus", "Accept", "application/pdf").body()).startsWith("%PDF");
  }

  @Test
  void takesAnAcknowledgementOfAnInboxItem() throws Exception {
    String key = UUID.randomUUID().toString();
    post(REQUESTS, "aarhus", REQUEST, "Idempotency-Key", key);
    String path = "/api/v1/inbox/" + key + "/acknowledgement";
    String described = "/api/v1/inbox/{letterId}/acknowledgement";
    HttpResponse<String> wrong = post(path, "midt", "{\"code\":\"fine\"}");
    assertProblem("POST", described, wrong, 422, "FIELD_INVALID");
    HttpResponse<String> ok = post(path, "midt", "{\"code\":\"ok\"}");
    assertThat(ok.statusCode()).as(ok.body()).isEqualTo(201);
    assertDescribed("POST", described, ok);
    HttpResponse<String> anothers = post(path, "odense", "{\"code\":\"ok\"}");
    assertProblem("POST", described, anothers, 404, "NOT_FOUND");
    JsonNode page = seen("/api/v1/inbox", "/api/v1/inbox", "aarhus");
    assertThat(page.get("items")).isNotEmpty();
  }

  @Test
  void refusesACallWithoutCredentials() throws Exception {
    HttpResponse<String> none = send(request("/api/v1/cases").GET().build());
    assertProblem("GET", "/api/v1/cases", none, 401, "CREDENTIALS_MISSING");
    assertThat(none.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    HttpResponse<String> bad = get("/api/v1/cases", "guess");
    assertProblem("GET", "/api/v1/cases", bad, 401, "CREDENTIALS_INVALID");
    HttpResponse<String> fhir = fhir("guess", "application/fhir+json", "{}");
    assertOutcome(fhir, 401, "CREDENTIALS_INVALID");
  }

  @Test
  void keepsOperatorsFromLettersAndPartiesFromOperations() throws Exception {
    String queues = "/api/v1/operations/queues";
    assertProblem("GET", queues, get(queues, "aarhus"), 403, "NOT_ALLOWED");
    assertProblem("GET", "/api/v1/inbox", get("/api/v1/inbox", "operator"), 403, "NOT_ALLOWED");
    assertOutcome(fhir("operator", "application/fhir+json", "{}"), 403, "NOT_ALLOWED");
    assertThat(seen(queues, queues, "operator")).hasSize(4);
    String dead = "/api/v1/operations/dead-letters";
    assertThat(seen(dead, dead, "operator").get("items")).isEmpty();
    String pause = "/api/v1/operations/queues/psychiatry-midt/pause";
    String described = "/api/v1/operations/queues/{party}/pause";
    assertProblem("POST", described, post(pause, "operator", "{}"), 422, "FIELD_MISSING");
    assertDescribed("POST", described, post(pause, "operator", "{\"reason\":\"service\"}"));
  }

  @Test
  void asksACallerOfSeveralPartiesWhichOneItIs() throws Exception {
    HttpResponse<String> either = get("/api/v1/cases", "vendor");
    assertProblem("GET", "/api/v1/cases", either, 400, "PARTY_AMBIGUOUS");
    assertThat(get("/api/v1/cases?party=employment-odense", "vendor").statusCode()).isEqualTo(200);
    HttpResponse<String> anothers = get("/api/v1/cases?party=psychiatry-midt", "vendor");
    assertProblem("GET", "/api/v1/cases", anothers, 403, "NOT_ALLOWED");
    HttpResponse<String> posted = post(REQUESTS, "vendor", REQUEST);
    assertProblem("POST", REQUESTS, posted, 400, "PARTY_AMBIGUOUS");
    String named = REQUEST.replaceFirst("\\{", "{\"sender\":\"employment-aarhus\",");
    assertThat(post(REQUESTS, "vendor", named).statusCode()).isEqualTo(201);
  }

  @Test
  void tellsAllShapeProblemsAtOnceAndRepeatsNothingOfTheBody() throws Exception {
    String body =
        REQUEST
            .replace("\"2026-12-10\"", "\"10/12-2026 Bruno\"")
            .replace("[\"Hvilke skånehensyn?\"]", "[1]")
            .replaceFirst("\\{", "{\"nyt\":1,\"2509479989\":2,");
    HttpResponse<String> refused = post(REQUESTS, "aarhus", body);
    assertProblem("POST", REQUESTS, refused, 422, "FIELD_INVALID");
    JsonNode problems = JSON.readTree(refused.body()).get("problems");
    assertThat(problems.findValuesAsText("path"))
        .containsExactlyInAnyOrder("wishedBy", "questions[0]", "nyt", "*");
    assertThat(refused.body()).doesNotContain("Bruno", "2509479989");
    HttpResponse<String> content =
        post(REQUESTS, "aarhus", REQUEST.replace("Elmer", "").replace("PSYK125", "X"));
    assertProblem("POST", REQUESTS, content, 422, "FORM_UNKNOWN");
  }

  @Test
  void refusesJsonThatCannotBeRead() throws Exception {
    for (String bad : new String[] {"", "[]", "{", "{\"form\":1,\"form\":2}", "{} {}"}) {
      assertProblem("POST", REQUESTS, post(REQUESTS, "aarhus", bad), 400, "NOT_READABLE");
    }
    String deep = "{\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";
    assertProblem("POST", REQUESTS, post(REQUESTS, "aarhus", deep), 400, "TOO_COMPLEX");
    HttpResponse<String> key = post(REQUESTS, "aarhus", REQUEST, "Idempotency-Key", "seventeen");
    assertProblem("POST", REQUESTS, key, 400, "PARAMETER_INVALID");
    HttpResponse<String> limit = get("/api/v1/cases?limit=many", "aarhus");
    assertProblem("GET", "/api/v1/cases", limit, 400, "PARAMETER_INVALID");
    HttpResponse<String> after = get("/api/v1/cases?after=x", "aarhus");
    assertProblem("GET", "/api/v1/cases", after, 400, "PARAMETER_INVALID");
  }

  @Test
  void refusesOtherMediaTypes() throws Exception {
    HttpResponse<String> text =
        send(
            as("aarhus", REQUESTS)
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(REQUEST))
                .build());
    assertProblem("POST", REQUESTS, text, 415, "UNSUPPORTED_MEDIA_TYPE");
    assertOutcome(fhir("aarhus", "application/json", "{}"), 415, "UNSUPPORTED_MEDIA_TYPE");
    assertOutcome(fhir("aarhus", "application/fhir+json", "{}"), 400, "NOT_FHIR");
  }

  @Test
  void refusesABodyThatSaysItIsTooLargeBeforeItIsSent() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket
          .getOutputStream()
          .write(
              ("POST "
                      + PROCESS
                      + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer aarhus\r\n"
                      + "Content-Type: application/fhir+json\r\nContent-Length: "
                      + (ApiServer.LIMIT + 1)
                      + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      socket.setSoTimeout(20_000);
      StringBuilder answer = new StringBuilder();
      int next = 0;
      while (next >= 0 && answer.indexOf("TOO_LARGE") < 0) {
        next = socket.getInputStream().read();
        answer.append((char) next);
      }
      assertThat(answer.toString()).startsWith("HTTP/1.1 413").endsWith("TOO_LARGE");
    }
  }

  @Test
  void stopsReadingAChunkedBodyAtTheLimit() throws Exception {
    byte[] large = new byte[ApiServer.LIMIT + 1];
    BodyPublisher chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large));
    HttpResponse<String> refused =
        send(
            as("aarhus", PROCESS)
                .header("Content-Type", "application/fhir+json")
                .POST(chunked)
                .build());
    assertOutcome(refused, 413, "TOO_LARGE");
  }

  @Test
  void answersWhatSpringRefusesInTheSameForm() throws Exception {
    HttpResponse<String> nowhere = get("/api/v1/nowhere", "aarhus");
    assertThat(nowhere.statusCode()).isEqualTo(404);
    assertThat(JSON.readTree(nowhere.body()).get("code").textValue()).isEqualTo("NOT_FOUND");
    HttpResponse<String> method = get(REQUESTS, "aarhus");
    assertThat(method.statusCode()).isEqualTo(405);
    assertThat(method.headers().firstValue("Allow")).contains("POST");
    assertThat(JSON.readTree(method.body()).get("code").textValue())
        .isEqualTo("METHOD_NOT_ALLOWED");
    assertOutcome(get("/fhir/Patient", "aarhus"), 404, "NOT_FOUND");
  }

  @Test
  void letsAnyoneReadWhatIsPublic() throws Exception {
    for (String path :
        new String[] {
          "/.well-known/jwks.json",
          "/.well-known/attestbro.pem",
          "/openapi.json",
          "/actuator/health",
          "/actuator/prometheus"
        }) {
      HttpResponse<String> open = send(request(path).GET().build());
      assertThat(open.statusCode()).as(path).isEqualTo(200);
      assertDescribed("GET", path, open);
    }
    HttpResponse<String> passedOn =
        send(request("/actuator/prometheus").header("X-Forwarded-For", "10.0.0.1").GET().build());
    assertThat(passedOn.statusCode()).isEqualTo(401);
    assertThat(seen("/api/v1/forms", "/api/v1/forms", "operator").get("items")).isNotEmpty();
    seen("/api/v1/forms/{form}", "/api/v1/forms/LAE125", "aarhus");
  }

  private static JsonNode seen(String described, String path, String token) throws Exception {
    HttpResponse<String> answer = get(path, token);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertDescribed("GET", described, answer);
    return JSON.readTree(answer.body());
  }

  private static void assertDescribed(String method, String path, HttpResponse<String> answer) {
    assertThat(DESCRIBED.faults(method, path, answer)).as(answer.body()).isEmpty();
  }

  private static void assertProblem(
      String method, String path, HttpResponse<String> answer, int status, String code)
      throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertDescribed(method, path, answer);
    assertThat(JSON.readTree(answer.body()).get("code").textValue()).isEqualTo(code);
  }

  private static void assertOutcome(HttpResponse<String> answer, int status, String code)
      throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    JsonNode outcome = JSON.readTree(answer.body());
    assertThat(outcome.get("resourceType").textValue()).isEqualTo("OperationOutcome");
    assertThat(outcome.at("/issue/0/details/text").textValue()).startsWith(code + ": ");
  }

  private static HttpResponse<String> get(String path, String token, String... headers)
      throws Exception {
    HttpRequest.Builder call = as(token, path).GET();
    return send((headers.length > 0 ? call.headers(headers) : call).build());
  }

  private static HttpResponse<String> post(
      String path, String token, String body, String... headers) throws Exception {
    HttpRequest.Builder call =
        as(token, path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    return send((headers.length > 0 ? call.headers(headers) : call).build());
  }

  private static HttpResponse<String> fhir(String token, String type, String body)
      throws Exception {
    return send(
        as(token, PROCESS)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private static HttpRequest.Builder as(String token, String path) {
    return request(path).header("Authorization", "Bearer " + token);
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    return CLIENT.send(request, BodyHandlers.ofString());
  }
}
