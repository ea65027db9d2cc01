package dk.attestbro.gateway.api;

import dk.attestbro.model.Digest;
import dk.attestbro.port.Caller;
import dk.attestbro.port.CallerIdentification;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells who calls: by the bearer token (RFC 6750) where one is given, else by the TLS client
 * certificate. A bad token is never made good by a certificate.
 */
final class CallerFilter extends OncePerRequestFilter {
  /** Set on a request whose credentials were given and are not known. */
  static final String REJECTED = CallerFilter.class.getName() + ".rejected";

  private static final String SCHEME = "Bearer ";
  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
  private final CallerIdentification identification;

  CallerFilter(CallerIdentification identification) {
    this.identification = identification;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<Caller> caller = identify(request);
    if (caller.isPresent()) {
      SecurityContext context = SecurityContextHolder.createEmptyContext();
      context.setAuthentication(new CallerAuthentication(caller.get()));
      SecurityContextHolder.setContext(context);
    }
    chain.doFilter(request, response);
  }

  /** Errors that the container dispatches are answered to the same caller. */
  @Override
  protected boolean shouldNotFilterErrorDispatch() {
    return false;
  }

  private Optional<Caller> identify(HttpServletRequest request) {
    String header = request.getHeader("Authorization");
    if (header != null) {
      Optional<Caller> caller =
          header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
              ? identification.byToken(header.substring(SCHEME.length()).strip())
              : Optional.empty();
      request.setAttribute(REJECTED, caller.isEmpty());
      return caller;
    }
    if (request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0) {
      Optional<Caller> caller = identification.byCertificate(fingerprint(chain[0]));
      request.setAttribute(REJECTED, caller.isEmpty());
      return caller;
    }
    return Optional.empty();
  }

  private static Digest fingerprint(X509Certificate certificate) {
    try {
      return Digest.of(certificate.getEncoded());
    } catch (CertificateEncodingException unreadable) {
      throw new IllegalStateException("a certificate from the TLS layer has no DER", unreadable);
    }
  }
}
