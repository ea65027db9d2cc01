package dk.attestbro.gateway.api;

import dk.attestbro.port.Caller;
import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** A call whose credentials were good. Holds the caller and never the credentials. */
final class CallerAuthentication extends AbstractAuthenticationToken {
  /** May act as a party. */
  static final String PARTY = "PARTY";

  /** May run operations, and sees no content. */
  static final String OPERATOR = "OPERATOR";

  private static final long serialVersionUID = 1L;
  private final transient Caller caller;

  CallerAuthentication(Caller caller) {
    super(authorities(caller));
    this.caller = caller;
    setAuthenticated(true);
  }

  private static List<GrantedAuthority> authorities(Caller caller) {
    return List.of(new SimpleGrantedAuthority(caller.operator() ? OPERATOR : PARTY));
  }

  @Override
  public Caller getPrincipal() {
    return caller;
  }

  @Override
  public Object getCredentials() {
    return "";
  }

  @Override
  public String getName() {
    return caller.label();
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
