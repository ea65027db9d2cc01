package dk.attestbro.gateway.wiring;

import dk.attestbro.gateway.pages.OidcStaff;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Tokens of an identity provider for the API, under {@code attestbro.api.jwt}; none where the
 * issuer is empty.
 *
 * @param audience whom the tokens must be issued for
 */
@ConfigurationProperties("attestbro.api.jwt")
record JwtSettings(
    String issuer, String audience, String userClaim, String rolesClaim, String partyClaim) {

  /** Names are not asked for: the user's id stands for them. */
  OidcStaff.Claims claims() {
    return new OidcStaff.Claims(userClaim, userClaim, rolesClaim, partyClaim);
  }
}
