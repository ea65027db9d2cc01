package dk.attestbro.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.gateway.api.ApiServer;
import dk.attestbro.model.Access;
import dk.attestbro.model.AccessAct;
import dk.attestbro.model.PartyId;
import dk.attestbro.port.Staff;
import dk.attestbro.port.StaffDirectory;
import dk.attestbro.port.StaffRole;
import dk.attestbro.samples.SettableClock;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

/** The pages from outside: who is let in where, and what every page keeps to. */
class PagesTest {
  private static final int ATTEMPTS = 3;
  private static final String SESSION = "attestbro-session";
  private static final String PASSWORD = Passwords.random();
  private static final String HASH = ApiServer.PASSWORDS.encode(PASSWORD);
  private static final Map<String, StaffDirectory.Entry> USERS = new ConcurrentHashMap<>();
  private static final SettableClock CLOCK = new SettableClock(ApiServer.NOW);
  private static ApiServer server;

  @BeforeAll
  static void start() {
    server =
        new ApiServer(List.of(Parts.class), List.of("--attestbro.sign-in.attempts=" + ATTEMPTS));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void listUsers() {
    server.noted().clear();
    USERS.clear();
    user("anna", StaffRole.CASEWORKER, Optional.of(SampleDirectory.AARHUS.id()));
    user("ole", StaffRole.OPERATOR, Optional.empty());
    CLOCK.pass(Duration.ofHours(1));
  }

  @Test
  void letsAUserInWithANewSessionAndNotesIt() throws Exception {
    Browser browser = browser();
    browser.get("/sign-in");
    String before = browser.cookie(SESSION);

    HttpResponse<String> in =
        browser.post("/sign-in", Map.of("user", "anna", "password", PASSWORD));

    assertThat(in.statusCode()).isEqualTo(302);
    assertThat(in.headers().firstValue("Location").orElseThrow()).endsWith("/counter");
    assertThat(in.headers().firstValue("Set-Cookie").orElseThrow())
        .contains("HttpOnly")
        .contains("SameSite=Lax");
    assertThat(browser.cookie(SESSION)).isNotEqualTo(before).isNotEmpty();
    assertThat(server.noted()).extracting(Access::act).containsExactly(AccessAct.SIGNED_IN);
    assertThat(server.noted().get(0).actor().staff()).contains("anna");
    assertThat(browser.get("/").body()).contains("anna").contains("Log ud");

    HttpResponse<String> out = browser.post("/sign-out", Map.of());

    assertThat(out.headers().firstValue("Location").orElseThrow()).endsWith("/sign-in?out");
    assertThat(browser.get("/").body()).doesNotContain("Log ud");
    assertThat(server.noted()).extracting(Access::act).endsWith(AccessAct.SIGNED_OUT);
  }

  @Test
  void refusesAWrongPasswordAndAnUnknownUserInTheSameWordsAndNotesOnlyAKnownId() throws Exception {
    HttpResponse<String> wrong = browser().signIn("anna", "guess");
    HttpResponse<String> unknown = browser().signIn("a-password-in-the-wrong-field", PASSWORD);

    assertThat(wrong.headers().firstValue("Location").orElseThrow())
        .endsWith("/sign-in?refused=wrong")
        .isEqualTo(unknown.headers().firstValue("Location").orElseThrow());
    assertThat(browser().get("/sign-in?refused=wrong").body())
        .contains("Brugeren eller adgangskoden er forkert.");
    assertThat(server.noted()).extracting(Access::act).containsOnly(AccessAct.SIGN_IN_REFUSED);
    assertThat(server.noted())
        .extracting(access -> access.actor().staff())
        .containsExactly(Optional.of("anna"), Optional.empty());
  }

  @Test
  void triesNoFurtherPasswordsForAUserAfterTooManyUntilSomeTimeHasPassed() throws Exception {
    user("berit", StaffRole.OPERATOR, Optional.empty());
    for (int i = 0; i < ATTEMPTS; i++) {
      assertThat(browser().signIn("berit", "guess").headers().firstValue("Location").orElseThrow())
          .endsWith("refused=wrong");
    }
    assertThat(browser().signIn("berit", PASSWORD).headers().firstValue("Location").orElseThrow())
        .endsWith("refused=wait");
    assertThat(browser().signIn("ole", PASSWORD).headers().firstValue("Location").orElseThrow())
        .endsWith("/desk");

    CLOCK.pass(Duration.ofMinutes(15));

    assertThat(browser().signIn("berit", PASSWORD).headers().firstValue("Location").orElseThrow())
        .endsWith("/desk");
  }

  @Test
  void showsEachRoleItsOwnPagesAndTheOthersNone() throws Exception {
    Browser anna = browser();
    anna.signIn("anna", PASSWORD);
    Browser ole = browser();
    ole.signIn("ole", PASSWORD);

    assertThat(browser().get("/counter/nothing").headers().firstValue("Location").orElseThrow())
        .endsWith("/sign-in");
    HttpResponse<String> notHers = anna.get("/desk/nothing");
    assertThat(notHers.statusCode()).isEqualTo(403);
    assertThat(notHers.body()).contains("NOT_ALLOWED").contains("<main");
    assertThat(notHers.body())
        .contains("Siden kan ikke vises", "Din rolle må ikke se den")
        .doesNotContain("Det blev ikke gjort");
    assertThat(anna.get("/counter/nothing").statusCode()).isEqualTo(404);
    assertThat(ole.get("/counter/nothing").statusCode()).isEqualTo(403);
    assertThat(ole.get("/desk/nothing").statusCode()).isEqualTo(404);
    assertThat(browser().get("/desk", "HX-Request", "true").headers().firstValue("HX-Redirect"))
        .contains("/sign-in");
  }

  @Test
  void takesNoSessionForTheApiAndNoTokenForThePages() throws Exception {
    Browser anna = browser();
    anna.signIn("anna", PASSWORD);

    assertThat(anna.get("/api/v1/cases").statusCode()).isEqualTo(401);
    assertThat(browser().get("/counter", "Authorization", "Bearer aarhus").statusCode())
        .isEqualTo(302);
  }

  @Test
  void takesNoFormWithoutTheTokenOfItsPage() throws Exception {
    Browser anna = browser();
    anna.signIn("anna", PASSWORD);

    assertThat(anna.postBare("/sign-out", Map.of()).statusCode()).isEqualTo(403);
    assertThat(anna.get("/").body()).contains("Log ud");
  }

  @Test
  void sendsTheHeadersThatKeepAPageToItself() throws Exception {
    HttpResponse<String> page = browser().get("/sign-in");

    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(page.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
    assertThat(page.body()).doesNotContain("style=", "onclick", "<script>", "https://");
    for (String asset : List.of("pages.css", "pages.js", "htmx.min.js", "mark.svg")) {
      HttpResponse<String> part = browser().get("/assets/" + asset);
      assertThat(part.statusCode()).as(asset).isEqualTo(200);
      assertThat(part.headers().firstValue("Cache-Control")).contains("max-age=3600");
    }
  }

  @Test
  void speaksDanishUntilTheReaderChoosesEnglish() throws Exception {
    Browser browser = browser();

    assertThat(browser.get("/").body()).contains("<html lang=\"da\"").contains("Log ind");
    assertThat(browser.get("/?lang=en").body()).contains("<html lang=\"en\"").contains("Sign in");
    assertThat(browser.get("/accessibility").body()).contains("Accessibility statement");
    assertThat(browser.get("/accessibility?lang=da").body()).contains("Tilgængelighedserklæring");
    assertThat(browser.get("/?lang=xx").body()).contains("<html lang=\"da\"");
  }

  @Test
  void answersAQueryThatCannotBeDecodedByAPage() throws Exception {
    HttpResponse<String> seen = browser().get("/sign-in?x=%C6");

    assertThat(seen.statusCode()).isEqualTo(400);
    assertThat(seen.body()).contains("<html lang=\"da\"", "PARAMETER_INVALID");
  }

  @Test
  void endsASessionThatHasLastedTooLongOrWhoseUserIsNoLongerListed() throws Exception {
    Browser anna = browser();
    anna.signIn("anna", PASSWORD);
    Browser ole = browser();
    ole.signIn("ole", PASSWORD);

    USERS.remove("ole");
    assertThat(ole.get("/desk/nothing").statusCode()).isEqualTo(302);
    assertThat(anna.get("/counter/nothing").statusCode()).isEqualTo(404);

    CLOCK.pass(Duration.ofHours(8).plusSeconds(1));
    assertThat(anna.get("/counter/nothing").statusCode()).isEqualTo(302);
  }

  @Test
  void saysSoWhereNobodyCanSignIn() throws Exception {
    USERS.clear();

    assertThat(browser().get("/sign-in?lang=en").body())
        .contains("Nobody can sign in yet")
        .doesNotContain("type=\"password\"");
  }

  private static Browser browser() {
    return new Browser(server.port());
  }

  private static void user(String id, StaffRole role, Optional<PartyId> party) {
    USERS.put(id, new StaffDirectory.Entry(new Staff(id, id, Set.of(role), party), HASH));
  }

  @Import(PagesConfiguration.class)
  static class Parts {
    @Bean
    @Primary
    Clock settableClock() {
      return CLOCK;
    }

    @Bean
    StaffDirectory users() {
      return new ListedStaff(USERS);
    }
  }
}
