package dk.attestbro.gateway.api;

import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The header by which a calling system tells which of its users acts: an opaque id. A malformed one
 * is refused before anything is done.
 */
final class StaffHeader implements HandlerInterceptor, WebMvcConfigurer {
  static final String NAME = "Attestbro-Staff";
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._@-]{1,64}");

  /** Who acts, where the call says so. */
  static Optional<String> of(HttpServletRequest call) {
    return Optional.ofNullable(call.getHeader(NAME));
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this);
  }

  @Override
  public boolean preHandle(HttpServletRequest call, HttpServletResponse answer, Object handler) {
    if (of(call).filter(id -> !ID.matcher(id).matches()).isPresent()) {
      throw new MessageRefused(RefusalReason.PARAMETER_INVALID, NAME);
    }
    return true;
  }
}
