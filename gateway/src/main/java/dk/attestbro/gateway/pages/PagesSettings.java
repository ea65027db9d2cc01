package dk.attestbro.gateway.pages;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How people sign in, under {@code attestbro.sign-in}.
 *
 * @param longest after so long a session ends, however busy it is
 * @param attempts so many wrong sign-ins in {@code attemptsPer} are taken for one user, and three
 *     times as many from one address
 * @param oidc the identity provider; none where its issuer is empty
 */
@ConfigurationProperties("attestbro.sign-in")
public record PagesSettings(Duration longest, int attempts, Duration attemptsPer, Oidc oidc) {

  /**
   * An OpenID provider, and which of its claims tell who someone is.
   *
   * @param clientSecretFile a file; empty for a public client
   */
  public record Oidc(
      String issuer,
      String clientId,
      String clientSecretFile,
      String scopes,
      String userClaim,
      String nameClaim,
      String rolesClaim,
      String partyClaim) {
    OidcStaff.Claims claims() {
      return new OidcStaff.Claims(userClaim, nameClaim, rolesClaim, partyClaim);
    }

    boolean isConfigured() {
      return !issuer.isBlank();
    }
  }
}
