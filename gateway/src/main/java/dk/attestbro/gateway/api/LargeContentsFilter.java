package dk.attestbro.gateway.api;

import dk.attestbro.gateway.journey.LargeContents;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** One call is one piece of work: what it holds of large contents is free when it is answered. */
final class LargeContentsFilter extends OncePerRequestFilter {
  private final LargeContents large;

  LargeContentsFilter(LargeContents large) {
    this.large = large;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    large.begin();
    try {
      chain.doFilter(request, response);
    } finally {
      large.end();
    }
  }
}
