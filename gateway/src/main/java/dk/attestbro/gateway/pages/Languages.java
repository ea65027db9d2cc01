package dk.attestbro.gateway.pages;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.util.WebUtils;

/**
 * The language of a page: Danish, or English where the reader once chose it by {@code ?lang=en}.
 */
final class Languages implements LocaleResolver, HandlerInterceptor, WebMvcConfigurer {
  static final Locale DANISH = Locale.forLanguageTag("da-DK");
  static final Locale ENGLISH = Locale.UK;
  static final List<Locale> ALL = List.of(DANISH, ENGLISH);
  static final String PARAMETER = "lang";

  private static final String NAME = "attestbro-language";
  private static final long A_YEAR = 365L * 24 * 60 * 60;

  @Override
  public Locale resolveLocale(HttpServletRequest request) {
    if (request.getAttribute(NAME) instanceof Locale chosen) {
      return chosen;
    }
    Cookie kept = WebUtils.getCookie(request, NAME);
    return kept == null ? DANISH : known(kept.getValue()).orElse(DANISH);
  }

  @Override
  public void setLocale(
      HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
    throw new UnsupportedOperationException("the reader chooses the language");
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this);
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (PagePaths.isPage(request) && "GET".equals(request.getMethod())) {
      known(request.getParameter(PARAMETER)).ifPresent(chosen -> keep(chosen, request, response));
    }
    return true;
  }

  private static void keep(
      Locale chosen, HttpServletRequest request, HttpServletResponse response) {
    request.setAttribute(NAME, chosen);
    org.springframework.context.i18n.LocaleContextHolder.setLocale(chosen);
    ResponseCookie cookie =
        ResponseCookie.from(NAME, chosen.getLanguage())
            .path("/")
            .maxAge(A_YEAR)
            .httpOnly(true)
            .secure(request.isSecure())
            .sameSite("Lax")
            .build();
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
  }

  private static Optional<Locale> known(@Nullable String language) {
    return ALL.stream().filter(locale -> locale.getLanguage().equals(language)).findFirst();
  }
}
