package dk.attestbro.gateway.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A certificate by hand: a caseworker and a clinician, each at a browser of their own. */
@ExtendWith(RunningGateway.class)
class CounterIT {
  private static final byte[] PDF = "%PDF-1.4\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);

  private final Gateway gateway = RunningGateway.gateway();
  private Chromium chromium;

  @BeforeEach
  void open() {
    chromium = Chromium.start();
  }

  @AfterEach
  void close() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @Test
  void carriesACertificateFromTheRequestToTheFile() {
    Page anna = chromium.signedIn(gateway, "anna");
    Page bo = chromium.signedIn(gateway, "bo");
    chromium.lookInBothLanguages(anna, "worklist-empty");

    anna.locator(".heading a.button").click();
    anna.waitForURL("**/requests/new");
    chromium.lookInBothLanguages(anna, "choose-form");
    anna.locator("a[href*='PSYK125']").click();
    anna.locator("#find").pressSequentially("hovedstaden");
    anna.locator("#found li:not(:has(button[value=psychiatry-hovedstaden]))")
        .first()
        .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
    chromium.lookInBothLanguages(anna, "choose-receiver");
    anna.locator("button[value=psychiatry-hovedstaden]").click();
    anna.waitForURL("**/new?form=*&*receiver=*");
    chromium.lookInBothLanguages(anna, "request");
    anna.locator("button[value=preview]").click();
    anna.locator("#problems").waitFor();
    assertThat(anna.locator("[aria-invalid=true]").count()).isGreaterThan(2);
    chromium.look(anna, "request-refused");
    fillRequest(anna);
    anna.locator("button[value=keep]").click();
    anna.locator(".note.good").waitFor();
    chromium.look(anna, "draft");
    anna.navigate(gateway.url("/counter?tab=drafts"));
    chromium.lookInBothLanguages(anna, "drafts");
    anna.locator("th a[href*='/drafts/']").first().click();
    anna.locator("button[value=preview]").waitFor();
    anna.locator("button[value=preview]").click();
    anna.locator("button[value=send]").waitFor();
    chromium.look(anna, "preview");
    anna.locator("button[value=send]").click();
    // Other tests of this gateway ask about the same citizen.
    anna.locator(".note").waitFor();
    if (anna.locator("input[name=confirmDuplicate]").count() > 0) {
      anna.locator("button[value=send]").click();
      anna.locator(".note.good").waitFor();
    }
    assertThat(anna.locator(".note.good").textContent()).isEqualTo("Anmodningen er sendt.");
    String caseId = anna.url().substring(anna.url().lastIndexOf('/') + 1);
    chromium.look(anna, "case-sent");

    receive(bo, caseId, "certificate-request");
    chromium.lookInBothLanguages(bo, "case-received");
    anna.navigate(gateway.url("/counter?tab=all"));
    chromium.lookInBothLanguages(anna, "worklist");
    bo.navigate(gateway.url("/counter?tab=all"));
    chromium.look(bo, "worklist-received");
    act(bo, caseId, "assignment", "assign");
    bo.locator("#contact-name").fill("Bo Læge");
    bo.locator("#contact-phone").fill("+4512345678");
    submit(bo);

    act(bo, caseId, "questions", "question");
    bo.locator("#text").fill("Hvilken arbejdsplads er der tale om?");
    submit(bo);
    anna.navigate(gateway.url("/counter?tab=new"));
    chromium.lookInBothLanguages(anna, "new-letters");
    receive(anna, caseId, "clarification-question");
    act(anna, caseId, "answers", "answer");
    anna.locator("#text").fill("Et lager med tre ansatte.");
    submit(anna);
    receive(bo, caseId, "clarification-answer");

    act(bo, caseId, "replies", "reply");
    bo.locator("button[value=preview]").click();
    bo.locator("#problems").waitFor();
    chromium.look(bo, "reply-refused");
    fillReply(bo);
    bo.locator("button[value=preview]").click();
    bo.locator("button[value=send]").waitFor();
    chromium.look(bo, "reply-preview");
    bo.locator("button[value=send]").click();
    bo.locator(".note.good").waitFor();
    assertThat(bo.locator(".note.good").textContent()).isEqualTo("Attesten er sendt.");

    receive(anna, caseId, "certificate-reply");
    chromium.lookInBothLanguages(anna, "case-replied");
    anna.locator("th a[href*='/letters/psychiatry-hovedstaden/']").last().click();
    anna.locator(".assessment").first().waitFor();
    chromium.lookInBothLanguages(anna, "certificate");
    Gateway.Answer pdf = download(anna, "/pdf");
    assertThat(pdf.bytes()).startsWith("%PDF-".getBytes(StandardCharsets.US_ASCII));
    assertThat(download(anna, "/documents/0").bytes()).isEqualTo(PDF);
    anna.navigate(gateway.url("/counter/cases/" + caseId));
    act(anna, caseId, "filed", "file");
    anna.locator("#reference").fill("2026-4711");
    submit(anna);

    assertThat(gateway.awaitState(Organisation.AARHUS, caseId, "FILED").path("state").asText())
        .isEqualTo("FILED");
    chromium.assertNothingWasWrong();
    assertThat(bo.navigate(gateway.url("/counter/cases/" + caseId + "x")).status()).isEqualTo(404);
  }

  private void fillRequest(Page page) {
    page.locator("#citizen-cpr").fill("250947-9989");
    page.locator("#citizen-name-given").fill("Bruno Test");
    page.locator("#citizen-name-family").fill("Elmer");
    page.locator("#purpose").fill("Vurdering af muligheden for et virksomhedsrettet tilbud.");
    page.locator("#questions-0").fill("Hvilke hensyn bør en arbejdsplads tage?");
    page.locator("#facts").fill("Sygemeldt siden maj.");
    page.locator("#wishedBy").fill(PlainRequests.today().plusDays(21).toString());
    page.locator("#consent-basis").check();
    page.locator("#consent-givenAt").fill(PlainRequests.today().minusDays(14).toString());
    page.locator("#consent-validUntil").fill(PlainRequests.today().plusDays(300).toString());
    page.locator("#consent-scope").fill("Oplysninger om det aktuelle forløb.");
    page.locator("#contact-phone").fill("+4587654321");
    page.locator("#reference").fill("2026-12345");
  }

  private static void fillReply(Page page) {
    page.locator("#answers-facts-account").fill("Forløb siden marts.");
    page.locator("#answers-facts-patient-view").fill("Oplever bedring.");
    page.locator("#answers-assessment-work").fill("Kan arbejde få timer i rolige omgivelser.");
    page.locator("#answers-assessment-hours").fill("7,5");
    page.locator("#answers-question-1").fill("Faste opgaver og en mentor.");
    page.locator("#author-authorisationId").fill("0HQ7X");
    page.locator("#attachments-0-data")
        .setInputFiles(new FilePayload("bruno.pdf", "application/pdf", PDF));
  }

  /** Opens the newest letter of this kind in the case, and receives it. */
  private void receive(Page page, String caseId, String event) {
    String path = gateway.url("/counter/cases/" + caseId);
    await()
        .atMost(Gateway.LIMIT)
        .until(
            () -> {
              page.navigate(path);
              return page.locator("tbody .badge.warn").count() > 0;
            });
    page.locator("tbody tr:has(.badge.warn) th a").first().click();
    page.locator("form[action$='/receipt'] button").waitFor();
    chromium.look(page, "letter-" + event);
    page.locator("form[action$='/receipt'] button").click();
    page.locator(".note.good").waitFor();
  }

  private void act(Page page, String caseId, String act, String picture) {
    page.navigate(gateway.url("/counter/cases/" + caseId));
    page.locator("a[href$='/" + caseId + "/" + act + "']").click();
    page.waitForURL("**/" + act);
    chromium.lookInBothLanguages(page, picture);
  }

  private static void submit(Page page) {
    page.locator("main form button").last().click();
    page.locator(".note.good").waitFor();
  }

  private Gateway.Answer download(Page page, String what) {
    var came = page.request().get(page.url().replaceAll("\\?.*", "") + what);
    return new Gateway.Answer(came.status(), came.body(), java.util.Map.of());
  }
}
