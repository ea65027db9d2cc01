package dk.attestbro.crypto;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import dk.attestbro.port.IssuedTokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges JSON Web Tokens (RFC 7519, RFC 9068) by the keys of one issuer, which are asked for when
 * the first token comes (OpenID Connect Discovery) and kept for five minutes. An unknown key makes
 * it ask again, at most every half minute.
 */
public final class JwtVerification implements IssuedTokens {
  private static final Logger LOG = LoggerFactory.getLogger(JwtVerification.class);
  private static final int TIMEOUT_MILLISECONDS = 3_000;
  private static final int MOST_BYTES = 200_000;
  private static final long KEPT_MILLISECONDS = 300_000;

  /** While the issuer is away its last keys count so long. */
  private static final long OUTAGE_MILLISECONDS = 3_600_000;

  /** SECURITY: while it cannot be found, callers do not wait for it one after the other. */
  private static final Duration AGAIN_AFTER = Duration.ofSeconds(5);

  private static final DefaultResourceRetriever WEB =
      new DefaultResourceRetriever(TIMEOUT_MILLISECONDS, TIMEOUT_MILLISECONDS, MOST_BYTES);

  private final String issuer;
  private final String audience;
  private final Clock clock;
  private Optional<DefaultJWTProcessor<SecurityContext>> processor = Optional.empty();
  private Instant notBefore = Instant.MIN;

  /**
   * Tokens of this issuer for this audience.
   *
   * @throws IllegalArgumentException where the issuer is not https beyond this machine, or the
   *     audience is missing
   */
  public JwtVerification(String issuer, String audience, Clock clock) {
    if (!isSafe(issuer)) {
      throw new IllegalArgumentException("the issuer of tokens must be an https address");
    }
    if (audience.isBlank()) {
      throw new IllegalArgumentException("an issuer of tokens needs an audience");
    }
    this.issuer = issuer;
    this.audience = audience;
    this.clock = clock;
  }

  private static boolean isSafe(String issuer) {
    URI address = URI.create(issuer);
    if ("https".equals(address.getScheme())) {
      return true;
    }
    try {
      return "http".equals(address.getScheme())
          && InetAddress.getByName(address.getHost()).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      return false;
    }
  }

  @Override
  public Verdict judge(String token) {
    try {
      JWTClaimsSet claims = processor().process(token, null);
      return claims.getAudience().contains(audience)
          ? new Verdict.Good(present(claims.getClaims()))
          : new Verdict.Bad(Reason.TOKEN_AUDIENCE);
    } catch (ExpiredJWTException expired) {
      return new Verdict.Bad(Reason.TOKEN_EXPIRED);
    } catch (BadJOSEException | ParseException bad) {
      return new Verdict.Bad(Reason.TOKEN_INVALID);
    } catch (JOSEException | IOException unreachable) {
      LOG.warn("the keys of the issuer of tokens cannot be had: {}", unreachable.getClass());
      return new Verdict.Unknown();
    }
  }

  /** Without the claims that say null. */
  private static Map<String, Object> present(Map<String, Object> claims) {
    Map<String, Object> present = new HashMap<>(claims);
    present.values().removeIf(Objects::isNull);
    return present;
  }

  private synchronized DefaultJWTProcessor<SecurityContext> processor() throws IOException {
    if (processor.isEmpty()) {
      Instant now = clock.instant();
      if (now.isBefore(notBefore)) {
        throw new IOException("the issuer was not found a moment ago");
      }
      notBefore = now.plus(AGAIN_AFTER);
      processor = Optional.of(processor(keys()));
    }
    return processor.get();
  }

  private DefaultJWTProcessor<SecurityContext> processor(JWKSource<SecurityContext> keys) {
    DefaultJWTProcessor<SecurityContext> made = new DefaultJWTProcessor<>();
    made.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    // SECURITY: signatures by private keys only; no "none", and no secret that a public key could
    // be.
    made.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.Family.SIGNATURE, keys));
    made.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(
            new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("exp", "sub", "aud")) {
          @Override
          protected Date currentTime() {
            return Date.from(clock.instant());
          }
        });
    return made;
  }

  /** What the issuer says of itself names its keys, and itself by the name that we know. */
  private JWKSource<SecurityContext> keys() throws IOException {
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    Map<String, Object> said =
        read(
            WEB.retrieveResource(URI.create(base + "/.well-known/openid-configuration").toURL())
                .getContent());
    String keys = String.valueOf(said.get("jwks_uri"));
    if (!issuer.equals(said.get("issuer")) || !isSafe(keys)) {
      throw new IOException("not the issuer's own description");
    }
    return JWKSourceBuilder.<SecurityContext>create(URI.create(keys).toURL(), WEB)
        .cache(KEPT_MILLISECONDS, TIMEOUT_MILLISECONDS)
        .refreshAheadCache(false)
        .outageTolerant(OUTAGE_MILLISECONDS)
        .build();
  }

  private static Map<String, Object> read(String json) throws IOException {
    try {
      return JSONObjectUtils.parse(json);
    } catch (ParseException unreadable) {
      throw new IOException("not a description of an issuer", unreadable);
    }
  }
}
