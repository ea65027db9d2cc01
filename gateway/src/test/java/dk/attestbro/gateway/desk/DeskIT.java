package dk.attestbro.gateway.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.WaitForSelectorState;
import dk.attestbro.gateway.pages.Look;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The desk in a real browser: every page by axe-core, and an act from end to end. */
class DeskIT {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

  private static final Locator.WaitForOptions DETACHED =
      new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED);

  private static SeededDesk desk;
  private static Playwright playwright;
  private static Browser browser;

  /** The token of a form, and the seconds of a time. */
  private static final String CHANGING = "name=\"_csrf\" value=\"[^\"]*\"|[.:]\\d\\d\\b";

  private final Set<String> seen = new HashSet<>();
  private final List<String> wrong = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(CHROMIUM), "no Chromium here");
    desk = SeededDesk.withBreakGlass();
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setArgs(List.of("--no-sandbox", "--disable-gpu")));
  }

  @AfterAll
  static void stop() {
    if (playwright != null) {
      playwright.close();
      desk.close();
    }
  }

  @Test
  void everyPageIsFitForEveryoneInBothLanguages() {
    List<String> pages =
        new ArrayList<>(
            List.of(
                "",
                "/queues",
                "/queues/psychiatry-midt",
                "/letters",
                "/letters/dead-1",
                "/cases",
                "/cases/" + desk.caseId(),
                "/dead",
                "/sorting",
                "/directory",
                "/certificates",
                "/lateness"));
    walk("operator", List.of(), pages);
    walk("lead", pages, List.of("/break-glass"));
    pages.add("/break-glass");
    walk("auditor", pages, List.of("/access-log"));
    assertThat(wrong).isEmpty();
  }

  /** Pages that others saw in both languages differ for a role by what it may do: one is enough. */
  private void walk(String role, List<String> inDanish, List<String> inBoth) {
    Page page = signedIn(role);
    inDanish.forEach(path -> look(page, path, "da"));
    for (String path : inBoth) {
      look(page, path, "en");
      look(page, path, "da");
    }
  }

  @Test
  void anOperatorTestsTheWayToAPartyAndPausesIt() {
    Page page = signedIn("operator");
    page.navigate(url("/queues/psychiatry-midt?lang=da"));
    page.locator("#act-reason").fill("de skifter certifikat");
    page.locator("button.secondary[type=submit]").click();
    page.locator(".timeline .badge.bad").waitFor();
    Look.picture(page, "desk-test-da");
    page.locator("#act-reason").fill("de skifter certifikat");
    page.locator("button.danger").click();
    page.locator(".note.good").waitFor();
    look(page, "/queues/psychiatry-midt?done=pause", "da");
    assertThat(wrong).isEmpty();
  }

  @Test
  void anOperatorSeesALetterThatALeadAllowed() {
    String letter = "/letters/" + desk.caseLetter();
    Page operator = signedIn("operator");
    operator.navigate(url(letter + "?lang=da"));
    operator.locator("#break-glass-reason").fill("borgeren er i krise");
    operator.locator("form[action$='/break-glass'] button").click();
    operator.locator("form[action$='/break-glass']").waitFor(DETACHED);
    Page lead = signedIn("lead");
    look(lead, "/break-glass", "en");
    look(lead, "/break-glass", "da");
    lead.locator("form[action$='/approval'] button.danger").click();
    lead.locator(".note.good").waitFor();
    look(operator, letter, "da");
    operator.locator("a.button[href*='/break-glass/']").click();
    operator.locator(".note.bad").waitFor();
    String seen = URI.create(operator.url()).getPath().substring("/desk".length());
    look(operator, seen, "en");
    look(operator, seen, "da");
    assertThat(wrong).isEmpty();
  }

  @Test
  void theOverviewRenewsItselfWithoutLeavingThePage() {
    Page page = signedIn("operator");
    page.navigate(url("?lang=da"));
    page.waitForResponse(response -> response.url().endsWith("/desk/live"), () -> {});
    page.locator("#live h2").first().waitFor();
    assertThat(wrong).isEmpty();
  }

  private Page signedIn(String user) {
    Page page =
        browser
            .newContext(
                new Browser.NewContextOptions()
                    .setLocale("da-DK")
                    .setTimezoneId("Europe/Copenhagen")
                    .setViewportSize(1280, 900))
            .newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            wrong.add("console: " + message.text());
          }
        });
    page.navigate("http://127.0.0.1:" + desk.port() + "/sign-in");
    page.locator("#user").fill(user);
    page.locator("#password").fill(SeededDesk.PASSWORD);
    page.locator("form[action='/sign-in'] button").click();
    page.locator(".sign-out").waitFor();
    return page;
  }

  private static String url(String path) {
    return "http://127.0.0.1:" + desk.port() + "/desk" + path;
  }

  /** Every rule of axe-core, a narrow window, and a picture; of one that was seen before, none. */
  private void look(Page page, String path, String language) {
    page.navigate(url(path + (path.contains("?") ? "&" : "?") + "lang=" + language));
    if (!seen.add(path + language + page.locator("main").innerHTML().replaceAll(CHANGING, ""))) {
      return;
    }
    String name = "desk" + path.replaceAll("[0-9a-f-]{36}", "one").replaceAll("[^a-z0-9]+", "-");
    Look.picture(page, name + "-" + language);
    Look.broken(page).forEach(rule -> wrong.add(name + "-" + language + ": " + rule));
  }
}
