package dk.attestbro.gateway.api;

import dk.attestbro.model.Digest;
import dk.attestbro.model.Refusal;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Caller;
import dk.attestbro.port.CallerIdentification;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells who calls: by the bearer token (RFC 6750) where one is given, our own or an identity
 * provider's, else by the TLS client certificate. A bad token is never made good by a certificate.
 */
final class CallerFilter extends OncePerRequestFilter {
  /** The attribute of a request whose credentials do not count: the refusal to answer with. */
  static final String REJECTED = CallerFilter.class.getName() + ".rejected";

  private static final Refusal UNKNOWN = Refusal.of(RefusalReason.CREDENTIALS_INVALID);

  private static final String SCHEME = "Bearer ";
  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
  private final CallerIdentification identification;
  private final Optional<JwtCallers> issued;

  CallerFilter(CallerIdentification identification, Optional<JwtCallers> issued) {
    this.identification = identification;
    this.issued = issued;
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
    List<String> given = Collections.list(request.getHeaders("Authorization"));
    if (given.size() > 1) {
      // SECURITY: whoever stands between us and the caller may have judged the other one.
      return known(Optional.empty(), request);
    }
    if (!given.isEmpty()) {
      String header = given.get(0);
      return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
          ? byToken(header.substring(SCHEME.length()).strip(), request)
          : known(Optional.empty(), request);
    }
    if (request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0) {
      return known(identification.byCertificate(fingerprint(chain[0])), request);
    }
    return Optional.empty();
  }

  private Optional<Caller> byToken(String token, HttpServletRequest request) {
    if (issued.isEmpty() || !JwtCallers.isOne(token)) {
      return known(identification.byToken(token), request);
    }
    JwtCallers.Judged judged = issued.get().judge(token);
    if (judged instanceof JwtCallers.Judged.Known known) {
      if (request.getHeader(StaffHeader.NAME) == null) {
        request.setAttribute(StaffHeader.SIGNED_IN, known.id());
      }
      return Optional.of(known.caller());
    }
    request.setAttribute(
        REJECTED,
        judged instanceof JwtCallers.Judged.Refused refused
            ? Refusal.of(RefusalReason.CREDENTIALS_INVALID, "", refused.reason().name())
            : Refusal.of(RefusalReason.TOKEN_ISSUER_UNREACHABLE));
    return Optional.empty();
  }

  private static Optional<Caller> known(Optional<Caller> caller, HttpServletRequest request) {
    if (caller.isEmpty()) {
      request.setAttribute(REJECTED, UNKNOWN);
    }
    return caller;
  }

  private static Digest fingerprint(X509Certificate certificate) {
    try {
      return Digest.of(certificate.getEncoded());
    } catch (CertificateEncodingException unreadable) {
      throw new IllegalStateException("a certificate from the TLS layer has no DER", unreadable);
    }
  }
}
