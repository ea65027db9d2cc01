package dk.attestbro.gateway.pages;

import dk.attestbro.gateway.api.HttpReasons;
import dk.attestbro.gateway.api.Trace;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Refusal;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.RecordsUnavailable;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.stereotype.Controller;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Every refusal of a page is a page: what was not done and who must act, or, where a page was only
 * to be looked at, why it cannot be shown and where to go.
 */
@Controller
final class PageErrors implements HandlerExceptionResolver, WebMvcConfigurer {
  private static final Logger LOG = LoggerFactory.getLogger(PageErrors.class);
  private static final Set<String> LOOKS = Set.of("GET", "HEAD");
  private static final String REASON = PageErrors.class.getName() + ".reason";

  /** Shows the page of a refusal where no controller has been reached. */
  static void forward(
      HttpServletRequest request, HttpServletResponse response, RefusalReason reason)
      throws ServletException, IOException {
    request.setAttribute(REASON, reason);
    request.getRequestDispatcher(PagePaths.REFUSED).forward(request, response);
  }

  @RequestMapping(PagePaths.REFUSED)
  ModelAndView refused(HttpServletRequest request) {
    return page(
        request,
        Refusal.of(
            request.getAttribute(REASON) instanceof RefusalReason reason
                ? reason
                : RefusalReason.NOT_FOUND));
  }

  /** What no other page answers. */
  @RequestMapping({PagePaths.COUNTER + "/**", PagePaths.DESK + "/**"})
  ModelAndView noSuchPage(HttpServletRequest request) {
    return page(request, Refusal.of(RefusalReason.NOT_FOUND));
  }

  @Override
  public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
    resolvers.add(0, this);
  }

  @Override
  public @Nullable ModelAndView resolveException(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Object handler,
      Exception thrown) {
    return PagePaths.isPage(request) ? page(request, refusal(thrown)) : null;
  }

  private static ModelAndView page(HttpServletRequest request, Refusal refusal) {
    HttpStatusCode status = HttpStatus.valueOf(refusal.reason().httpStatus());
    String page = LOOKS.contains(request.getMethod()) ? "pages/not-shown" : "pages/refused";
    return new ModelAndView(page, Map.of("refusal", refusal), status);
  }

  private static Refusal refusal(Exception thrown) {
    if (thrown instanceof MessageRefused refused) {
      return refused.refusal();
    }
    if (thrown instanceof RecordsUnavailable) {
      LOG.error("the records cannot be reached", thrown);
      return Refusal.of(RefusalReason.CANNOT_RECORD);
    }
    if (thrown instanceof MaxUploadSizeExceededException) {
      return Refusal.of(RefusalReason.TOO_LARGE);
    }
    if (thrown instanceof AccessDeniedException) {
      return Refusal.of(RefusalReason.NOT_ALLOWED);
    }
    if (thrown instanceof TypeMismatchException || thrown instanceof RequestRejectedException) {
      return Refusal.of(RefusalReason.PARAMETER_INVALID);
    }
    if (thrown instanceof InvalidParameterException undecodable) {
      return Refusal.of(HttpReasons.of(undecodable.getErrorCode()));
    }
    if (thrown instanceof ErrorResponse response) {
      return Refusal.of(HttpReasons.of(response.getStatusCode().value()));
    }
    LOG.error("unexpected error on a page: {}", Trace.of(thrown));
    return Refusal.of(RefusalReason.INTERNAL_ERROR);
  }
}
