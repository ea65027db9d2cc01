package dk.attestbro.gateway.pages;

import dk.attestbro.port.Staff;
import dk.attestbro.port.StaffDirectory;
import dk.attestbro.port.StaffRole;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;

/** What follows a sign-in, by password or by an identity provider, and a sign-out. */
final class SignInOutcomes
    implements AuthenticationSuccessHandler, AuthenticationFailureHandler, LogoutHandler {
  static final String USER = "user";
  private static final String REFUSED = PagePaths.SIGN_IN + "?refused=";

  private final SignInNotes notes;
  private final StaffDirectory users;
  private final OidcStaff oidc;
  private final SecurityContextRepository contexts;
  private final Clock clock;
  private final HttpSessionRequestCache wanted = new HttpSessionRequestCache();

  SignInOutcomes(
      SignInNotes notes,
      StaffDirectory users,
      OidcStaff oidc,
      SecurityContextRepository contexts,
      Clock clock) {
    this.notes = notes;
    this.users = users;
    this.oidc = oidc;
    this.contexts = contexts;
    this.clock = clock;
  }

  @Override
  public void onAuthenticationSuccess(
      HttpServletRequest request, HttpServletResponse response, Authentication given)
      throws IOException {
    Optional<StaffAuthentication> staff = staff(given);
    if (staff.isEmpty()) {
      notes.refused(Optional.empty());
      request.getSession().invalidate();
      SecurityContextHolder.clearContext();
      response.sendRedirect(REFUSED + "role");
      return;
    }
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(staff.get());
    SecurityContextHolder.setContext(context);
    contexts.saveContext(context, request, response);
    StaffSessions.begin(request, clock.instant());
    if (given.getPrincipal() instanceof OidcUser user) {
      ProviderSignOut.begin(request, user);
    }
    notes.signedIn(staff.get().getPrincipal());
    response.sendRedirect(target(request, response, staff.get().getPrincipal()));
  }

  @Override
  public void onAuthenticationFailure(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
      throws IOException {
    String user = request.getParameter(USER);
    notes.refused(Optional.ofNullable(user).flatMap(users::find).map(StaffDirectory.Entry::staff));
    String reason = "wrong";
    if (why instanceof LockedException) {
      reason = "wait";
    } else if (why instanceof OAuth2AuthenticationException) {
      reason = "provider";
    }
    response.sendRedirect(REFUSED + reason);
  }

  @Override
  public void logout(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Authentication authentication) {
    if (authentication instanceof StaffAuthentication staff) {
      notes.signedOut(staff.getPrincipal());
    }
  }

  private Optional<StaffAuthentication> staff(Authentication given) {
    if (given instanceof StaffAuthentication staff) {
      return Optional.of(staff);
    }
    return given.getPrincipal() instanceof OidcUser user
        ? oidc.staff(user.getClaims()).map(staff -> new StaffAuthentication(staff, false))
        : Optional.empty();
  }

  /** The page that was asked for before, else the one where the role works. */
  private String target(HttpServletRequest request, HttpServletResponse response, Staff staff) {
    SavedRequest before = wanted.getRequest(request, response);
    if (before == null) {
      return staff.roles().stream().anyMatch(StaffRole::isOfAParty)
          ? PagePaths.COUNTER
          : PagePaths.DESK;
    }
    wanted.removeRequest(request, response);
    return before.getRedirectUrl();
  }
}
