package dk.attestbro.gateway.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dk.attestbro.crypto.JwtVerification;
import dk.attestbro.gateway.api.ApiServer;
import dk.attestbro.gateway.pages.IdentityProvider;
import dk.attestbro.port.IssuedTokens.Verdict;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The API by tokens that a real provider issued, and by those that it did not. */
class JwtCallersTest {
  private static final String AUDIENCE = "https://attestbro.test/api";
  private static final String CASES = "/api/v1/cases";
  private static final String QUEUES = "/api/v1/operations/queues";
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static IdentityProvider provider;
  private static ApiServer server;

  @BeforeAll
  static void start() {
    provider = new IdentityProvider(Map.of());
    server =
        new ApiServer(
            List.of(JwtConfiguration.class),
            List.of(
                "--attestbro.api.jwt.issuer=" + provider.issuer(),
                "--attestbro.api.jwt.audience=" + AUDIENCE));
  }

  @AfterAll
  static void stop() {
    server.close();
    provider.close();
  }

  @Test
  void aTokenIsThePartyOfItsClaimsAndNoOperator() throws Exception {
    String token = token("caseworker", "employment-aarhus");

    assertThat(get(CASES, token).statusCode()).isEqualTo(200);
    assertRefused(get(QUEUES, token), 403, "NOT_ALLOWED");
  }

  @Test
  void anOperatorOrLeadIsOperationsAndNoParty() throws Exception {
    for (String role : List.of("operator", "lead")) {
      String token = provider.token(claims(List.of(role)));

      assertThat(get(QUEUES, token).statusCode()).isEqualTo(200);
      assertRefused(get(CASES, token), 403, "NOT_ALLOWED");
    }
  }

  @Test
  void ourOwnTokensStillCount() throws Exception {
    assertThat(get(CASES, "aarhus").statusCode()).isEqualTo(200);
    assertRefused(get(CASES, "stranger"), 401, "CREDENTIALS_INVALID");
  }

  @Test
  void aTokenForSomebodyElseDoesNotCount() throws Exception {
    Map<String, Object> claims = claims(List.of("operator"));
    claims.put("aud", List.of("https://another.test"));

    assertRefused(get(QUEUES, provider.token(claims)), 401, "TOKEN_AUDIENCE");
  }

  @Test
  void aTokenThatHasExpiredDoesNotCount() throws Exception {
    Map<String, Object> claims = claims(List.of("operator"));
    claims.put("iat", ApiServer.NOW.minusSeconds(900));
    claims.put("nbf", ApiServer.NOW.minusSeconds(900));
    claims.put("exp", ApiServer.NOW.minusSeconds(300));

    assertRefused(get(QUEUES, provider.token(claims)), 401, "TOKEN_EXPIRED");
  }

  @Test
  void aTokenWithoutARoleOrItsPartyDoesNotCount() throws Exception {
    assertRefused(get(CASES, provider.token(claims(List.of("painter")))), 401, "TOKEN_ROLE");
    assertRefused(get(CASES, provider.token(claims(List.of("caseworker")))), 401, "TOKEN_ROLE");
    assertRefused(get(CASES, token("caseworker", "employment-nowhere")), 401, "TOKEN_ROLE");
    assertRefused(get(QUEUES, provider.token(claims(List.of("auditor")))), 401, "TOKEN_ROLE");
    Map<String, Object> both = claims(List.of("operator", "caseworker"));
    both.put("party", "employment-aarhus");
    assertRefused(get(QUEUES, provider.token(both)), 401, "TOKEN_ROLE");
  }

  @Test
  void onlyTheProvidersOwnSignatureCounts() throws Exception {
    JWTClaimsSet forged =
        new JWTClaimsSet.Builder()
            .issuer(provider.issuer())
            .subject("mallory")
            .audience(AUDIENCE)
            .claim("roles", List.of("operator"))
            .expirationTime(Date.from(ApiServer.NOW.plusSeconds(300)))
            .build();
    RSAKey own = IdentityProvider.key("1");
    SignedJWT byAnother = new SignedJWT(header(JWSAlgorithm.RS256, "1"), forged);
    byAnother.sign(new RSASSASigner(own));
    SignedJWT byUnknown = new SignedJWT(header(JWSAlgorithm.RS256, "unknown"), forged);
    byUnknown.sign(new RSASSASigner(own));
    SignedJWT bySecret = new SignedJWT(header(JWSAlgorithm.HS256, "1"), forged);
    bySecret.sign(new MACSigner(new byte[32]));

    assertRefused(get(QUEUES, byAnother.serialize()), 401, "TOKEN_INVALID");
    assertRefused(get(QUEUES, byUnknown.serialize()), 401, "TOKEN_INVALID");
    assertRefused(get(QUEUES, bySecret.serialize()), 401, "TOKEN_INVALID");
    assertRefused(get(QUEUES, new PlainJWT(forged).serialize()), 401, "TOKEN_INVALID");
    assertRefused(get(QUEUES, "no.such.token"), 401, "TOKEN_INVALID");
  }

  @Test
  void nobodyCanTellWhileTheIssuerIsAway() {
    Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    JwtVerification away = new JwtVerification("http://127.0.0.1:1", AUDIENCE, clock);

    assertThat(away.judge("a.b.c")).isEqualTo(new Verdict.Unknown());
    assertThat(away.judge("a.b.c")).isEqualTo(new Verdict.Unknown());
  }

  @Test
  void anIssuerMustBeSafeAndHaveAnAudience() {
    assertThatThrownBy(() -> new JwtVerification("http://192.0.2.1", "x", Clock.systemUTC()))
        .hasMessageContaining("https");
    assertThatThrownBy(() -> new JwtVerification("https://issuer.test", "", Clock.systemUTC()))
        .hasMessageContaining("audience");
  }

  private static JWSHeader header(JWSAlgorithm algorithm, String key) {
    return new JWSHeader.Builder(algorithm).keyID(key).build();
  }

  private static String token(String role, String party) throws Exception {
    Map<String, Object> claims = claims(List.of(role));
    claims.put("party", party);
    return provider.token(claims);
  }

  /** The gateway's clock stands still at its time. */
  private static Map<String, Object> claims(List<String> roles) {
    Map<String, Object> claims = new HashMap<>();
    claims.put("roles", roles);
    claims.put("aud", List.of(AUDIENCE));
    claims.put("iat", ApiServer.NOW);
    claims.put("nbf", ApiServer.NOW);
    claims.put("exp", ApiServer.NOW.plusSeconds(300));
    return claims;
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(code);
  }

  private static HttpResponse<String> get(String path, String token) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .header("Authorization", "Bearer " + token)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
