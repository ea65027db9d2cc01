package dk.attestbro.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dk.attestbro.memory.MemoryRecords;
import dk.attestbro.model.Access;
import dk.attestbro.model.AccessAct;
import dk.attestbro.model.CaseFact;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CaseRules;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Turn;
import dk.attestbro.model.WorkCalendar;
import dk.attestbro.port.Change;
import dk.attestbro.port.Commit;
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
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
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
 "wishedBy":"2026-12-10","caseStartedOn":"2026-09-14","confirmDuplicate":true}
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
  void refusesTheSameRequestAgainWithTheCaseOfTheFirstUnlessItIsConfirmed() throws Exception {
    String first = REQUEST.replace("psychiatry-midt", "psychiatry-syd");
    String again = first.replace("\"confirmDuplicate\":true", "\"confirmDuplicate\":false");
    String caseId = caseOf(post(REQUESTS, "aarhus", again));

    HttpResponse<String> refused = post(REQUESTS, "aarhus", again);
    HttpResponse<String> anothers = post(REQUESTS, "odense", again);
    HttpResponse<String> confirmed = post(REQUESTS, "aarhus", first);

    assertProblem("POST", REQUESTS, refused, 409, "DUPLICATE_REQUEST");
    JsonNode problem = JSON.readTree(refused.body());
    assertThat(problem.get("caseId").textValue()).isEqualTo(caseId);
    assertThat(problem.at("/problems/0/path").textValue()).isEqualTo("citizen");
    assertThat(anothers.statusCode()).as(anothers.body()).isEqualTo(201);
    assertDescribed("POST", REQUESTS, confirmed);
    assertThat(caseOf(confirmed)).isNotEqualTo(caseId);
  }

  @Test
  void showsThatAProblemWithoutAnEarlierCaseNamesNone() throws Exception {
    HttpResponse<String> refused = post(REQUESTS, "aarhus", "{}");
    assertThat(JSON.readTree(refused.body()).has("caseId")).isFalse();
  }

  @Test
  void listsOfTheCasesThoseThatAreAskedFor() throws Exception {
    String caseId = caseOf(post(REQUESTS, "aarhus", REQUEST));
    moved(
        caseId,
        (known, at) ->
            Turn.ofAcknowledgement(Turn.Kind.ACKNOWLEDGED, known.request(), known.responder(), at));

    for (String found :
        List.of(
            "",
            "turn=mine",
            "turn=responder",
            "turn=requester,RESPONDER",
            "state=open",
            "state=SENT&state=received",
            "dueBy=2026-12-06",
            "form=PSYK125",
            "turn=mine&state=open&dueBy=2026-12-31&form=PSYK125")) {
      assertThat(worklist("midt", found)).as(found).contains(caseId);
    }
    for (String other :
        List.of(
            "turn=requester",
            "turn=gateway,none",
            "state=SENT",
            "state=overdue",
            "dueBy=2026-12-05",
            "form=LAE125",
            "turn=mine&state=FILED")) {
      assertThat(worklist("midt", other)).as(other).doesNotContain(caseId);
    }
    assertThat(worklist("aarhus", "turn=responder")).contains(caseId);
    assertThat(worklist("aarhus", "turn=mine")).doesNotContain(caseId);
    assertThat(worklist("odense", "")).doesNotContain(caseId);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "turn=theirs",
        "state=DONE",
        "state=",
        "dueBy=tomorrow",
        "form=NONE",
        "limit=0",
        "limit=many",
        "after=here"
      })
  void namesTheParameterOfAWorklistThatCannotBeUsed(String parameter) throws Exception {
    HttpResponse<String> refused = get("/api/v1/cases?" + parameter, "midt");
    assertProblem("GET", "/api/v1/cases", refused, 400, "PARAMETER_INVALID");
    assertThat(JSON.readTree(refused.body()).at("/problems/0/path").textValue())
        .isEqualTo(parameter.split("=")[0]);
  }

  @Test
  void takesWhoHandlesACaseAndShowsItToThatSideAlone() throws Exception {
    String described = "/api/v1/cases/{caseId}/assignment";
    String caseId = caseOf(post(REQUESTS, "aarhus", REQUEST));
    moved(
        caseId,
        (known, at) ->
            Turn.ofAcknowledgement(Turn.Kind.ACKNOWLEDGED, known.request(), known.responder(), at));
    String call = "/api/v1/cases/" + caseId + "/assignment";
    String good =
        "{\"contact\":{\"name\":\"Test Læge\",\"phone\":\"78450000\"},"
            + "\"consultation\":\"2026-11-30\"}";

    HttpResponse<String> taken = post(call, "midt", good);
    HttpResponse<String> again = post(call, "midt", good.replace("Test Læge", "Mads Mose"));
    HttpResponse<String> without = post(call, "midt", "{\"consultation\":\"soon\"}");
    HttpResponse<String> strangers = post(call, "odense", good);

    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
    assertDescribed("POST", described, taken);
    JsonNode answer = JSON.readTree(taken.body());
    assertThat(answer.get("caseId").textValue()).isEqualTo(caseId);
    assertThat(answer.get("state").textValue()).isEqualTo("ASSIGNED");
    assertThat(answer.get("turn").textValue()).isEqualTo("responder");
    assertThat(again.statusCode()).isEqualTo(201);
    assertProblem("POST", described, without, 422, "FIELD_INVALID");
    assertThat(JSON.readTree(without.body()).get("problems").findValuesAsText("path"))
        .containsExactly("consultation", "contact");
    assertProblem("POST", described, strangers, 404, "NOT_FOUND");

    JsonNode theirs = seen("/api/v1/cases/{caseId}", "/api/v1/cases/" + caseId, "midt");
    assertThat(theirs.at("/contact/name").textValue()).isEqualTo("Mads Mose");
    assertThat(theirs.at("/days/gross").intValue()).isZero();
    JsonNode ours = seen("/api/v1/cases/{caseId}", "/api/v1/cases/" + caseId, "aarhus");
    assertThat(ours.get("contact").isNull()).isTrue();
    assertThat(ours.at("/nextStep/code").textValue()).isEqualTo("REPLY");
  }

  @Test
  void makesTheDateOfAnInterimReplyTheDeadlineWhereTheRequesterAcceptsIt() throws Exception {
    String described = "/api/v1/cases/{caseId}/interim-acceptance";
    String caseId = caseOf(post(REQUESTS, "aarhus", REQUEST));
    String call = "/api/v1/cases/" + caseId + "/interim-acceptance";
    LetterId interim = LetterId.random();
    String good = "{\"letterId\":\"" + interim + "\"}";

    HttpResponse<String> tooEarly = post(call, "aarhus", good);
    moved(
        caseId,
        (known, at) ->
            Turn.by(
                Turn.Kind.INTERIM_REPLIED,
                at,
                new LetterRef(known.responder(), interim),
                Optional.of(
                    new LetterContent.InterimReply(Optional.of(LocalDate.of(2026, 12, 24)), "")),
                Optional.empty()));
    HttpResponse<String> theirs = post(call, "midt", good);
    HttpResponse<String> none = post(call, "aarhus", "{}");
    HttpResponse<String> noId = post(call, "aarhus", "{\"letterId\":\"no id\"}");
    HttpResponse<String> taken = post(call, "aarhus", good);

    assertProblem("POST", described, tooEarly, 422, "CASE_STATE_FORBIDS");
    assertProblem("POST", described, theirs, 422, "CASE_PARTY_WRONG");
    assertProblem("POST", described, none, 422, "FIELD_MISSING");
    assertProblem("POST", described, noId, 422, "FIELD_INVALID");
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
    assertDescribed("POST", described, taken);
    assertThat(JSON.readTree(taken.body()).at("/deadline/due").textValue()).isEqualTo("2026-12-24");
    JsonNode shown = seen("/api/v1/cases/{caseId}", "/api/v1/cases/" + caseId, "midt");
    assertThat(shown.get("expectedBy").textValue()).isEqualTo("2026-12-24");
  }

  @Test
  void givesTheEvidenceOfACaseToItsPartiesAndToOperations() throws Exception {
    String caseId = caseOf(post(REQUESTS, "aarhus", REQUEST));
    String own = "/api/v1/cases/" + caseId + "/evidence";
    String operations = "/api/v1/operations/evidence/";

    HttpResponse<String> ours = get(own, "midt");
    HttpResponse<String> bare = get(operations + caseId, "operator");

    assertThat(ours.statusCode()).isEqualTo(200);
    assertDescribed("GET", "/api/v1/cases/{caseId}/evidence", ours);
    assertThat(ours.body()).contains("messages/1.json", "Elmer");
    assertDescribed("GET", operations + "{caseId}", bare);
    assertThat(bare.body()).contains("events.json").doesNotContain("messages/1.json", "Elmer");
    assertProblem("GET", "/api/v1/cases/{caseId}/evidence", get(own, "odense"), 404, "NOT_FOUND");
    assertProblem(
        "GET",
        operations + "{caseId}",
        get(operations + UUID.randomUUID(), "operator"),
        404,
        "NOT_FOUND");
    assertProblem(
        "GET", operations + "{caseId}", get(operations + caseId, "aarhus"), 403, "NOT_ALLOWED");
  }

  @Test
  void tellsAPartyWhoOfItsOwnSawACaseWithoutNamingThem() throws Exception {
    String key = UUID.randomUUID().toString();
    String caseId =
        caseOf(
            post(
                REQUESTS,
                "aarhus",
                REQUEST,
                "Idempotency-Key",
                key,
                "Attestbro-Staff",
                "a.jensen"));
    get("/api/v1/cases/" + caseId, "midt", "Attestbro-Staff", "d.hansen");
    get("/api/v1/inbox/" + key, "midt", "Attestbro-Staff", "e.olsen@midt");
    get("/api/v1/messages/" + key, "midt", "Attestbro-Staff", "d.hansen");
    get("/api/v1/cases/" + caseId, "odense", "Attestbro-Staff", "x.other");
    get("/api/v1/operations/evidence/" + caseId, "operator");
    String path = "/api/v1/access-log?caseId=" + caseId;

    JsonNode theirs = seen("/api/v1/access-log", path, "midt");
    HttpResponse<String> csv = get(path + "&format=csv", "midt");

    assertThat(theirs.get("staff").textValue()).isEqualTo("masked");
    assertThat(theirs.get("items").findValuesAsText("act"))
        .containsExactly(
            "CASE_READ",
            "CONTENT_READ",
            "LETTER_READ",
            "EVIDENCE_EXPORTED_BARE",
            "ACCESS_LOG_READ");
    assertThat(theirs.at("/items/0/staff").textValue())
        .isEqualTo(theirs.at("/items/2/staff").textValue())
        .isNotEqualTo(theirs.at("/items/1/staff").textValue());
    assertThat(theirs.toString()).doesNotContain("hansen", "olsen", "jensen", "other");
    assertDescribed("GET", "/api/v1/access-log", csv);
    assertThat(csv.body()).startsWith("\"at\";\"actor\"").contains("CONTENT_READ");
    assertThat(seen("/api/v1/access-log", path, "aarhus").get("items").findValuesAsText("act"))
        .startsWith("LETTER_SENT");
    assertProblem("GET", "/api/v1/access-log", get(path, "odense"), 404, "NOT_FOUND");
    assertProblem(
        "GET", "/api/v1/access-log", get("/api/v1/access-log", "midt"), 400, "PARAMETER_INVALID");
    HttpResponse<String> noId =
        get("/api/v1/cases/" + caseId, "midt", "Attestbro-Staff", "Bruno Elmer");
    assertProblem("GET", "/api/v1/cases/{caseId}", noId, 400, "PARAMETER_INVALID");
  }

  @Test
  void findsForOperationsWhoSawAnythingAboutACitizenAndNamesThemOnlyForAReason() throws Exception {
    String search = "/api/v1/operations/access-log/search";
    String citizen = "\"cpr\":\"0101701234\"";
    String caseId =
        caseOf(post(REQUESTS, "aarhus", REQUEST.replace("\"cpr\":\"2509479989\"", citizen)));
    get("/api/v1/cases/" + caseId, "midt", "Attestbro-Staff", "d.hansen");

    HttpResponse<String> masked = post(search, "operator", "{" + citizen + "}");
    HttpResponse<String> without =
        post(search, "operator", "{" + citizen + ",\"staff\":\"shown\"}");
    HttpResponse<String> shown =
        post(
            search,
            "operator",
            "{" + citizen + ",\"staff\":\"shown\",\"reason\":\"complaint 17\"}");

    assertDescribed("POST", search, masked);
    JsonNode found = JSON.readTree(masked.body());
    assertThat(found.get("items").findValuesAsText("act"))
        .containsExactly("LETTER_SENT", "CASE_READ", "ACCESS_LOG_SEARCHED");
    assertThat(masked.body()).contains(caseId).doesNotContain("hansen", "0101701234");
    assertProblem("POST", search, without, 422, "FIELD_MISSING");
    assertDescribed("POST", search, shown);
    assertThat(shown.body()).contains("d.hansen", "ACCESS_LOG_UNMASKED");
    assertThat(
            JSON.readTree(post(search, "operator", "{\"cpr\":\"0101700000\"}").body()).get("items"))
        .hasSize(1);
    assertProblem("POST", search, post(search, "operator", "{}"), 422, "FIELD_MISSING");
    assertProblem("POST", search, post(search, "aarhus", "{}"), 403, "NOT_ALLOWED");
  }

  @Test
  void showsOperationsAnyLetterAndItsWayAndNothingOfWhatItSays() throws Exception {
    String letters = "/api/v1/operations/letters";
    String letter = UUID.randomUUID().toString();
    String caseId = caseOf(post(REQUESTS, "aarhus", REQUEST, "Idempotency-Key", letter));
    get("/api/v1/inbox/" + letter, "midt");

    JsonNode page = seen(letters, letters + "?limit=1&party=psychiatry-midt", "operator");
    String filters =
        "?case="
            + caseId
            + "&sender=employment-aarhus&event=certificate-request&status=sent"
            + "&from=2026-11-22&to=2026-11-22&letter="
            + letter;
    JsonNode found = seen(letters, letters + filters, "operator");
    JsonNode way = seen(letters + "/{letterId}", letters + "/" + letter, "operator");
    JsonNode known =
        seen("/api/v1/operations/cases/{caseId}", "/api/v1/operations/cases/" + caseId, "operator");

    assertThat(page.get("items")).hasSize(1);
    assertThat(found.at("/items/0/letterId").textValue()).isEqualTo(letter);
    assertThat(way.at("/timeline").findValuesAsText("code")).contains("RECORDED", "CONTENT_READ");
    assertThat(way.at("/next/text/da").textValue()).isNotBlank();
    assertThat(known.at("/standing/requester").textValue()).isEqualTo("employment-aarhus");
    assertThat(known.at("/letters/0/letterId").textValue()).isEqualTo(letter);
    assertThat(page + "" + found + way + known)
        .doesNotContain("Elmer", "Bruno", "2509479989", "A-17", "skånehensyn");
    assertThat(
            seen("/api/v1/access-log", "/api/v1/access-log?caseId=" + caseId, "aarhus")
                .get("items")
                .findValuesAsText("act"))
        .contains("LETTER_READ", "CASE_READ");
  }

  @Test
  void goesThroughTheLettersPageByPage() throws Exception {
    String letters = "/api/v1/operations/letters";
    post(REQUESTS, "aarhus", REQUEST);
    post(REQUESTS, "aarhus", REQUEST);

    JsonNode first = seen(letters, letters + "?limit=1", "operator");
    String next = letters + "?limit=1&after=" + first.get("next").textValue();
    JsonNode second = seen(letters, next, "operator");

    assertThat(second.at("/items/0/letterId")).isNotEqualTo(first.at("/items/0/letterId"));
    for (String wrong :
        List.of(
            "after=x",
            "status=lost",
            "case=1",
            "from=now",
            "to=%2B300000-01-01T00:00:00Z",
            "sender=A B")) {
      assertProblem(
          "GET",
          letters,
          get(letters + "?" + wrong.replace(" ", "%20"), "operator"),
          400,
          "PARAMETER_INVALID");
    }
    assertProblem("GET", letters, get(letters, "aarhus"), 403, "NOT_ALLOWED");
  }

  @Test
  void findsACitizensLettersByTheNumberInTheBodyAndNotesTheSearch() throws Exception {
    String search = "/api/v1/operations/letters/search";
    String cpr = "\"cpr\":\"0101711234\"";
    String letter = UUID.randomUUID().toString();
    String request = REQUEST.replace("\"cpr\":\"2509479989\"", cpr);
    post(REQUESTS, "aarhus", request, "Idempotency-Key", letter);

    HttpResponse<String> found = post(search, "operator", "{" + cpr + ",\"reason\":\"complaint\"}");
    HttpResponse<String> without = post(search, "operator", "{" + cpr + "}");
    HttpResponse<String> noted =
        post("/api/v1/operations/access-log/search", "operator", "{" + cpr + "}");

    assertDescribed("POST", search, found);
    assertThat(JSON.readTree(found.body()).at("/items").findValuesAsText("letterId"))
        .containsExactly(letter);
    assertThat(found.body()).doesNotContain("0101711234");
    assertProblem("POST", search, without, 422, "FIELD_MISSING");
    assertThat(noted.body()).contains("LETTERS_SEARCHED");
  }

  @Test
  void tellsOperationsHowEverythingStandsAndWhatNeedsAPersonFirst() throws Exception {
    String overview = "/api/v1/operations/overview";
    String certificates = "/api/v1/operations/certificates";

    JsonNode now = seen(overview, overview, "operator");
    JsonNode ends = seen(certificates, certificates, "operator");

    assertThat(now.get("needs").findValuesAsText("kind"))
        .containsSubsequence("CIRCUIT_OPEN", "CERTIFICATE_ENDS");
    assertThat(now.get("queues")).hasSize(4);
    assertThat(now.at("/parts/0/name").textValue()).isEqualTo("broker");
    assertThat(ends.at("/0/daysLeft").intValue()).isEqualTo(7);
  }

  @Test
  void goesTheWayToAPartyWithoutALetter() throws Exception {
    String test = "/api/v1/operations/queues/{party}/test";
    String reason = "{\"reason\":\"new certificate\"}";

    HttpResponse<String> failed =
        post("/api/v1/operations/queues/psychiatry-midt/test", "operator", reason);
    HttpResponse<String> inbox =
        post("/api/v1/operations/queues/employment-aarhus/test", "operator", reason);
    HttpResponse<String> unknown = post("/api/v1/operations/queues/none/test", "operator", reason);

    assertDescribed("POST", test, failed);
    assertThat(JSON.readTree(failed.body()).at("/hops").findValuesAsText("result"))
        .containsExactly("OK", "CONNECT_FAILED");
    assertThat(JSON.readTree(inbox.body()).get("reached").booleanValue()).isTrue();
    assertProblem("POST", test, unknown, 404, "NOT_FOUND");
  }

  @Test
  void actsOnSeveralDeadLettersAndTellsWhatBecameOfEach() throws Exception {
    String letter = UUID.randomUUID().toString();
    post(REQUESTS, "aarhus", REQUEST, "Idempotency-Key", letter);
    String body =
        "{\"reason\":\"up again\",\"letters\":["
            + "{\"letterId\":\""
            + letter
            + "\",\"sender\":\"employment-aarhus\"},"
            + "{\"letterId\":\""
            + letter
            + "\",\"sender\":\"employment-odense\"}]}";
    String resend = "/api/v1/operations/dead-letters/resend";
    String redirect = "/api/v1/operations/dead-letters/redirect";

    HttpResponse<String> done = post(resend, "operator", body);
    HttpResponse<String> not = post(redirect, "operator", body);

    assertDescribed("POST", resend, done);
    JsonNode answer = JSON.readTree(done.body());
    assertThat(answer.get("done").intValue()).isEqualTo(1);
    assertThat(answer.at("/letters/1/refused").textValue()).isEqualTo("NOT_FOUND");
    assertThat(JSON.readTree(not.body()).at("/letters/0/refused").textValue()).isEqualTo("NO_WAY");
    assertProblem("POST", resend, post(resend, "operator", "{}"), 422, "FIELD_MISSING");
  }

  private static String caseOf(HttpResponse<String> taken) throws IOException {
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
    return JSON.readTree(taken.body()).get("caseId").textValue();
  }

  /** What the journey of this server leaves out: the case takes a turn. */
  private static void moved(String caseId, BiFunction<CertificateCase, Instant, Turn> turn) {
    MemoryRecords records = server.part("records", MemoryRecords.class);
    CertificateCase known =
        records.certificateCase(CaseId.parse(caseId).orElseThrow()).orElseThrow();
    Instant at = known.turnAt(ApiServer.NOW);
    CertificateCase after =
        CaseRules.take(known, turn.apply(known, at), WorkCalendar.MONDAY_TO_FRIDAY);
    assertThat(records.commit(new Change.Builder().add(new Change.UpdateCase(after)).build()))
        .isEqualTo(Commit.DONE);
  }

  private static List<String> worklist(String token, String parameters) throws Exception {
    return seen("/api/v1/cases", "/api/v1/cases?limit=200&" + parameters, token)
        .get("items")
        .findValuesAsText("caseId");
  }

  @Test
  void showsAnInboxLetterAsThePostForItTakesItAndInEachFormat() throws Exception {
    String key = UUID.randomUUID().toString();
    JsonNode taken =
        JSON.readTree(post(REQUESTS, "aarhus", REQUEST, "Idempotency-Key", key).body());
    String item = "/api/v1/inbox/" + key;
    JsonNode letter = seen("/api/v1/inbox/{letterId}", item, "midt");
    ((com.fasterxml.jackson.databind.node.ObjectNode) letter.get("content"))
        .put("confirmDuplicate", true);
    assertThat(letter.get("content")).isEqualTo(JSON.readTree(REQUEST));
    assertThat(get(item, "midt", "Accept", "application/fhir+json").body()).startsWith("{");
    assertThat(get(item, "midt", "Accept", "application/fhir+xml").body()).contains("<Bundle");
    HttpResponse<String> noPdf = get(item, "midt", "Accept", "application/pdf");
    assertProblem("GET", "/api/v1/inbox/{letterId}", noPdf, 406, "NOT_ACCEPTABLE");
    for (String otherwise :
        List.of(
            "application/pdf, application/json;q=0.5", "application/pdf;q=1.0, */*;q=0.1", "")) {
      assertThat(get(item, "midt", "Accept", otherwise).headers().firstValue("Content-Type"))
          .as(otherwise)
          .contains("application/json");
    }
    assertThat(get(item, "midt", "Accept", "application/json;q=0, */*").body()).contains("Bundle");
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

  /** path, who sends it, who gets it, a good body, a bad body, its code and its path. */
  static Stream<Arguments> dialogue() {
    String letter = "7d1f4b1e-6a52-4c39-9f5a-3a9d5c0b8e21";
    String author = "\"author\":{\"name\":\"Test Læge\",\"authorisationId\":\"12345\"}";
    return Stream.of(
        Arguments.of(
            "interim-replies",
            "midt",
            "aarhus",
            "{\"expectedBy\":\"2026-12-14\",\"text\":\"Lægen er på ferie.\"}",
            "{\"expectedBy\":\"2026-11-21\"}",
            "DATES_IN_WRONG_ORDER expectedBy"),
        Arguments.of(
            "reminders",
            "aarhus",
            "midt",
            "{\"text\":\"Hvor er attesten?\"}",
            "{\"text\":17}",
            "FIELD_INVALID text"),
        Arguments.of(
            "questions",
            "midt",
            "aarhus",
            "{\"text\":\"Hvilken arbejdsplads?\",\"linkId\":\"question.1\"}",
            "{\"text\":\"Hvilken arbejdsplads?\",\"linkId\":\"question.2\"}",
            "FIELD_INVALID linkId"),
        Arguments.of(
            "answers",
            "aarhus",
            "midt",
            "{\"text\":\"Den nuværende.\"}",
            "{}",
            "FIELD_MISSING text"),
        Arguments.of(
            "corrections",
            "midt",
            "aarhus",
            "{\"answers\":{\"question.1\":\"Ro\"},\"insufficientKnowledge\":true,"
                + author
                + ",\"attachments\":[],\"corrects\":\""
                + letter
                + "\",\"reason\":\"Forkert bilag\"}",
            "{\"insufficientKnowledge\":true," + author + ",\"reason\":\"Forkert bilag\"}",
            "FIELD_MISSING corrects"),
        Arguments.of(
            "retractions",
            "midt",
            "aarhus",
            "{\"retracts\":\"" + letter + "\",\"reason\":\"WRONG_CPR\",\"text\":\"Anden borger\"}",
            "{\"retracts\":\"" + letter + "\",\"reason\":\"WRONG_DAY\"}",
            "REASON_UNKNOWN reason"),
        Arguments.of(
            "forwards",
            "midt",
            "aarhus",
            "{\"to\":\"psychiatry-syd\",\"text\":\"Patienten er flyttet.\"}",
            "{\"to\":\"psychiatry-nowhere\"}",
            "RECEIVER_UNKNOWN to"),
        Arguments.of(
            "consent-withdrawal",
            "aarhus",
            "midt",
            "{\"at\":\"2026-11-22\",\"text\":\"Trukket tilbage.\"}",
            "{\"at\":\"2026-11-22T23:00:00Z\"}",
            "DATES_IN_WRONG_ORDER at"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dialogue")
  void takesEveryLetterOfACaseAndShowsItAsItWasPosted(
      String path, String from, String to, String good, String bad, String problem)
      throws Exception {
    String caseId =
        JSON.readTree(post(REQUESTS, "aarhus", REQUEST).body()).get("caseId").textValue();
    String described = "/api/v1/cases/{caseId}/" + path;
    String call = "/api/v1/cases/" + caseId + "/" + path;

    HttpResponse<String> refused = post(call, from, bad);
    HttpResponse<String> taken = post(call, from, good);
    HttpResponse<String> strangers = post(call, "odense", good);

    assertProblem("POST", described, refused, 422, problem.split(" ")[0]);
    assertThat(JSON.readTree(refused.body()).at("/problems/0/path").textValue())
        .isEqualTo(problem.split(" ")[1]);
    assertProblem("POST", described, strangers, 404, "NOT_FOUND");
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
    assertDescribed("POST", described, taken);
    JsonNode answer = JSON.readTree(taken.body());
    assertThat(answer.get("caseId").textValue()).isEqualTo(caseId);
    String item = "/api/v1/inbox/" + answer.get("letterId").textValue();
    JsonNode letter = seen("/api/v1/inbox/{letterId}", item, to);
    assertThat(letter.get("content")).isEqualTo(JSON.readTree(good));
  }

  @Test
  void readsAMomentAsItsDayInDenmarkAndNamesTheUnitThatIsMissing() throws Exception {
    String caseId =
        JSON.readTree(post(REQUESTS, "aarhus", REQUEST).body()).get("caseId").textValue();
    String call = "/api/v1/cases/" + caseId + "/";

    HttpResponse<String> withdrawn =
        post(call + "consent-withdrawal", "aarhus", "{\"at\":\"2026-11-20T23:30:00Z\"}");
    HttpResponse<String> nowhere = post(call + "forwards", "midt", "{}");

    String item = "/api/v1/inbox/" + JSON.readTree(withdrawn.body()).get("letterId").textValue();
    assertThat(seen("/api/v1/inbox/{letterId}", item, "midt").at("/content/at").textValue())
        .isEqualTo("2026-11-21");
    assertProblem("POST", "/api/v1/cases/{caseId}/forwards", nowhere, 422, "FIELD_MISSING");
  }

  @Test
  void takesADischargeNoticeAndItsOutcome() throws Exception {
    String notices = "/api/v1/discharge-notices";
    String outcomes = "/api/v1/discharge-notices/{caseId}/mentor-outcome";
    String good =
        """
        {"receiver":"employment-aarhus",
         "citizen":{"cpr":"2509479989","name":{"family":"Elmer","given":["Bruno"]}},
         "dischargeDate":"2026-12-01","unit":"Sengeafsnit P3",
         "contact":{"name":"Mads Mose","phone":"78450000"},"text":"Ønsker en mentor."}
        """;
    String key = UUID.randomUUID().toString();

    HttpResponse<String> refused =
        post(notices, "midt", good.replace("Sengeafsnit P3", "").replace("employment-aarhus", "x"));
    HttpResponse<String> taken = post(notices, "midt", good, "Idempotency-Key", key);
    HttpResponse<String> again = post(notices, "midt", good, "Idempotency-Key", key);

    assertProblem("POST", notices, refused, 422, "FIELD_MISSING");
    assertThat(JSON.readTree(refused.body()).get("problems").findValuesAsText("path"))
        .containsExactly("unit", "receiver");
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
    assertDescribed("POST", notices, taken);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(again.body())).isEqualTo(JSON.readTree(taken.body()));
    JsonNode notice = seen("/api/v1/inbox/{letterId}", "/api/v1/inbox/" + key, "aarhus");
    assertThat(notice.get("content")).isEqualTo(JSON.readTree(good));

    String call = notices + "/" + notice.get("caseId").textValue() + "/mentor-outcome";
    String outcome = "{\"outcome\":\"OFFERED_DECLINED\",\"text\":\"Ønskede ingen.\"}";
    HttpResponse<String> unknown = post(call, "aarhus", "{\"outcome\":\"PERHAPS\"}");
    HttpResponse<String> anothers = post(call, "odense", outcome);
    HttpResponse<String> said = post(call, "aarhus", outcome);
    HttpResponse<String> saidAnew = post(call, "aarhus", outcome);

    assertProblem("POST", outcomes, unknown, 422, "CODE_UNKNOWN");
    assertProblem("POST", outcomes, anothers, 404, "NOT_FOUND");
    assertThat(said.statusCode()).as(said.body()).isEqualTo(201);
    assertDescribed("POST", outcomes, said);
    assertThat(saidAnew.statusCode()).isEqualTo(201);
    String item = "/api/v1/inbox/" + JSON.readTree(said.body()).get("letterId").textValue();
    JsonNode told = seen("/api/v1/inbox/{letterId}", item, "midt");
    assertThat(told.get("content")).isEqualTo(JSON.readTree(outcome));
    assertThat(told.get("caseId")).isEqualTo(notice.get("caseId"));
  }

  @Test
  void aReplyWithoutAPdfIsRenderedAsOneAndOneWithSeveralIsNot() throws Exception {
    JsonNode taken = JSON.readTree(post(REQUESTS, "aarhus", REQUEST).body());
    String replies = "/api/v1/cases/" + taken.get("caseId").textValue() + "/replies";
    String reply =
        "{\"answers\":{\"facts.account\":\"Går bedre\"},\"insufficientKnowledge\":false,"
            + "\"author\":{\"name\":\"Test Læge\",\"authorisationId\":\"12345\"},"
            + "\"attachments\":[ATTACHED]}";
    String attached =
        "{\"title\":\"Svar\",\"contentType\":\"application/pdf\",\"data\":\"" + PDF + "\"}";

    String plain = answered(post(replies, "midt", reply.replace("ATTACHED", "")));
    HttpResponse<String> rendered = get(plain, "aarhus", "Accept", "application/pdf");
    assertThat(rendered.statusCode()).isEqualTo(200);
    assertThat(rendered.headers().firstValue("Content-Type")).hasValue("application/pdf");
    assertThat(rendered.body()).startsWith("%PDF-1.").contains("pdfuaid:part");
    assertThat(get(plain, "aarhus", "Accept", "application/pdf").body()).isEqualTo(rendered.body());
    assertThat(get(plain, "aarhus").body()).startsWith("{");

    String twice =
        answered(post(replies, "midt", reply.replace("ATTACHED", attached + "," + attached)));
    HttpResponse<String> several = get(twice, "aarhus", "Accept", "application/pdf");
    assertProblem("GET", "/api/v1/inbox/{letterId}", several, 406, "NOT_ACCEPTABLE");
  }

  private static String answered(HttpResponse<String> replied) throws IOException {
    assertThat(replied.statusCode()).as(replied.body()).isEqualTo(201);
    return "/api/v1/inbox/" + JSON.readTree(replied.body()).get("letterId").textValue();
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
  void notesWhoLookedAtTheMailsToBeSortedAndWhoClosedOne() throws Exception {
    List<Access> noted = server.noted();
    int before = noted.size();
    String desk = "/api/v1/operations/to-be-sorted";
    String mail = "7a3c1d8e-4f0b-4c52-9a61-0d2e5f7b8c90";

    assertThat(get(desk, "aarhus").statusCode()).isEqualTo(403);
    assertThat(get(desk, "operator", "Attestbro-Staff", "d.hansen").statusCode()).isEqualTo(200);
    post(desk + "/" + mail + "/close", "operator", "{\"reason\":\"about Bruno Elmer\"}");

    List<Access> since = noted.subList(before, noted.size());
    assertThat(since)
        .extracting(Access::act)
        .containsExactly(AccessAct.MAILS_LISTED, AccessAct.MAIL_SORTED);
    assertThat(since.get(0).actor().staff()).contains("d.hansen");
    assertThat(since.get(1).detail()).startsWith(mail + " reason-sha256=").doesNotContain("Elmer");
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
    HttpResponse<String> word = get("/api/v1/inbox?after=x", "aarhus");
    assertProblem("GET", "/api/v1/inbox", word, 400, "PARAMETER_INVALID");
    assertThat(word.body()).contains("\"path\":\"after\"");
    HttpResponse<String> before = get("/api/v1/inbox?after=-1", "aarhus");
    assertProblem("GET", "/api/v1/inbox", before, 400, "PARAMETER_INVALID");
    HttpResponse<String> undecodable = get("/api/v1/inbox?after=%C6", "aarhus");
    assertProblem("GET", "/api/v1/inbox", undecodable, 400, "PARAMETER_INVALID");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/cases%2F, '', 400, PARAMETER_INVALID",
    "GET, /api/v1/..%2fcases, '', 400, PARAMETER_INVALID",
    "GET, /api/v1/%00, '', 400, PARAMETER_INVALID",
    "GET, /api/v1/%zz, '', 400, PARAMETER_INVALID",
    "GET, /api/v1/cases;x=y, '', 400, PARAMETER_INVALID",
    "GET, /api/v1/cases, X-Large: *, 400, PARAMETER_INVALID",
    "TRACE, /api/v1/cases, '', 405, METHOD_NOT_ALLOWED",
    "PROPFIND, /api/v1/cases, '', 405, METHOD_NOT_ALLOWED",
    "POST, /fhir/%zz, '', 400, PARAMETER_INVALID",
    "GET, /desk/%zz, '', 400, PARAMETER_INVALID",
    "G@T, /api/v1/cases, '', 400, PARAMETER_INVALID",
    "POST, /api/v1/certificate-requests, Transfer-Encoding: foo, 400, PARAMETER_INVALID",
    "FOO, /fhir/$process-message, '', 405, METHOD_NOT_ALLOWED"
  })
  void whatTheContainerRefusesIsToldInOurForm(
      String method, String path, String header, int status, String code) throws Exception {
    String head = header.isEmpty() ? "" : header.replace("*", "x".repeat(70_000)) + "\r\n";

    String answer =
        raw(
            method
                + " "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer aarhus\r\n"
                + head
                + "Connection: close\r\n\r\n");

    String type = path.startsWith("/fhir/") ? "fhir+json" : "problem+json";
    assertThat(answer)
        .startsWith("HTTP/1.1 " + status)
        .containsIgnoringCase("Content-Type: application/" + type)
        .contains(code)
        .doesNotContain("<html");
    if (status == 405) {
      assertThat(answer).contains("\r\nAllow: ");
    }
  }

  private static String raw(String call) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(call.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aHeaderThatIsToStandOnceIsNotChosenFromSeveral() throws Exception {
    HttpResponse<String> keys =
        post(
            REQUESTS,
            "aarhus",
            REQUEST,
            "Idempotency-Key",
            UUID.randomUUID().toString(),
            "Idempotency-Key",
            UUID.randomUUID().toString());
    assertProblem("POST", REQUESTS, keys, 400, "PARAMETER_INVALID");

    HttpResponse<String> callers =
        send(as("aarhus", "/api/v1/cases").header("Authorization", "Bearer midt").build());
    assertProblem("GET", "/api/v1/cases", callers, 401, "CREDENTIALS_INVALID");
  }

  @Test
  void takesSeveralFormsAsAlternatives() throws Exception {
    post(REQUESTS, "aarhus", REQUEST);

    for (String forms : List.of("form=LAE125,PSYK125", "form=LAE125&form=PSYK125")) {
      JsonNode both = seen("/api/v1/cases", "/api/v1/cases?" + forms, "aarhus");
      assertThat(both.get("items")).isNotEmpty();
    }
    JsonNode none = seen("/api/v1/cases", "/api/v1/cases?form=LAE105", "aarhus");
    assertThat(none.get("items")).isEmpty();
  }

  @Test
  void healthIsAskedByHeadToo() throws Exception {
    HttpResponse<String> health =
        send(request("/actuator/health").method("HEAD", BodyPublishers.noBody()).build());

    assertThat(health.statusCode()).isEqualTo(200);
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

  @Test
  void showsTheFiguresInEachFormatAndMasksSmallOnes() throws Exception {
    MemoryRecords records = server.part("records", MemoryRecords.class);
    for (int i = 0; i < 7; i++) {
      records.commit(new Change(List.of(new Change.PutCaseFact(lateReply(i == 0)))));
    }
    String path = "/api/v1/statistics";
    String year = path + "?from=2025-01-01&to=2025-12-31";
    JsonNode all = seen(path, year + "&by=municipality,unit", "operator");
    assertThat(all.at("/total/requests").intValue()).isEqualTo(7);
    assertThat(all.at("/total/shareLate").doubleValue()).isEqualTo(1);
    assertThat(all.at("/groups/0/group/municipality").textValue()).isEqualTo("0461");
    assertThat(all.at("/groups/0/requests").isNull()).isTrue();
    assertThat(all.at("/groups/0/masked").booleanValue()).isTrue();
    assertThat(all.at("/groups/1/requests").isNull()).as("6 would tell 7 - 1").isTrue();
    JsonNode aarhus = seen(path, year, "aarhus");
    assertThat(aarhus.at("/total/requests").intValue()).isEqualTo(6);
    assertThat(aarhus.get("groups")).isEmpty();
    String again = year + "&cutoff=" + aarhus.get("cutoff").textValue();
    assertThat(seen(path, again, "aarhus")).isEqualTo(aarhus);
    HttpResponse<String> csv = get(year + "&by=unit", "midt", "Accept", "text/csv");
    assertDescribed("GET", path, csv);
    assertThat(csv.body().lines()).hasSize(3).first().asString().startsWith("from;to;cutoff;row;");
    HttpResponse<String> pdf = get(year + "&format=pdf", "operator");
    assertDescribed("GET", path, pdf);
    assertThat(pdf.body()).startsWith("%PDF").contains("lang=\"da\"");
  }

  @Test
  void namesTheParameterOfTheFiguresThatItCannotUse() throws Exception {
    String year = "?from=2025-01-01&to=2025-12-31";
    Map<String, String> wrong =
        Map.of(
            "?to=2025-12-31",
            "from",
            "?from=2025-01-01",
            "to",
            "?from=2025-02-30&to=2025-12-31",
            "from",
            "?from=2026-01-01&to=2025-12-31",
            "to",
            year + "&by=citizen",
            "by",
            year + "&by=unit,unit",
            "by",
            year + "&cutoff=yesterday",
            "cutoff",
            year + "&cutoff=2999-01-01T00:00:00Z",
            "cutoff",
            year + "&format=xls",
            "format");
    for (Map.Entry<String, String> one : wrong.entrySet()) {
      HttpResponse<String> refused = get("/api/v1/statistics" + one.getKey(), "operator");
      assertProblem("GET", "/api/v1/statistics", refused, 400, "PARAMETER_INVALID");
      assertThat(JSON.readTree(refused.body()).at("/problems/0/path").textValue())
          .isEqualTo(one.getValue());
    }
    HttpResponse<String> html = get("/api/v1/statistics" + year, "operator", "Accept", "text/html");
    assertProblem("GET", "/api/v1/statistics", html, 406, "NOT_ACCEPTABLE");
    HttpResponse<String> anothers =
        get("/api/v1/statistics" + year + "&party=psychiatry-midt", "aarhus");
    assertProblem("GET", "/api/v1/statistics", anothers, 403, "NOT_ALLOWED");
  }

  private static CaseFact lateReply(boolean fromOdense) {
    Instant opened = Instant.parse("2025-03-03T09:00:00Z");
    return new CaseFact(
        CaseId.random(),
        "PSYK125",
        new PartyId(fromOdense ? "employment-odense" : "employment-aarhus"),
        fromOdense ? "0461" : "0751",
        new PartyId("psychiatry-midt"),
        "1082",
        CertificateCase.State.REPLIED,
        opened,
        Optional.of(opened.plusSeconds(60)),
        Optional.of(LocalDate.parse("2025-03-17")),
        Optional.of(Instant.parse("2025-03-20T09:00:00Z")),
        Optional.empty(),
        "",
        0,
        1,
        0,
        0,
        Optional.empty(),
        Instant.parse("2025-03-20T09:00:00Z"));
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
