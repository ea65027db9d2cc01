package dk.attestbro.gateway.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dk.attestbro.gateway.pages.Browser;
import dk.attestbro.model.Access;
import dk.attestbro.model.AccessAct;
import dk.attestbro.model.LetterId;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Break-glass access from outside, where it is allowed: who asks, who decides, who sees what. */
class BreakGlassPagesTest {
  private static final String LIST = "/desk/break-glass";
  private static final String WHY = "Kommunen mangler svaret, og borgeren er i krise";
  private static final String[] SAID = {
    "Elmer", "250947-9989", "Rehabiliteringsplan", "Sygemeldt siden maj", "Mette Holm", "A-17"
  };

  private static SeededDesk desk;
  private Browser operator;
  private Browser lead;
  private Browser otherLead;
  private Browser auditor;

  @BeforeAll
  static void start() throws Exception {
    desk = SeededDesk.withBreakGlass();
  }

  @AfterAll
  static void stop() {
    desk.close();
  }

  /** What an earlier test asked has lapsed or ended. */
  @BeforeEach
  void nothingIsLive() throws Exception {
    desk.pass(Duration.ofMinutes(61));
    operator = signedIn("operator");
    lead = signedIn("lead");
    otherLead = signedIn("other-lead");
    auditor = signedIn("auditor");
    desk.noted().clear();
  }

  @Test
  void anOperatorSeesOneLetterAfterALeadAllowedItAndNoLonger() throws Exception {
    HttpResponse<String> asked = ask(operator);
    String waiting = operator.get(letterPage() + "?lang=en").body();
    String listed = lead.get(LIST + "?lang=da").body();
    String id = id(listed);
    HttpResponse<String> approved = lead.post(LIST + "/" + id + "/approval", Map.of());
    String open = operator.get(letterPage() + "?lang=en").body();
    HttpResponse<String> seen = operator.get(LIST + "/" + id + "?lang=en");

    assertThat(asked.headers().firstValue("Location").orElseThrow())
        .endsWith("/desk/letters/" + desk.caseLetter() + "?sender=employment-aarhus");
    assertThat(waiting).contains("Another lead must decide by").doesNotContain(SAID);
    assertThat(listed).contains(WHY, "Giv lov", "venter").doesNotContain(SAID);
    assertThat(approved.headers().firstValue("Location").orElseThrow()).endsWith("?done=approved");
    assertThat(open).contains(LIST + "/" + id).doesNotContain(SAID);
    assertThat(seen.statusCode()).isEqualTo(200);
    assertThat(seen.body()).contains(SAID).contains("Break-glass access: you see", "access log");
    assertThat(title(seen)).doesNotContain(SAID);
    assertThat(seen.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
    assertThat(operator.get(LIST + "/" + id + "/fhir").body()).contains("2509479989");
    assertThat(operator.get(LIST + "/" + id + "/documents/0").statusCode()).isEqualTo(404);

    desk.pass(Duration.ofMinutes(15));
    refused(operator.get(LIST + "/" + id), 403, "BREAK_GLASS_NOT_OPEN");
    assertThat(operator.get(letterPage()).body()).doesNotContain(LIST + "/" + id);
  }

  @Test
  void theOverviewTellsLeadsAloneThatOneWaits() throws Exception {
    ask(operator);
    desk.pass(Duration.ofSeconds(6));
    String line = "<a href=\"" + LIST + "\">Somebody asks for break-glass access";

    assertThat(lead.get("/desk?lang=en").body()).contains(line);
    assertThat(lead.get("/desk/live?lang=da").body()).contains("Nogen beder om nødadgang");
    for (Browser other : List.of(operator, auditor)) {
      assertThat(other.get("/desk?lang=en").body()).doesNotContain(line);
    }

    lead.post(LIST + "/" + id(lead.get(LIST).body()) + "/approval", Map.of());
    desk.pass(Duration.ofSeconds(6));
    assertThat(lead.get("/desk?lang=en").body()).doesNotContain(line);
  }

  @Test
  void theAccessLogSaysWhoAskedAllowedAndReadUnderTheCitizen() throws Exception {
    String id = approved();
    operator.get(LIST + "/" + id);

    List<Access> noted =
        desk.noted().stream()
            .filter(access -> access.act().name().startsWith("BREAK_GLASS"))
            .toList();
    assertThat(noted)
        .extracting(Access::act, access -> access.actor().staff())
        .containsExactly(
            tuple(AccessAct.BREAK_GLASS_ASKED, Optional.of("operator")),
            tuple(AccessAct.BREAK_GLASS_APPROVED, Optional.of("lead")),
            tuple(AccessAct.BREAK_GLASS_READ, Optional.of("operator")));
    assertThat(noted)
        .allMatch(access -> access.citizen().isPresent() && access.caseId().isPresent())
        .allMatch(access -> access.actor().operator())
        .allMatch(access -> access.detail().equals("request " + id))
        .allMatch(
            access ->
                access.letter().map(ref -> ref.id()).equals(LetterId.parse(desk.caseLetter())));
    assertThat(noted.toString()).doesNotContain(WHY);
  }

  @Test
  void nobodyElseSeesWhatOneWasAllowed() throws Exception {
    String id = approved();

    for (Browser other : List.of(lead, otherLead, auditor)) {
      for (String part : List.of("", "/fhir", "/documents/0")) {
        refused(other.get(LIST + "/" + id + part), 403, "BREAK_GLASS_NOT_OPEN");
      }
    }
    assertThat(signedIn("operator").get(LIST + "/" + id).statusCode()).isEqualTo(200);
  }

  @Test
  void aLeadWhoAskedCannotDecideNotEvenFromAnotherSession() throws Exception {
    ask(lead);
    Browser elsewhere = signedIn("lead");
    String own = elsewhere.get(LIST + "?lang=en").body();
    String id = id(otherLead.get(LIST).body());

    assertThat(own).contains("Another lead must decide.").doesNotContain("/approval");
    for (String act : List.of("/approval", "/refusal")) {
      refused(lead.post(LIST + "/" + id + act, Map.of()), 403, "BREAK_GLASS_OWN_REQUEST");
      refused(elsewhere.post(LIST + "/" + id + act, Map.of()), 403, "BREAK_GLASS_OWN_REQUEST");
    }
    refused(lead.get(LIST + "/" + id), 403, "BREAK_GLASS_NOT_OPEN");
    assertThat(otherLead.post(LIST + "/" + id + "/approval", Map.of()).statusCode()).isEqualTo(302);
    assertThat(lead.get(LIST + "/" + id).body()).contains(SAID);
  }

  @Test
  void anAuditorSeesTheListAndActsOnNothingAndAnOperatorSeesNoList() throws Exception {
    ask(operator);
    String id = id(lead.get(LIST).body());
    String list = auditor.get(LIST).body();

    assertThat(list).contains(WHY).doesNotContain("/approval").doesNotContain(SAID);
    assertThat(auditor.get(letterPage()).body()).doesNotContain("break-glass-reason");
    for (Browser one : List.of(auditor, operator)) {
      one.get("/desk/letters");
    }
    refused(auditor.post(LIST, request()), 403, "NOT_ALLOWED");
    refused(auditor.post(LIST + "/" + id + "/approval", Map.of()), 403, "NOT_ALLOWED");
    refused(operator.post(LIST + "/" + id + "/approval", Map.of()), 403, "NOT_ALLOWED");
    refused(operator.post(LIST + "/" + id + "/refusal", Map.of()), 403, "NOT_ALLOWED");
    refused(operator.get(LIST), 403, "NOT_ALLOWED");
    assertThat(operator.get("/desk").body()).doesNotContain(LIST);
    assertThat(lead.get("/desk").body()).contains(LIST);
    assertThat(signedIn("caseworker").get(LIST).statusCode()).isEqualTo(403);
  }

  @Test
  void asksOnlyWithAReasonTheTokenOfThePageAndOnce() throws Exception {
    operator.get(letterPage());
    refused(operator.post(LIST, request("reason", " ")), 422, "FIELD_MISSING");
    refused(operator.post(LIST, request("reason", "a".repeat(501))), 422, "FIELD_INVALID");
    refused(operator.post(LIST, request("letter", "unknown")), 404, "NOT_FOUND");
    refused(operator.post(LIST, request("sender", "A B")), 404, "NOT_FOUND");
    assertThat(operator.postBare(LIST, request()).statusCode()).isEqualTo(403);

    assertThat(ask(operator).statusCode()).isEqualTo(302);
    assertThat(operator.get(letterPage()).body()).doesNotContain("break-glass-reason");
    refused(operator.post(LIST, request()), 409, "STATE_CONFLICT");
  }

  @Test
  void aRequestThatWasDeclinedOrLapsedIsOver() throws Exception {
    ask(operator);
    String declined = id(lead.get(LIST).body());
    assertThat(lead.post(LIST + "/" + declined + "/refusal", Map.of()).statusCode()).isEqualTo(302);
    assertThat(lead.get(LIST + "?done=declined&lang=en").body())
        .contains("the reason was deleted")
        .doesNotContain(WHY);
    refused(operator.get(LIST + "/" + declined), 403, "BREAK_GLASS_NOT_OPEN");
    refused(lead.post(LIST + "/" + declined + "/approval", Map.of()), 404, "NOT_FOUND");

    ask(operator);
    String lapsed = id(lead.get(LIST).body());
    desk.pass(Duration.ofHours(1));
    refused(lead.post(LIST + "/" + lapsed + "/approval", Map.of()), 409, "STATE_CONFLICT");
    refused(operator.get(LIST + "/" + lapsed), 403, "BREAK_GLASS_NOT_OPEN");
    assertThat(lead.get(LIST).body()).doesNotContain(WHY);
  }

  @Test
  void whatIsDeletedIsNotAskedForAndWhatIsNoIdIsNoPage() throws Exception {
    operator.get(letterPage());
    refused(operator.post(LIST, request("letter", "dead-1")), 410, "CONTENT_DELETED");
    refused(operator.get(LIST + "/" + UUID.randomUUID()), 403, "BREAK_GLASS_NOT_OPEN");
    refused(operator.get(LIST + "/no-id"), 404, "NOT_FOUND");
    lead.get(LIST);
    refused(lead.post(LIST + "/no-id/approval", Map.of()), 404, "NOT_FOUND");
    refused(lead.get(LIST + "?page=-1"), 400, "PARAMETER_INVALID");
  }

  private String approved() throws Exception {
    ask(operator);
    String id = id(lead.get(LIST).body());
    assertThat(lead.post(LIST + "/" + id + "/approval", Map.of()).statusCode()).isEqualTo(302);
    return id;
  }

  private static HttpResponse<String> ask(Browser who) throws Exception {
    who.get(letterPage());
    return who.post(LIST, Map.of("reason", WHY));
  }

  private static Map<String, String> request() {
    return Map.of("letter", desk.caseLetter(), "sender", "employment-aarhus", "reason", WHY);
  }

  private static Map<String, String> request(String field, String value) {
    Map<String, String> fields = new HashMap<>(request());
    fields.put(field, value);
    return fields;
  }

  private static String letterPage() {
    return "/desk/letters/" + desk.caseLetter();
  }

  private static String id(String list) {
    return list.replaceAll("(?s).*?/desk/break-glass/([0-9a-f-]{36})/approval.*", "$1");
  }

  private static String title(HttpResponse<String> page) {
    return page.body().replaceAll("(?s).*<title>(.*?)</title>.*", "$1");
  }

  private static void refused(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(code).contains("<main").doesNotContain(SAID);
  }

  private static Browser signedIn(String user) throws Exception {
    Browser browser = new Browser(desk.port());
    browser.signIn(user, SeededDesk.PASSWORD);
    return browser;
  }
}
