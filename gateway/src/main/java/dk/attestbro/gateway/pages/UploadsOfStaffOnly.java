package dk.attestbro.gateway.pages;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Documents are read into memory, even to look for the token beside them: only those of people who
 * have signed in.
 */
final class UploadsOfStaffOnly extends OncePerRequestFilter {
  private final SecurityContextRepository contexts;

  UploadsOfStaffOnly(SecurityContextRepository contexts) {
    this.contexts = contexts;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String type = request.getContentType();
    boolean upload =
        type != null && type.toLowerCase(java.util.Locale.ROOT).startsWith("multipart/");
    if (upload && !contexts.containsContext(request)) {
      response.sendRedirect(PagePaths.SIGN_IN);
    } else {
      chain.doFilter(request, response);
    }
  }
}
