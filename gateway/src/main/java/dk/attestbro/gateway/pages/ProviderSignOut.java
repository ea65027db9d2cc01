package dk.attestbro.gateway.pages;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Where a sign-out leads. Whom an identity provider let in is taken to the provider to end the
 * session there too, if it offers that (OpenID Connect RP-Initiated Logout 1.0); anyone else to our
 * own sign-in.
 */
final class ProviderSignOut implements LogoutHandler, LogoutSuccessHandler {
  static final String PROVIDER = "oidc";

  /** The request's attribute with the provider's address, for the page that leads there. */
  static final String ADDRESS = "attestbro.sign-out.address";

  private static final String ID_TOKEN = ProviderSignOut.class.getName() + ".idToken";
  private static final String SIGNED_OUT = PagePaths.SIGN_IN + "?out";

  private final ObjectProvider<ClientRegistrationRepository> providers;

  ProviderSignOut(ObjectProvider<ClientRegistrationRepository> providers) {
    this.providers = providers;
  }

  /** Keeps in the session which sign-in at the provider it is; it opens nothing there. */
  static void begin(HttpServletRequest request, OidcUser user) {
    request.getSession().setAttribute(ID_TOKEN, user.getIdToken().getTokenValue());
  }

  /** Before the session ends. */
  @Override
  public void logout(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Authentication authentication) {
    if (request.getSession().getAttribute(ID_TOKEN) instanceof String idToken) {
      endpoint()
          .ifPresent(
              endpoint -> request.setAttribute(ADDRESS, address(endpoint, idToken, request)));
    }
  }

  @Override
  public void onLogoutSuccess(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Authentication authentication)
      throws IOException, ServletException {
    if (request.getAttribute(ADDRESS) instanceof String address) {
      // A redirect would be refused by the browser: our forms go to ourselves only.
      response.setHeader("Refresh", "0; url=" + address);
      request.getRequestDispatcher(PagePaths.SIGNED_OUT).forward(request, response);
    } else {
      response.sendRedirect(SIGNED_OUT);
    }
  }

  private Optional<String> endpoint() {
    return registration()
        .map(found -> found.getProviderDetails().getConfigurationMetadata())
        .map(metadata -> metadata.get("end_session_endpoint"))
        .map(Object::toString);
  }

  private Optional<ClientRegistration> registration() {
    return Optional.ofNullable(providers.getIfAvailable())
        .map(known -> known.findByRegistrationId(PROVIDER));
  }

  private String address(String endpoint, String idToken, HttpServletRequest request) {
    String back =
        ServletUriComponentsBuilder.fromContextPath(request).build().toUriString() + SIGNED_OUT;
    return UriComponentsBuilder.fromUriString(endpoint)
        .queryParam("id_token_hint", "{token}")
        .queryParam("client_id", "{client}")
        .queryParam("post_logout_redirect_uri", "{back}")
        .encode()
        .buildAndExpand(
            idToken, registration().map(ClientRegistration::getClientId).orElse(""), back)
        .toUriString();
  }
}
