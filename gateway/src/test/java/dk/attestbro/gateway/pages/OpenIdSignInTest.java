package dk.attestbro.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.gateway.api.ApiServer;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sign-in at a provider in this process: the code, its proof, and what the claims give. */
class OpenIdSignInTest {
  @TempDir private static Path folder;
  private static IdentityProvider provider;
  private static ApiServer server;

  @BeforeAll
  static void start() throws Exception {
    provider =
        new IdentityProvider(
            Map.of(
                "anna", Map.of("roles", List.of("caseworker"), "party", "employment-aarhus"),
                "stranger", Map.of("roles", List.of("painter"), "party", "employment-aarhus"),
                "lost", Map.of("roles", List.of("caseworker"), "party", "employment-nowhere")));
    Path secret = Files.writeString(folder.resolve("secret"), IdentityProvider.SECRET + "\n");
    server =
        new ApiServer(
            List.of(PagesTest.Parts.class),
            List.of(
                "--attestbro.sign-in.oidc.issuer=" + provider.issuer(),
                "--attestbro.sign-in.oidc.client-id=" + IdentityProvider.CLIENT,
                "--attestbro.sign-in.oidc.client-secret-file=" + secret));
    provider.redirectTo(server.port());
  }

  @AfterAll
  static void stop() {
    server.close();
    provider.close();
  }

  @Test
  void letsInWhomTheProviderKnowsWithTheRoleAndPartyOfTheClaims() throws Exception {
    Browser browser = new Browser(server.port());

    assertThat(signIn(browser, "anna")).endsWith("/counter");

    assertThat(browser.get("/").body()).contains("Log ud").contains("anna");
    assertThat(browser.get("/counter/nothing").statusCode()).isEqualTo(404);
    assertThat(browser.get("/desk/nothing").statusCode()).isEqualTo(403);
  }

  @Test
  void givesNoAccessWithoutARoleOrAPartyThatIsKnownHere() throws Exception {
    Browser browser = new Browser(server.port());

    assertThat(signIn(browser, "stranger")).endsWith("/sign-in?refused=role");
    assertThat(signIn(new Browser(server.port()), "lost")).endsWith("/sign-in?refused=role");

    assertThat(browser.get("/counter").statusCode()).isEqualTo(302);
    assertThat(browser.get("/sign-in?refused=role").body()).contains("Din konto har ingen rolle");
  }

  @Test
  void signsOutAtTheProviderTooWhereItOffersThat() throws Exception {
    Browser browser = new Browser(server.port());
    signIn(browser, "anna");
    browser.get("/");

    HttpResponse<String> out = browser.post("/sign-out", Map.of());

    assertThat(out.statusCode()).isEqualTo(200);
    assertThat(out.body()).contains("Du er logget ud").contains(provider.issuer());
    String refresh = out.headers().firstValue("Refresh").orElseThrow();
    assertThat(refresh).startsWith("0; url=" + provider.issuer() + "/connect/logout?");
    HttpResponse<String> atProvider = browser.get(refresh.substring("0; url=".length()));
    assertThat(location(atProvider))
        .isEqualTo("http://127.0.0.1:" + server.port() + "/sign-in?out");
    assertThat(browser.get("/counter").statusCode()).isEqualTo(302);
    assertThat(location(browser.get("/signed-out"))).endsWith("/sign-in");
  }

  @Test
  void refusesACodeThatItDidNotAskFor() throws Exception {
    HttpResponse<String> forged =
        new Browser(server.port()).get("/login/oauth2/code/oidc?code=x&state=y");

    assertThat(forged.headers().firstValue("Location").orElseThrow())
        .endsWith("/sign-in?refused=provider");
  }

  /** Follows the redirects by hand; returns where the last one leads. */
  private static String signIn(Browser browser, String user) throws Exception {
    assertThat(browser.get("/sign-in").body()).contains("/oauth2/authorization/oidc");
    String toProvider = location(browser.get("/oauth2/authorization/oidc"));
    assertThat(toProvider).startsWith(provider.issuer()).contains("code_challenge_method=S256");
    String back = location(browser.get(toProvider, IdentityProvider.USER, user));
    return location(browser.get(back));
  }

  private static String location(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    return answer.headers().firstValue("Location").orElseThrow();
  }
}
