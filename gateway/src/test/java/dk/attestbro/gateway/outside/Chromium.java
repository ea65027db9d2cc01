package dk.attestbro.gateway.outside;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.Cookie;
import dk.attestbro.gateway.pages.Look;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Debian's Chromium, and what is asked of every page that it visits. */
final class Chromium implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/chromium");
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 900;

  private final Playwright playwright;
  private final Browser browser;
  private final List<String> violations = new ArrayList<>();

  private Chromium() {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(PROGRAM)
                    .setArgs(List.of("--no-sandbox", "--disable-gpu")));
  }

  /** Starts it; skips the test where it is not installed. */
  static Chromium start() {
    Assumptions.assumeTrue(
        Files.isExecutable(PROGRAM), "no Chromium here: scripts/chromium.sh installs it");
    return new Chromium();
  }

  /** A person's own browser, signed in, at the page where the role works. */
  Page signedIn(Gateway gateway, String user) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setIgnoreHTTPSErrors(true)
                .setLocale("da-DK")
                .setTimezoneId("Europe/Copenhagen")
                .setViewportSize(WIDTH, HEIGHT));
    Page page = context.newPage();
    page.setDefaultTimeout(Gateway.LIMIT.toMillis());
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            violations.add("console: " + message.text());
          }
        });
    page.navigate(gateway.url("/sign-in"));
    look(page, "sign-in");
    page.locator("#user").fill(user);
    page.locator("#password").fill(Gateway.STAFF_PASSWORD);
    page.locator("form[action='/sign-in'] button").click();
    page.locator(".sign-out").waitFor();
    return page;
  }

  /** Looks at the page as it is: every rule of axe-core, a narrow window, and a picture. */
  void look(Page page, String name) {
    Look.picture(page, name);
    Look.broken(page).forEach(rule -> violations.add(name + ": " + rule));
  }

  /** The same in both languages; pages after this one are Danish again. */
  void lookInBothLanguages(Page page, String name) {
    look(page, name + "-da");
    String here = page.url();
    page.navigate(here + (here.contains("?") ? "&" : "?") + "lang=en");
    look(page, name + "-en");
    page.context()
        .addCookies(
            List.of(new Cookie("attestbro-language", "da").setDomain("localhost").setPath("/")));
  }

  /** No page broke a rule, and no browser complained. */
  void assertNothingWasWrong() {
    assertThat(violations).isEmpty();
  }

  @Override
  public void close() {
    playwright.close();
  }
}
