package dk.attestbro.gateway.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.gateway.pages.Browser;
import dk.attestbro.model.Access;
import dk.attestbro.model.AccessAct;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The desk from outside: who sees and does what, and that nothing of a person is on any page. */
class DeskTest {
  private static final Map<String, String> WHY = Map.of("reason", "a fault was reported");
  private static final List<String> PAGES =
      List.of(
          "/desk",
          "/desk/live",
          "/desk/queues",
          "/desk/queues/psychiatry-midt",
          "/desk/letters",
          "/desk/letters?status=DEAD&code=HTTP_500&party=psychiatry-midt",
          "/desk/letters/dead-1",
          "/desk/cases",
          "/desk/cases?state=open",
          "/desk/letters?sort=-receiver",
          "/desk/cases?sort=due",
          "/desk/dead",
          "/desk/dead?sort=event&receiver=psychiatry-midt&code=HTTP_500",
          "/desk/sorting?sort=-size",
          "/desk/sorting",
          "/desk/directory",
          "/desk/certificates",
          "/desk/lateness",
          "/desk/lateness?by=unit&from=2026-01-01&to=2026-11-22");

  private static final Map<String, Browser> SIGNED_IN = new ConcurrentHashMap<>();
  private static SeededDesk desk;

  @BeforeAll
  static void start() throws Exception {
    desk = new SeededDesk();
  }

  @AfterAll
  static void stop() {
    desk.close();
  }

  @Test
  void showsEveryPageToEveryRoleOfTheDeskAndNothingOfAPerson() throws Exception {
    for (String role : List.of("operator", "lead", "auditor")) {
      for (String language : List.of("en", "da")) {
        for (String page : pages()) {
          HttpResponse<String> seen =
              as(role).get(page + (page.contains("?") ? "&" : "?") + "lang=" + language);
          assertThat(seen.statusCode()).as(role + " " + page).isEqualTo(200);
          assertThat(seen.body())
              .as(role + " " + page)
              .doesNotContain(
                  "Elmer", "Bruno", "2509479989", "A-17", "Rehabiliteringsplan", "Mette")
              .doesNotContain("??");
        }
      }
    }
  }

  private static List<String> pages() {
    return Stream.concat(PAGES.stream(), Stream.of("/desk/cases/" + desk.caseId())).toList();
  }

  @Test
  void keepsTheDeskFromTheCounterAndTheAccessLogAndExportsFromWhoeverDoesNotNeedThem()
      throws Exception {
    for (String page : pages()) {
      assertThat(as("caseworker").get(page).statusCode()).as(page).isEqualTo(403);
    }
    assertThat(as("operator").get("/desk/access-log").statusCode()).isEqualTo(403);
    assertThat(as("auditor").get("/desk/access-log").statusCode()).isEqualTo(200);
    for (String export : List.of("/desk/lateness/csv", "/desk/lateness/pdf", evidence())) {
      assertThat(as("operator").get(export).statusCode()).as(export).isEqualTo(403);
      assertThat(as("lead").get(export).statusCode()).as(export).isEqualTo(200);
      assertThat(as("auditor").get(export).statusCode()).as(export).isEqualTo(200);
    }
  }

  private static String evidence() {
    return "/desk/cases/" + desk.caseId() + "/evidence";
  }

  @Test
  void takesAnActOnlyFromWhoMayActWithAReasonAndTheTokenOfItsPage() throws Exception {
    for (String act :
        List.of(
            "/desk/queues/psychiatry-midt/pause",
            "/desk/queues/psychiatry-midt/resume",
            "/desk/queues/psychiatry-midt/test",
            "/desk/dead/resend",
            "/desk/dead/redirect",
            "/desk/dead/close",
            "/desk/sorting/7d444840-9dc0-11d1-b245-5ffdce74fad2/close")) {
      as("auditor").get("/desk/letters");
      as("operator").get("/desk/letters");
      assertThat(as("auditor").post(act, WHY).statusCode()).as(act).isEqualTo(403);
      assertThat(as("operator").postBare(act, WHY).statusCode()).as(act).isEqualTo(403);
      assertThat(as("operator").post(act, Map.of()).statusCode()).as(act).isEqualTo(422);
    }
  }

  @Test
  void saysOfAnOpenCircuitWithNothingWaitingWhatFailedLastAndThatTheNextLetterTries()
      throws Exception {
    String page = as("operator").get("/desk/queues/psychiatry-syd?lang=en").body();

    assertThat(page).contains("as soon as there is a letter to the party", "TIMEOUT");
    assertThat(as("operator").get("/desk/queues").body()).contains("TIMEOUT");
  }

  @Test
  void doesAnActNotesItAndShowsThePartyAgain() throws Exception {
    String queue = "/desk/queues/psychiatry-midt";
    as("lead").get(queue);
    HttpResponse<String> paused = as("lead").post(queue + "/pause", WHY);
    HttpResponse<String> tested = as("lead").post(queue + "/test", WHY);

    assertThat(paused.headers().firstValue("Location").orElseThrow()).endsWith("?done=pause");
    assertThat(as("lead").get(queue + "?done=pause").body()).contains("role=\"status\"");
    assertThat(tested.body()).contains("CONNECT_FAILED");
    assertThat(desk.noted())
        .filteredOn(access -> access.actor().staff().equals(Optional.of("lead")))
        .extracting(Access::act)
        .contains(AccessAct.PARTY_PAUSED, AccessAct.CHANNEL_TESTED);
    assertThat(desk.noted().toString()).doesNotContain("a fault was reported");
  }

  @Test
  void actsOnTheDeadLettersThatAreTicked() throws Exception {
    String page = as("operator").get("/desk/dead?lang=en").body();
    String ticked = page.replaceAll("(?s).*?name=\"letter\" value=\"([^\"]+)\".*", "$1");

    HttpResponse<String> done =
        as("operator")
            .post("/desk/dead/resend", Map.of("letter", ticked, "reason", "it is up again"));
    HttpResponse<String> not =
        as("operator").post("/desk/dead/redirect", Map.of("letter", ticked, "reason", "no way"));

    assertThat(done.body()).contains("1 letter was sent again");
    assertThat(not.body())
        .contains("0 letters", "role=\"alert\"", "NO_WAY", "a successor")
        .containsPattern("role=\"alert\"(?s:.*)/desk/letters/dead-");
    assertThat(desk.noted()).extracting(Access::act).contains(AccessAct.LETTER_RESENT);
  }

  @Test
  void keepsTheListAndWhatIsTickedAndWrittenWhereSomethingWasNotSaid() throws Exception {
    as("lead").get("/desk/dead?lang=en");
    HttpResponse<String> noLetter =
        as("lead").post("/desk/dead/close", Map.of("reason", "sent by post", "sort", "sender"));
    String ticked = noLetter.body().replaceAll("(?s).*?name=\"letter\" value=\"([^\"]+)\".*", "$1");
    HttpResponse<String> noReason =
        as("lead").post("/desk/dead/close", Map.of("letter", ticked, "reason", " "));

    assertThat(noLetter.statusCode()).isEqualTo(422);
    assertThat(noLetter.body())
        .contains("tick the letters", "/desk/letters/dead-2", "value=\"sent by post\"")
        .contains("name=\"sort\" value=\"sender\"");
    assertThat(noReason.statusCode()).isEqualTo(422);
    assertThat(noReason.body()).contains("give a reason", "checked=\"checked\"");
  }

  @Test
  void sortsByAHeadingThatSaysSoAndKeepsTheFilters() throws Exception {
    String page = as("operator").get("/desk/letters?receiver=psychiatry-midt&sort=sender").body();

    assertThat(page)
        .contains("aria-sort=\"ascending\"")
        .contains("/desk/letters?receiver=psychiatry-midt&amp;sort=-sender")
        .contains("/desk/letters?receiver=psychiatry-midt&amp;sort=event");
    assertThat(as("operator").get("/desk/letters?sort=content").statusCode()).isEqualTo(400);
  }

  @Test
  void actsOnAllDeadLettersThatTheFiltersFindAndKeepsTheFilters() throws Exception {
    as("operator").get("/desk/dead?lang=en");
    String none =
        as("operator")
            .post(
                "/desk/dead/redirect",
                Map.of("all", "true", "code", "HTTP_418", "reason", "up again", "sort", "sender"))
            .body();

    assertThat(none).contains("0 letters").contains("value=\"HTTP_418\"", "value=\"sender\"");
    assertThat(as("operator").get("/desk/dead?code=HTTP_500").body()).contains("HTTP_500");
    assertThat(as("operator").get("/desk/dead?code=HTTP_418").body())
        .doesNotContain("NEVER_DELIVERED");
  }

  @Test
  void findsACitizensLettersWithoutTheNumberOnThePageOrInAnAddress() throws Exception {
    as("operator").get("/desk/letters");
    HttpResponse<String> found =
        as("operator")
            .post("/desk/letters/citizen", Map.of("cpr", "250947-9989", "reason", "complaint"));
    HttpResponse<String> wrong =
        as("operator").post("/desk/letters/citizen", Map.of("cpr", "25", "reason", "complaint"));

    assertThat(found.body())
        .contains(desk.caseLetter())
        .doesNotContain("2509479989", "250947-9989");
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(desk.noted()).extracting(Access::act).contains(AccessAct.LETTERS_SEARCHED);
  }

  @Test
  void explainsALetterAndSaysWhoMustAct() throws Exception {
    assertThat(as("operator").get("/desk/letters/dead-1?lang=en").body())
        .contains("NEVER_DELIVERED", "HTTP_500", "Operations", "Nothing happens by itself");
    assertThat(as("operator").get("/desk/letters/unknown").statusCode()).isEqualTo(404);
  }

  @Test
  void showsLatenessAsAChartInTheLanguageOfThePageAndAsATable() throws Exception {
    String danish = as("operator").get("/desk/lateness?by=region&lang=da").body();
    String english = as("lead").get("/desk/lateness?by=region&lang=en").body();

    assertThat(danish)
        .contains("aria-label=\"Søjlediagram over andel for sene. Alle: 71 %", "Udgangspunkt 75 %")
        .contains("35 anmodninger i perioden er endnu ikke bevisligt modtaget.");
    assertThat(english)
        .contains("aria-label=\"Bar chart of the share of late. All: 71 %", "Baseline 75 %")
        .contains("35 requests of the period are not yet proven received.");
    assertThat(english.split("<rect ", -1)).as("a bar for each but the masked").hasSize(1 + 4);
    assertThat(english).contains(">*<", "69 %", "&lt;Limfjorden&gt;").doesNotContain("<Limfjorden");
    assertThat(english).doesNotContain(" style=");
  }

  @Test
  void leadsFromTheOverviewToTheQueueOfAnOpenCircuit() throws Exception {
    assertThat(as("operator").get("/desk?lang=en").body())
        .contains("<a href=\"/desk/queues/psychiatry-syd\">The circuit to a party is open");
    assertThat(as("operator").get("/desk/live?lang=da").body())
        .contains("<a href=\"/desk/queues/psychiatry-syd\">Kredsløbet til en part er afbrudt");
  }

  @Test
  void hasNoBreakGlassAccessUnlessItIsAllowed() throws Exception {
    for (String role : List.of("operator", "lead", "auditor")) {
      assertThat(as(role).get("/desk/letters/" + desk.caseLetter()).body())
          .doesNotContain("break-glass");
      for (String path : List.of("", "/00000000-0000-0000-0000-000000000001")) {
        assertThat(as(role).get("/desk/break-glass" + path).statusCode()).isEqualTo(404);
      }
      Map<String, String> asking =
          Map.of("letter", desk.caseLetter(), "sender", "employment-aarhus", "reason", "why");
      assertThat(as(role).post("/desk/break-glass", asking).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void renewsItsOverviewByAPartOfThePage() throws Exception {
    String part = as("operator").get("/desk/live?lang=en").body();

    assertThat(part).contains("hx-get=\"/desk/live\"", "Dead").doesNotContain("<html", "<main");
  }

  private static Browser as(String role) throws Exception {
    Browser known = SIGNED_IN.get(role);
    if (known != null) {
      return known;
    }
    Browser browser = new Browser(desk.port());
    browser.signIn(role, SeededDesk.PASSWORD);
    SIGNED_IN.put(role, browser);
    return browser;
  }
}
