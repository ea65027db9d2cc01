package dk.attestbro.gateway.pages;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dk.attestbro.samples.TestKeys;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * An OpenID provider on the loopback, at which whoever the header names has signed in before, and
 * which issues access tokens to its client.
 */
public final class IdentityProvider implements AutoCloseable {
  public static final String CLIENT = "attestbro";
  public static final String SECRET = "client-secret";
  static final String USER = "Test-User";

  /** What it says of each user, and where the client is. */
  private static final Map<String, Map<String, Object>> CLAIMS = new ConcurrentHashMap<>();

  private static final RSAKey KEY = key("1");

  private static volatile String pages = "http://127.0.0.1";
  private final ServletWebServerApplicationContext context;

  public IdentityProvider(Map<String, Map<String, Object>> claims) {
    CLAIMS.clear();
    CLAIMS.putAll(claims);
    context =
        (ServletWebServerApplicationContext)
            new SpringApplication(Parts.class)
                .run(
                    "--server.port=0",
                    "--server.address=127.0.0.1",
                    "--server.servlet.session.cookie.name=provider",
                    "--spring.main.banner-mode=off");
  }

  /** A new key by this name. */
  public static RSAKey key(String id) {
    KeyPair pair = TestKeys.rsa(2048);
    return new RSAKey.Builder((RSAPublicKey) pair.getPublic())
        .privateKey(pair.getPrivate())
        .keyID(id)
        .build();
  }

  public String issuer() {
    return "http://127.0.0.1:" + context.getWebServer().getPort();
  }

  /** A new access token for the client itself, which says this of it. */
  public String token(Map<String, Object> claims) throws Exception {
    CLAIMS.put(CLIENT, claims);
    HttpResponse<String> issued =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(issuer() + "/oauth2/token"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header(
                        "Authorization",
                        "Basic "
                            + Base64.getEncoder()
                                .encodeToString(
                                    (CLIENT + ":" + SECRET).getBytes(StandardCharsets.US_ASCII)))
                    .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    return issued.body().replaceAll("(?s).*\"access_token\":\"([^\"]+)\".*", "$1");
  }

  void redirectTo(int port) {
    pages = "http://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    context.close();
  }

  @EnableAutoConfiguration(
      excludeName = {
        "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
        "org.apache.camel.spring.boot.CamelAutoConfiguration"
      })
  static class Parts {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
      http.oauth2AuthorizationServer(server -> server.oidc(Customizer.withDefaults()))
          .authorizeHttpRequests(rules -> rules.anyRequest().authenticated())
          .addFilterAfter(new SignedIn(), SecurityContextHolderFilter.class);
      return http.build();
    }

    @Bean
    RegisteredClientRepository clients() {
      return new RegisteredClientRepository() {
        @Override
        public void save(RegisteredClient client) {
          // The provider hashes the secret anew; it is the same.
        }

        @Override
        public RegisteredClient findById(String id) {
          return client();
        }

        @Override
        public RegisteredClient findByClientId(String id) {
          return client();
        }
      };
    }

    private static RegisteredClient client() {
      return RegisteredClient.withId("1")
          .clientId(CLIENT)
          .clientSecret("{noop}" + SECRET)
          .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
          .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
          .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
          .redirectUri(pages + "/login/oauth2/code/oidc")
          .postLogoutRedirectUri(pages + "/sign-in?out")
          .scopes(scopes -> scopes.addAll(List.of("openid", "profile")))
          .clientSettings(
              ClientSettings.builder()
                  .requireProofKey(true)
                  .requireAuthorizationConsent(false)
                  .build())
          .build();
    }

    @Bean
    AuthorizationServerSettings settings() {
      return AuthorizationServerSettings.builder().build();
    }

    @Bean
    JWKSource<SecurityContext> keys() {
      return new ImmutableJWKSet<>(new JWKSet(KEY));
    }

    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> claims() {
      return token ->
          token.getClaims().claims(all -> all.putAll(CLAIMS.get(token.getPrincipal().getName())));
    }
  }

  /** Who the header says it is. */
  private static final class SignedIn extends OncePerRequestFilter {
    @Override
    protected void doFilterInternal(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws ServletException, IOException {
      String user = request.getHeader(USER);
      if (user != null) {
        SecurityContextHolder.getContext()
            .setAuthentication(
                UsernamePasswordAuthenticationToken.authenticated(
                    user,
                    "",
                    List.of(
                        FactorGrantedAuthority.fromAuthority(
                            FactorGrantedAuthority.PASSWORD_AUTHORITY))));
      }
      chain.doFilter(request, response);
    }
  }
}
