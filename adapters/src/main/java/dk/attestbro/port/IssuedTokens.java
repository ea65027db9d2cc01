package dk.attestbro.port;

import java.util.Map;

/** Judges tokens that an identity provider issued for this gateway. */
public interface IssuedTokens {
  Verdict judge(String token);

  /** What a token is worth. */
  sealed interface Verdict {
    /** It holds, and says this. */
    record Good(Map<String, Object> claims) implements Verdict {
      public Good {
        claims = Map.copyOf(claims);
      }
    }

    /** It does not hold, for a reason that may be told. */
    record Bad(Reason reason) implements Verdict {}

    /** The provider's keys cannot be had: nobody can tell. */
    record Unknown() implements Verdict {}
  }

  /** Why a token does not hold. */
  enum Reason {
    /** Not a signed token, no key of the provider signed it, or it is another provider's. */
    TOKEN_INVALID,
    TOKEN_EXPIRED,
    /** It was issued for somebody else. */
    TOKEN_AUDIENCE,
    /** Its claims give no role here, or no party that the role needs. */
    TOKEN_ROLE
  }
}
