package dk.attestbro.gateway.pages;

import dk.attestbro.gateway.api.Trace;
import dk.attestbro.model.RefusalReason;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.thymeleaf.exceptions.TemplateProcessingException;

/**
 * A page that breaks while it is drawn is logged by its template and the kinds of its exceptions.
 * SECURITY: their messages may repeat what the page was about to show; the container would log
 * them.
 */
final class PageFailures extends OncePerRequestFilter {
  private static final Logger LOG = LoggerFactory.getLogger(PageFailures.class);

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !PagePaths.isPage(request);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      chain.doFilter(request, response);
    } catch (ServletException | RuntimeException broken) {
      if (cause(broken, AccessDeniedException.class).isPresent()
          || cause(broken, AuthenticationException.class).isPresent()) {
        throw broken;
      }
      LOG.error(
          "{}: the page {} cannot be drawn: {}",
          RefusalReason.INTERNAL_ERROR,
          place(broken),
          Trace.of(broken));
      if (!response.isCommitted()) {
        PageErrors.forward(request, response, RefusalReason.INTERNAL_ERROR);
      }
    }
  }

  /** The innermost template that is named, and where in it. */
  private static String place(Throwable broken) {
    return cause(broken, TemplateProcessingException.class)
        .map(at -> at.getTemplateName() + " line " + at.getLine())
        .orElse("(no template)");
  }

  private static <T extends Throwable> Optional<T> cause(Throwable thrown, Class<T> kind) {
    Optional<T> found = Optional.empty();
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      found = kind.isInstance(at) ? Optional.of(kind.cast(at)) : found;
    }
    return found;
  }
}
