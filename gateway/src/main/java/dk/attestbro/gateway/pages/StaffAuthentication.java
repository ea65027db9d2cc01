package dk.attestbro.gateway.pages;

import dk.attestbro.port.Staff;
import dk.attestbro.port.StaffRole;
import java.util.Collection;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** A person who has signed in. Holds who it is and never a password or token. */
final class StaffAuthentication extends AbstractAuthenticationToken {
  private static final long serialVersionUID = 1L;
  private final transient Staff staff;
  private final boolean byPassword;

  StaffAuthentication(Staff staff, boolean byPassword) {
    super(authorities(staff));
    this.staff = staff;
    this.byPassword = byPassword;
    setAuthenticated(true);
  }

  /** The authority that a role gives on the pages. */
  static String authority(StaffRole role) {
    return "STAFF_" + role.name();
  }

  private static Collection<GrantedAuthority> authorities(Staff staff) {
    return staff.roles().stream()
        .<GrantedAuthority>map(role -> new SimpleGrantedAuthority(authority(role)))
        .toList();
  }

  /** Whether the gateway's own list of users vouches, rather than an identity provider. */
  boolean byPassword() {
    return byPassword;
  }

  @Override
  public Staff getPrincipal() {
    return staff;
  }

  @Override
  public Object getCredentials() {
    return "";
  }

  @Override
  public String getName() {
    return staff.id();
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
