package dk.attestbro.gateway.api;

import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Staff;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Who acts: the person who has signed in on the pages, else the header by which a calling system
 * tells which of its users acts: an opaque id. A malformed one is refused before anything is done.
 */
public final class StaffHeader implements HandlerInterceptor, WebMvcConfigurer {
  /** The attribute of a request under which the pages put the id of who has signed in. */
  public static final String SIGNED_IN = StaffHeader.class.getName() + ".signedIn";

  static final String NAME = "Attestbro-Staff";

  /** Who acts, where the call says so. */
  static Optional<String> of(HttpServletRequest call) {
    return call.getAttribute(SIGNED_IN) instanceof String id
        ? Optional.of(id)
        : Optional.ofNullable(call.getHeader(NAME));
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this);
  }

  @Override
  public boolean preHandle(HttpServletRequest call, HttpServletResponse answer, Object handler) {
    if (of(call).filter(id -> !Staff.isId(id)).isPresent()) {
      throw new MessageRefused(RefusalReason.PARAMETER_INVALID, NAME);
    }
    return true;
  }
}
