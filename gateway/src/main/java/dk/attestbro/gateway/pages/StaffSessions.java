package dk.attestbro.gateway.pages;

import dk.attestbro.gateway.api.StaffHeader;
import dk.attestbro.port.StaffDirectory;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends a session that has lasted too long, or whose user is no longer listed as then; tells the
 * access log who acts in the others.
 */
final class StaffSessions extends OncePerRequestFilter {
  private static final String SIGNED_IN_AT = StaffSessions.class.getName() + ".at";
  private final StaffDirectory users;
  private final Duration longest;
  private final Clock clock;

  StaffSessions(StaffDirectory users, Duration longest, Clock clock) {
    this.users = users;
    this.longest = longest;
    this.clock = clock;
  }

  static void begin(HttpServletRequest request, Instant at) {
    request.getSession().setAttribute(SIGNED_IN_AT, at);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (SecurityContextHolder.getContext().getAuthentication()
        instanceof StaffAuthentication staff) {
      if (isOver(request.getSession(), staff)) {
        request.getSession().invalidate();
        SecurityContextHolder.clearContext();
      } else {
        request.setAttribute(StaffHeader.SIGNED_IN, staff.getPrincipal().id());
      }
    }
    chain.doFilter(request, response);
  }

  private boolean isOver(HttpSession session, StaffAuthentication staff) {
    boolean tooLong =
        !(session.getAttribute(SIGNED_IN_AT) instanceof Instant began)
            || clock.instant().isAfter(began.plus(longest));
    boolean noLongerListed =
        staff.byPassword()
            && !users
                .find(staff.getPrincipal().id())
                .map(StaffDirectory.Entry::staff)
                .equals(Optional.of(staff.getPrincipal()));
    return tooLong || noLongerListed;
  }
}
