package dk.attestbro.gateway.pages;

import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.Staff;
import dk.attestbro.port.StaffDirectory;
import java.util.Optional;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Knows people by the list of users. A wrong password and an unknown user look alike. */
final class SignInByPassword implements AuthenticationProvider {
  private final StaffDirectory users;
  private final DirectorySource directory;
  private final SignInLimits limits;
  private final PasswordEncoder encoder;

  /** SECURITY: what an unknown user's password is held against, so that it takes as long. */
  private final String nobodysHash = Passwords.nobodysHash();

  SignInByPassword(
      StaffDirectory users,
      DirectorySource directory,
      SignInLimits limits,
      PasswordEncoder encoder) {
    this.users = users;
    this.directory = directory;
    this.limits = limits;
    this.encoder = encoder;
  }

  /**
   * @throws LockedException where too many were tried, whoever it was
   * @throws BadCredentialsException for every other reason
   */
  @Override
  public Authentication authenticate(Authentication tried) {
    String id = tried.getName();
    if (!limits.tryOne(id, address(tried))) {
      throw new LockedException("too many attempts");
    }
    Optional<StaffDirectory.Entry> user = users.find(id);
    String hash = user.map(StaffDirectory.Entry::hash).orElse(nobodysHash);
    boolean matches = encoder.matches(String.valueOf(tried.getCredentials()), hash);
    Staff staff =
        user.filter(found -> matches)
            .map(StaffDirectory.Entry::staff)
            .filter(this::hasItsParty)
            .orElseThrow(() -> new BadCredentialsException("wrong"));
    limits.succeeded(id);
    return new StaffAuthentication(staff, true);
  }

  @Override
  public boolean supports(Class<?> type) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
  }

  private boolean hasItsParty(Staff staff) {
    return staff.party().map(id -> directory.current().party(id).isPresent()).orElse(true);
  }

  private static String address(Authentication tried) {
    return tried.getDetails() instanceof WebAuthenticationDetails details
        ? details.getRemoteAddress()
        : "";
  }
}
