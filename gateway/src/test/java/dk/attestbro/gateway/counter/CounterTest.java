package dk.attestbro.gateway.counter;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.gateway.api.ApiServer;
import dk.attestbro.gateway.desk.DeskConfiguration;
import dk.attestbro.gateway.journey.KeepDrafts;
import dk.attestbro.gateway.pages.Browser;
import dk.attestbro.gateway.pages.ListedStaff;
import dk.attestbro.gateway.pages.PagesConfiguration;
import dk.attestbro.gateway.pages.Passwords;
import dk.attestbro.memory.MemoryDrafts;
import dk.attestbro.memory.MemoryRecords;
import dk.attestbro.model.Access;
import dk.attestbro.model.AccessAct;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CaseRules;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.Party;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Turn;
import dk.attestbro.model.WorkCalendar;
import dk.attestbro.port.Change;
import dk.attestbro.port.ContentSealing;
import dk.attestbro.port.Drafts;
import dk.attestbro.port.KeptDraft;
import dk.attestbro.port.SealedContent;
import dk.attestbro.port.Staff;
import dk.attestbro.port.StaffDirectory;
import dk.attestbro.port.StaffRole;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The counter from outside: drafts, the look-up of receivers, and whatever anyone may send it. */
class CounterTest {
  private static final int MOST_DRAFTS = 3;
  private static final String PASSWORD = Passwords.random();
  private static final byte[] PDF = "%PDF-1.4\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);
  private static final Map<String, Browser> SIGNED_IN = new HashMap<>();

  private static final Map<String, String> REQUEST =
      Map.ofEntries(
          Map.entry("form", "PSYK125"),
          Map.entry("receiver", "psychiatry-midt"),
          Map.entry("_kind", "cpr"),
          Map.entry("_number", "250947-9989"),
          Map.entry("citizen.name.given", "Bruno"),
          Map.entry("citizen.name.family", "Elmer"),
          Map.entry("purpose", "Rehabiliteringsplan"),
          Map.entry("consent.basis", "RSL_11A"),
          Map.entry("consent.givenAt", "2026-11-01"),
          Map.entry("consent.validUntil", "2027-10-31"),
          Map.entry("consent.scope", "Journal"),
          Map.entry("contact.name", "Mette Holm"),
          Map.entry("contact.phone", "+4587654321"),
          Map.entry("reference", "2026-4711"));

  private static ApiServer server;

  @BeforeAll
  static void start() {
    server =
        new ApiServer(
            List.of(Parts.class),
            List.of(
                "--spring.servlet.multipart.max-file-size=200KB",
                "--spring.servlet.multipart.max-request-size=300KB",
                "--spring.servlet.multipart.file-size-threshold=300KB"));
  }

  @AfterAll
  static void stop() {
    server.close();
    SIGNED_IN.clear();
  }

  @BeforeEach
  void withoutDrafts() throws Exception {
    for (String user : Parts.USERS.keySet()) {
      as(user);
    }
    for (Party party : List.of(SampleDirectory.AARHUS, SampleDirectory.MIDT)) {
      kept(party).forEach(d -> drafts().delete(party.id(), d.id(), d.version()));
    }
    server.noted().clear();
  }

  @Test
  void keepsARequestForTheColleaguesAndShowsNothingOfTheCitizenInTheList() throws Exception {
    String draft = keep("anna", REQUEST);

    assertThat(as("anna").get(draft).body()).contains("Intet er sendt");
    assertThat(as("eva").get(draft).body())
        .contains("250947-9989", "Elmer", "Rehabiliteringsplan", "Region Midtjylland, Psykiatrien");
    assertThat(as("eva").get("/counter?tab=drafts").body())
        .contains("Anmodning", "Anna Sag", "Region Midtjylland, Psykiatrien")
        .doesNotContain("9989", "Elmer", "Bruno", "Rehabilitering");
    assertThat(as("bo").get(draft).statusCode()).isEqualTo(404);
    assertThat(sealed()).doesNotContain("9989", "Elmer");
    assertThat(server.noted())
        .extracting(Access::act)
        .containsOnly(AccessAct.DRAFT_KEPT, AccessAct.DRAFT_READ);
    assertThat(server.noted()).allMatch(access -> access.citizen().isPresent());
    assertThat(server.noted()).allMatch(access -> access.detail().equals("draft " + id(draft)));
  }

  @Test
  void keepsWhatTwoWroteInTheSameDraftAndTellsTheSecond() throws Exception {
    String draft = keep("anna", REQUEST);
    as("anna").get(draft);
    as("eva").get(draft);

    String first = location(as("anna").post("/counter/requests", purpose("Anna's")));
    String second = location(as("eva").post("/counter/requests", purpose("Eva's")));

    assertThat(first).isEqualTo(draft);
    assertThat(second).isNotEqualTo(draft);
    assertThat(as("eva").get(second).body()).contains("gemt af en anden", "Eva&#39;s");
    assertThat(as("eva").get(draft).body()).contains("Anna&#39;s");
    assertThat(kept(SampleDirectory.AARHUS)).hasSize(2);
  }

  @Test
  void deletesADraftAfterASecondThoughtAndWhenItWasSent() throws Exception {
    String deleted = keep("anna", REQUEST);
    assertThat(as("anna").get(deleted + "/deletion").body()).doesNotContain("Elmer");
    assertThat(location(as("anna").post(deleted + "/deletion", Map.of())))
        .isEqualTo("/counter?tab=drafts");
    assertThat(as("anna").get(deleted).statusCode()).isEqualTo(404);

    String sent = keep("anna", REQUEST);
    as("anna").get(sent);
    HttpResponse<String> preview = as("anna").post("/counter/requests", REQUEST);
    assertThat(preview.body()).contains("Intet er sendt endnu");
    assertThat(
            location(
                as("anna")
                    .post("/counter/requests", Map.of("_do", "send", "confirmDuplicate", "true"))))
        .startsWith("/counter/cases/");

    assertThat(kept(SampleDirectory.AARHUS)).isEmpty();
    assertThat(server.noted()).extracting(Access::act).contains(AccessAct.DRAFT_DELETED);
  }

  @Test
  void keepsNoMoreDraftsThanAPartyMayHaveAndLosesNothingThatWasWritten() throws Exception {
    for (int i = 0; i < MOST_DRAFTS; i++) {
      keep("anna", REQUEST);
    }
    HttpResponse<String> full = as("anna").post("/counter/requests", keeping(REQUEST));

    assertThat(full.body()).contains("DRAFTS_FULL", "Rehabiliteringsplan");
  }

  @Test
  void tellsAllThatIsMissingWithLinksToTheFieldsInWordsForAPerson() throws Exception {
    as("anna").get("/counter/requests/new?form=PSYK125&receiver=");

    HttpResponse<String> refused =
        as("anna").post("/counter/requests", Map.of("form", "PSYK125", "_kind", "cpr"));

    assertThat(refused.body())
        .contains("href=\"#receiver\">Modtager: Vælg, hvem der skal have anmodningen.")
        .contains("href=\"#citizen-cpr\">Nummer: ", "href=\"#purpose\">Formål: ")
        .contains("href=\"#citizen-name-family\">Efternavn: Skal udfyldes.")
        .contains(
            "href=\"#consent-basis\">Hjemmel: Vælg den hjemmel",
            "href=\"#contact-name\">Kontaktperson: ")
        .contains("id=\"contact-name-problem\"", "(DESTINATION_MISSING)", "(PURPOSE_MISSING)")
        .contains("Ret det, der er nævnt")
        .doesNotContain("primær modtager", "Afsenderen");
  }

  @Test
  void aReplyThatIsRefusedKeepsItsDocumentAndSendsItAfterwards() throws Exception {
    String reply = "/counter/cases/" + requested() + "/replies";
    as("bo").get(reply);

    HttpResponse<String> refused =
        as("bo").post(reply, Map.of("author.authorisationId", "wrong"), "document", PDF);

    assertThat(refused.body()).contains("Filen skal ikke vælges igen", "PDF, 1 kB");
    assertThat(kept(SampleDirectory.MIDT))
        .singleElement()
        .satisfies(d -> assertThat(d.subject().caseId()).isPresent());
    assertThat(as("ib").get("/counter?tab=drafts").body()).contains("Attest", "Bo Læge");
    as("bo").get("/counter/drafts/" + kept(SampleDirectory.MIDT).get(0).id());

    HttpResponse<String> sent =
        as("bo")
            .post(
                reply,
                Map.of("author.authorisationId", "0HQ7X", "author.name", "Bo", "_do", "send"));

    assertThat(location(sent)).startsWith("/counter/cases/");
    assertThat(kept(SampleDirectory.MIDT)).isEmpty();
    assertThat(server.noted())
        .filteredOn(access -> access.act() == AccessAct.DRAFT_KEPT)
        .allMatch(access -> access.caseId().isPresent());
  }

  @Test
  void showsTheCaseByTheNumberThatItsRequesterKnowsItBy() throws Exception {
    String known = "/counter/cases/" + requested();

    assertThat(as("anna").get(known).body())
        .contains("Eget sagsnummer", "2026-4711", "Anmodning om attest, fra jer");
    assertThat(as("bo").get(known).body()).contains("Kommunens sagsnummer", "2026-4711");
  }

  @Test
  void tellsWhyACaseWasCancelledInWords() throws Exception {
    String known = "/counter/cases/" + requested();
    turn(known, Turn.Kind.CANCELLED, SampleDirectory.AARHUS, "NO_LONGER_NEEDED");

    assertThat(as("anna").get(known).body())
        .contains("Årsag: Ikke længere nødvendig", "Sagen er afsluttet.")
        .doesNotContain("??");
  }

  @Test
  void offersNoInterimReplyAndNoReminderOnceTheCaseIsReturned() throws Exception {
    String known = "/counter/cases/" + requested();
    assertThat(as("anna").get(known).body()).contains("Send rykker");
    turn(known, Turn.Kind.RETURNED, SampleDirectory.MIDT, "WRONG_UNIT");

    assertThat(as("bo").get(known).body()).doesNotContain("Send foreløbigt svar");
    assertThat(as("anna").get(known).body())
        .contains("Årsag: Forkert afdeling", "Returneringen skal journaliseres.")
        .doesNotContain("Send rykker", "Svaret skal");
  }

  @Test
  void listsNoAcknowledgementsAmongTheNewLetters() throws Exception {
    String known = requested();
    String request = letter("bo", known, "Anmodning om attest");
    as("bo").get(request);
    as("bo").post(request + "/receipt", Map.of());

    assertThat(as("anna").get("/counter?tab=new").body()).doesNotContain("Kvittering");
    assertThat(as("anna").get("/counter/cases/" + known).body()).contains("Kvitteret");
  }

  @Test
  void namesTheDayThatADateMustNotBeBefore() throws Exception {
    String assign = "/counter/cases/" + requested() + "/assignment";
    as("bo").get(assign);
    Map<String, String> fields =
        Map.of("contact.name", "Bo", "contact.phone", "12345678", "consultation", "2026-11-02");

    assertThat(as("bo").post(assign, fields).body())
        .contains("Datoen er for tidlig: tidligst 22. nov. 2026.", "(DATES_IN_WRONG_ORDER)");
  }

  @Test
  void receivesALetterByAnsweringIt() throws Exception {
    String known = "/counter/cases/" + requested();
    as("bo").get(known + "/questions");
    as("bo").post(known + "/questions", Map.of("text", "Hvilken arbejdsplads?"));
    turn(known, Turn.Kind.QUESTION_ASKED, SampleDirectory.MIDT, "");
    assertThat(as("anna").get(known).body()).contains("Ikke modtaget endnu");

    as("anna").get(known + "/answers");
    as("anna").post(known + "/answers", Map.of("text", "Et lager."));

    assertThat(as("anna").get(known).body()).doesNotContain("Ikke modtaget endnu");
    assertThat(as("bo").get(known).body()).contains("Ikke modtaget endnu");
    assertThat(server.noted())
        .filteredOn(access -> access.act() == AccessAct.LETTER_ACKNOWLEDGED)
        .hasSize(1);
  }

  @Test
  void keepsNoFileThatCanNeverBeSent() throws Exception {
    String reply = "/counter/cases/" + requested() + "/replies";
    byte[] noPdf = "PK".getBytes(StandardCharsets.US_ASCII);
    for (String act : List.of("send", "keep")) {
      as("bo").get(reply);
      Map<String, String> fields = Map.of("_do", act, "answers.assessment.work", "Få timer.");

      HttpResponse<String> refused = as("bo").post(reply, fields, "document", noPdf);

      assertThat(refused.body())
          .contains("(ATTACHMENT_TYPE_MISMATCH)", "id=\"attachments-0-data-problem\"", "Få timer.")
          .doesNotContain("gemt som en kladde", "name=\"_without\"");
    }
    assertThat(kept(SampleDirectory.MIDT)).isEmpty();
  }

  @Test
  void givesTheAnswersAndTheAttachedDocumentEachAsAFileOfItsOwn() throws Exception {
    String known = requested();
    String reply = "/counter/cases/" + known + "/replies";
    as("bo").get(reply);
    Map<String, String> answers =
        Map.of(
            "answers.assessment.work", "Kan arbejde få timer.",
            "author.name", "Bo",
            "author.authorisationId", "0HQ7X");
    assertThat(as("bo").post(reply, answers, "document", PDF).body())
        .contains("Intet er sendt endnu", "Kan arbejde få timer.", "Aarhus", "PDF, 1 kB");
    assertThat(as("bo").post(reply, Map.of("_do", "edit")).body())
        .contains("Kan arbejde få timer.", "Gemt PDF-fil");
    as("bo").post(reply, answers);
    assertThat(location(as("bo").post(reply, Map.of("_do", "send"))))
        .isEqualTo("/counter/cases/" + known);

    String letter = letter("anna", known, "Attest");
    String page = as("anna").get(letter).body();

    assertThat(page).contains("Hent attestens svar som PDF", "Hent bilaget: Bilag", "PDF, 1 kB");
    assertThat(as("anna").bytes(letter + "/documents/0")).isEqualTo(PDF);
    assertThat(as("anna").bytes(letter + "/pdf"))
        .startsWith("%PDF-".getBytes(StandardCharsets.US_ASCII))
        .hasSizeGreaterThan(10 * PDF.length);
  }

  @Test
  void sendsNoReplyFromADraftThatAnotherHasSavedMeanwhile() throws Exception {
    String reply = "/counter/cases/" + requested() + "/replies";
    as("bo").get(reply);
    String draft = location(as("bo").post(reply, Map.of("_do", "keep"), "document", PDF));
    as("bo").get(draft);
    as("ib").get(draft);
    as("ib").post(reply, Map.of("_do", "keep", "_without", "true"), "none", PDF);

    String beside = location(as("bo").post(reply, Map.of("author.authorisationId", "0HQ7X")));

    assertThat(beside).startsWith("/counter/drafts/").isNotEqualTo(draft);
    assertThat(as("bo").get(beside).body()).contains("0HQ7X").doesNotContain("name=\"_without\"");
  }

  @Test
  void handsACaseOnOnlyToAUnitThatAnswersTheFormAndShowsTheLetterFirst() throws Exception {
    String known = "/counter/cases/" + requested();
    String forward = known + "/forwards";
    assertThat(as("bo").get(forward).body())
        .contains("value=\"psychiatry-syd\"")
        .doesNotContain("employment-odense");

    HttpResponse<String> nowhere = as("bo").post(forward, Map.of("to", ""));
    HttpResponse<String> look =
        as("bo").post(forward, Map.of("to", "psychiatry-syd", "text", "Flyttet."));

    assertThat(nowhere.body()).contains("(FIELD_MISSING)", "href=\"#to\"");
    assertThat(look.body())
        .contains("<h1>Videresend</h1>", "Intet er sendt endnu", "Region Syddanmark", "Flyttet.");
    assertThat(as("bo").post(forward, Map.of("_do", "edit")).body()).contains("Flyttet.");
    assertThat(as("bo").get(known).body()).doesNotContain("Videresendt</span>");
    as("bo").get(forward);
    assertThat(location(as("bo").post(forward, Map.of("to", "psychiatry-syd", "_do", "send"))))
        .isEqualTo(known);
  }

  @Test
  void findsAReceiverByNameRegionSorOrGln() throws Exception {
    String look = "/counter/requests/receivers?form=PSYK125&_q=";
    for (String typed :
        List.of(
            "midtjyll psyk", "region MIDTJYLLAND", "1082", "1000000000016033", "5790001900045")) {
      assertThat(as("anna").get(look + encoded(typed)).body())
          .as(typed)
          .contains("psychiatry-midt", "fundet: 1")
          .doesNotContain("<html");
    }
    assertThat(as("anna").get(look + "odense").body()).contains("Ingen enhed passer");
    assertThat(as("anna").get("/counter/requests/new?form=PSYK125&_q=syd").body())
        .contains("psychiatry-syd", "<html")
        .doesNotContain("psychiatry-midt");
    assertThat(as("bo").get(look).statusCode()).isEqualTo(403);
  }

  @Test
  void changesTheReceiverOfAWrittenRequestWithoutPuttingItIntoAnAddress() throws Exception {
    as("anna").get("/counter/requests/new?form=PSYK125&receiver=psychiatry-midt");
    Map<String, String> change = new HashMap<>(REQUEST);
    change.put("_do", "receiver");
    change.put("_q", "syd");

    HttpResponse<String> look = as("anna").post("/counter/requests", change);
    HttpResponse<String> chosen =
        as("anna").post("/counter/requests", Map.of("_receiver", "psychiatry-syd"));

    assertThat(look.body()).contains("psychiatry-syd\"").contains("method=\"post\"");
    assertThat(chosen.body()).contains("Region Syddanmark, Psykiatrien", "Rehabiliteringsplan");
  }

  /** Every raw value gets a page with a code, 400 or 404 or the like; the gateway has no error. */
  @Test
  void answersWhateverIsInAnAddressOrAFieldWithAPage() throws Exception {
    List<String> ofTheCounter = new ArrayList<>();
    List<String> ofTheDesk = new ArrayList<>();
    for (String raw : RAW) {
      String value = encoded(raw);
      String step = value.replace("+", "%20");
      ofTheCounter.addAll(
          List.of(
              "/counter?tab=" + value,
              "/counter?sort=" + value,
              "/counter?page=" + value,
              "/counter?tab=drafts&page=" + value,
              "/counter?tab=new&after=" + value,
              "/counter?lang=" + value,
              "/counter/cases/" + step,
              "/counter/cases/" + CASE + "/" + step,
              "/counter/drafts/" + step,
              "/counter/drafts/" + step + "/deletion",
              "/counter/letters/" + step + "/a",
              "/counter/letters/psychiatry-midt/" + step,
              "/counter/letters/psychiatry-midt/a/documents/" + step,
              "/counter/requests/new?form=" + value,
              "/counter/requests/new?form=PSYK125&receiver=" + value,
              "/counter/requests/receivers?form=PSYK125&_q=" + value,
              "/counter/requests/receivers?form=PSYK125&written=" + value));
      ofTheDesk.addAll(
          List.of(
              "/desk/queues/" + step,
              "/desk/queues/psychiatry-midt?done=" + value,
              "/desk/letters/" + step,
              "/desk/letters/dead-1?sender=" + value,
              "/desk/cases/" + step,
              "/desk/cases/" + step + "/evidence",
              "/desk/dead?after=" + value,
              "/desk/sorting?after=" + value,
              "/desk/lateness?by=" + value,
              "/desk/lateness?from=" + value,
              "/desk/lateness?to=" + value));
      for (String name : FILTERS) {
        ofTheDesk.add("/desk/letters?" + name + "=" + value);
        ofTheDesk.add("/desk/cases?" + name + "=" + value);
      }
    }
    for (String path : ofTheCounter) {
      answered(path, as("anna").get(path));
    }
    for (String path : ofTheDesk) {
      answered(path, as("lone").get(path));
    }
  }

  private static final CaseId CASE = CaseId.random();
  private static final List<String> FILTERS =
      List.of(
          "letter",
          "bundle",
          "case",
          "party",
          "sender",
          "receiver",
          "event",
          "status",
          "code",
          "from",
          "to",
          "after",
          "state",
          "turn",
          "form");

  private static final List<String> RAW =
      List.of(
          "",
          " ",
          "Not An Id",
          "../../etc",
          "-1",
          "99999999999",
          "9223372036854775807",
          "1e9999999",
          "+999999999-12-31",
          "2026-02-30",
          "1-1-1-1-1",
          "\u0000",
          "æ'\"<b>{x}${7*7}%",
          "a".repeat(5_000));

  @Test
  void answersWhateverIsInAFormWithAPage() throws Exception {
    String reply = "/counter/cases/" + requested();
    as("anna").get("/");
    as("bo").get("/");
    for (String raw : RAW) {
      for (String field : REQUEST.keySet()) {
        for (String act : List.of("preview", "keep", "receiver", "edit", "send", raw)) {
          if (field.equals("receiver") || act.equals("preview")) {
            Map<String, String> fields = new HashMap<>(REQUEST);
            fields.put(field, raw);
            fields.put("_do", act);
            fields.put("_letter", "a");
            answered(act + " " + field, as("anna").post("/counter/requests", fields));
          }
        }
      }
      for (String field : List.of("_draft", "_version", "_letter", "_receiver", "a..b", raw)) {
        Map<String, String> fields = new HashMap<>(keeping(REQUEST));
        fields.put("_draft", "00000000-0000-0000-0000-000000000001");
        fields.put("_version", "1");
        fields.put(field, raw);
        answered(field, as("anna").post("/counter/requests", fields));
      }
      for (Map.Entry<String, String> act : ACTS.entrySet()) {
        Map<String, String> fields = new HashMap<>();
        fields.put("_letter", "b");
        fields.put(act.getValue(), raw);
        answered(act.toString(), as("bo").post(reply + "/" + act.getKey(), fields));
      }
    }
  }

  private static final Map<String, String> ACTS =
      Map.of(
          "forwards", "to",
          "returns", "reason",
          "questions", "linkId",
          "interim-replies", "expectedBy",
          "assignment", "consultation",
          "replies", "answers.assessment.hours",
          "corrections", "corrects",
          "retractions", "retracts");

  private static void answered(String what, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(what).isLessThan(500);
    if (answer.statusCode() >= 400 && !answer.body().contains("<main")) {
      // The server itself refuses what is no address at all.
      assertThat(answer.statusCode()).as(what + answer.body()).isEqualTo(400);
    }
  }

  private static String requested() throws Exception {
    as("anna").get("/counter/requests/new?form=PSYK125&receiver=psychiatry-midt");
    as("anna").post("/counter/requests", REQUEST);
    Map<String, String> sent = new HashMap<>(REQUEST);
    sent.put("_do", "send");
    sent.put("confirmDuplicate", "true");
    String known = location(as("anna").post("/counter/requests", sent));
    server.noted().clear();
    return known.substring(known.lastIndexOf('/') + 1);
  }

  /** What a letter does to its case; the short journey of this server leaves it out. */
  private static void turn(String page, Turn.Kind kind, Party by, String code) {
    MemoryRecords records = server.part("records", MemoryRecords.class);
    CaseId id = CaseId.parse(page.substring(page.lastIndexOf('/') + 1)).orElseThrow();
    CertificateCase before = records.certificateCase(id).orElseThrow();
    Turn turn =
        new Turn(
            kind,
            before.turnAt(ApiServer.NOW),
            Optional.of(by.id()),
            Optional.of(new LetterRef(by.id(), LetterId.random())),
            code,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    CertificateCase after = CaseRules.take(before, turn, WorkCalendar.MONDAY_TO_FRIDAY);
    records.commit(new Change(List.of(new Change.UpdateCase(after))));
  }

  /** The address of the last letter of this name in a case. */
  private static String letter(String user, String known, String name) throws Exception {
    Matcher link =
        Pattern.compile("href=\"(/counter/letters/[^\"]+)\">" + name + "<")
            .matcher(as(user).get("/counter/cases/" + known).body());
    String found = "";
    while (link.find()) {
      found = link.group(1);
    }
    assertThat(found).as(name).isNotEmpty();
    return found;
  }

  private static String keep(String user, Map<String, String> fields) throws Exception {
    as(user).get("/counter/requests/new?form=PSYK125&receiver=psychiatry-midt");
    return location(as(user).post("/counter/requests", keeping(fields)));
  }

  private static Map<String, String> keeping(Map<String, String> fields) {
    Map<String, String> all = new HashMap<>(fields);
    all.put("_do", "keep");
    return all;
  }

  private static Map<String, String> purpose(String purpose) {
    Map<String, String> all = keeping(REQUEST);
    all.put("purpose", purpose);
    return all;
  }

  private static String location(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    URI to = URI.create(answer.headers().firstValue("Location").orElseThrow());
    return to.getPath() + (to.getQuery() == null ? "" : "?" + to.getQuery());
  }

  private static String id(String draft) {
    return draft.substring(draft.lastIndexOf('/') + 1);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Drafts drafts() {
    return server.part("drafts", Drafts.class);
  }

  private static List<KeptDraft> kept(Party party) {
    return drafts().of(party.id(), 0, 500);
  }

  private static String sealed() {
    return kept(SampleDirectory.AARHUS).stream()
        .map(draft -> drafts().content(draft).orElseThrow())
        .map(content -> new String(content.bytes(), StandardCharsets.UTF_8))
        .collect(Collectors.joining());
  }

  private static Browser as(String user) throws Exception {
    Browser known = SIGNED_IN.get(user);
    if (known != null) {
      return known;
    }
    Browser browser = new Browser(server.port());
    browser.signIn(user, PASSWORD);
    SIGNED_IN.put(user, browser);
    return browser;
  }

  @Import({PagesConfiguration.class, CounterConfiguration.class, DeskConfiguration.class})
  static class Parts {
    private static final String HASH = ApiServer.PASSWORDS.encode(PASSWORD);
    private static final Map<String, StaffDirectory.Entry> USERS =
        Stream.of(
                staff("anna", "Anna Sag", StaffRole.CASEWORKER, SampleDirectory.AARHUS),
                staff("eva", "Eva Sag", StaffRole.CASEWORKER, SampleDirectory.AARHUS),
                staff("bo", "Bo Læge", StaffRole.CLINICIAN, SampleDirectory.MIDT),
                staff("ib", "Ib Læge", StaffRole.CLINICIAN, SampleDirectory.MIDT),
                new Staff("lone", "Lone", Set.of(StaffRole.LEAD), Optional.empty()))
            .collect(Collectors.toMap(Staff::id, staff -> new StaffDirectory.Entry(staff, HASH)));

    private static Staff staff(String id, String name, StaffRole role, Party party) {
      return new Staff(id, name, Set.of(role), Optional.of(party.id()));
    }

    @Bean
    MemoryDrafts drafts() {
      return new MemoryDrafts();
    }

    @Bean
    KeepDrafts keepDrafts(Drafts drafts, Clock clock) {
      return new KeepDrafts(
          drafts, new Masking(), new KeepDrafts.Limits(MOST_DRAFTS, 300_000), clock);
    }

    @Bean
    StaffDirectory users() {
      return new ListedStaff(USERS);
    }
  }

  /** Makes what is sealed unreadable to the eye, and opens it for the same place only. */
  private static final class Masking implements ContentSealing {
    @Override
    public SealedContent seal(LetterRef place, Payload content) {
      return new SealedContent(content.mediaType(), masked(place, content.bytes()));
    }

    @Override
    public Payload open(LetterRef place, SealedContent content) {
      return new Payload(masked(place, content.bytes()), content.mediaType());
    }

    private static byte[] masked(LetterRef place, byte[] bytes) {
      byte[] masked = new byte[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        masked[i] = (byte) (bytes[i] ^ (place.hashCode() | 0x80));
      }
      return masked;
    }
  }
}
