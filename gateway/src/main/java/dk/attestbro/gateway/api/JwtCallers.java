package dk.attestbro.gateway.api;

import dk.attestbro.port.Caller;
import dk.attestbro.port.IssuedTokens;
import dk.attestbro.port.IssuedTokens.Reason;
import dk.attestbro.port.IssuedTokens.Verdict;
import dk.attestbro.port.Staff;
import dk.attestbro.port.StaffRole;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Tells who calls by a token of an identity provider. Its claims give what they give at sign-in: a
 * caseworker or clinician is the party of the claims, an operator or lead is operations. Nobody is
 * both by one token.
 */
public final class JwtCallers {
  private final IssuedTokens tokens;
  private final Function<Map<String, Object>, Optional<Staff>> staff;

  public JwtCallers(IssuedTokens tokens, Function<Map<String, Object>, Optional<Staff>> staff) {
    this.tokens = tokens;
    this.staff = staff;
  }

  /** Who calls by it, or why nobody does. */
  sealed interface Judged {
    /** This caller, of whom the provider says this id. */
    record Known(Caller caller, String id) implements Judged {}

    record Refused(Reason reason) implements Judged {}

    /** The provider cannot be asked. */
    record Unknown() implements Judged {}
  }

  /** Whether a bearer token is one of these; our own hold no dot. */
  static boolean isOne(String token) {
    return token.indexOf('.') >= 0;
  }

  Judged judge(String token) {
    Verdict verdict = tokens.judge(token);
    if (verdict instanceof Verdict.Bad bad) {
      return new Judged.Refused(bad.reason());
    }
    return verdict instanceof Verdict.Good good
        ? staff
            .apply(good.claims())
            .flatMap(JwtCallers::known)
            .orElseGet(() -> new Judged.Refused(Reason.TOKEN_ROLE))
        : new Judged.Unknown();
  }

  private static Optional<Judged> known(Staff staff) {
    boolean operates = staff.is(StaffRole.OPERATOR) || staff.is(StaffRole.LEAD);
    String label = "staff " + staff.id();
    if (operates && staff.party().isEmpty()) {
      return Optional.of(new Judged.Known(new Caller(Set.of(), true, label), staff.id()));
    }
    return operates
        ? Optional.empty()
        : staff.party().map(p -> new Judged.Known(new Caller(Set.of(p), false, label), staff.id()));
  }
}
