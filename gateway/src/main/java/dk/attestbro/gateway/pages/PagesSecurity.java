package dk.attestbro.gateway.pages;

import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.StaffRole;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.annotation.authentication.builders.AuthenticationManagerBuilder;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Who may see which page. A session counts here and nowhere else; a token counts nowhere here. */
@Configuration(proxyBeanMethods = false)
class PagesSecurity {
  private static final String CONTENT =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self';"
          + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private static final String[] DESK_ROLES = {
    StaffAuthentication.authority(StaffRole.OPERATOR),
    StaffAuthentication.authority(StaffRole.LEAD),
    StaffAuthentication.authority(StaffRole.AUDITOR)
  };

  private static final String[] COUNTER_ROLES = {
    StaffAuthentication.authority(StaffRole.CASEWORKER),
    StaffAuthentication.authority(StaffRole.CLINICIAN)
  };

  @Bean
  @Order(1)
  SecurityFilterChain pagesSecurityChain(
      HttpSecurity http,
      AuthenticationProvider signInByPassword,
      HttpSessionSecurityContextRepository contexts,
      SignInOutcomes outcomes,
      StaffSessions sessions,
      ObjectProvider<ClientRegistrationRepository> providers)
      throws Exception {
    ProviderSignOut providerSignOut = new ProviderSignOut(providers);
    // SECURITY: without a parent, what this list refuses nobody else is asked about.
    http.getSharedObject(AuthenticationManagerBuilder.class).parentAuthenticationManager(null);
    http.securityMatcher(PagePaths::isPage)
        .authenticationProvider(signInByPassword)
        .securityContext(s -> s.securityContextRepository(contexts))
        .headers(
            h ->
                h.contentSecurityPolicy(c -> c.policyDirectives(CONTENT))
                    .referrerPolicy(r -> r.policy(ReferrerPolicy.NO_REFERRER)))
        .formLogin(
            f ->
                f.loginPage(PagePaths.SIGN_IN)
                    .usernameParameter(SignInOutcomes.USER)
                    .successHandler(outcomes)
                    .failureHandler(outcomes))
        .logout(
            l ->
                l.logoutUrl(PagePaths.SIGN_OUT)
                    .addLogoutHandler(outcomes)
                    .addLogoutHandler(providerSignOut)
                    .logoutSuccessHandler(providerSignOut))
        .addFilterBefore(new UploadsOfStaffOnly(contexts), CsrfFilter.class)
        .addFilterBefore(sessions, AnonymousAuthenticationFilter.class)
        .exceptionHandling(
            e ->
                e.authenticationEntryPoint(PagesSecurity::signInFirst)
                    .accessDeniedHandler(
                        (request, response, cause) ->
                            PageErrors.forward(request, response, RefusalReason.NOT_ALLOWED)))
        .authorizeHttpRequests(
            rules ->
                rules
                    .dispatcherTypeMatchers(
                        DispatcherType.FORWARD, DispatcherType.ERROR, DispatcherType.ASYNC)
                    .permitAll()
                    .requestMatchers(PagePaths.DESK, PagePaths.DESK + "/**")
                    .hasAnyAuthority(DESK_ROLES)
                    .requestMatchers(PagePaths.COUNTER, PagePaths.COUNTER + "/**")
                    .hasAnyAuthority(COUNTER_ROLES)
                    .anyRequest()
                    .permitAll());
    if (providers.getIfAvailable() != null) {
      http.oauth2Login(
          o ->
              o.loginPage(PagePaths.SIGN_IN)
                  .authorizedClientRepository(new KeepsNoTokens())
                  .successHandler(outcomes)
                  .failureHandler(outcomes));
    }
    return http.build();
  }

  /** A part of a page that a script asked for cannot become the sign-in page. */
  private static void signInFirst(
      HttpServletRequest request, HttpServletResponse response, Exception cause)
      throws IOException, ServletException {
    if (request.getHeader("HX-Request") == null) {
      new LoginUrlAuthenticationEntryPoint(PagePaths.SIGN_IN)
          .commence(
              request,
              response,
              new org.springframework.security.authentication.InsufficientAuthenticationException(
                  "nobody"));
    } else {
      response.setHeader("HX-Redirect", PagePaths.SIGN_IN);
      response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    }
  }

  /** The provider told who it is, and nothing else is asked of it afterwards. */
  private static final class KeepsNoTokens implements OAuth2AuthorizedClientRepository {
    @Override
    public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(
        String registration, Authentication whose, HttpServletRequest request) {
      return null;
    }

    @Override
    public void saveAuthorizedClient(
        OAuth2AuthorizedClient client,
        Authentication whose,
        HttpServletRequest request,
        HttpServletResponse response) {
      // Not kept.
    }

    @Override
    public void removeAuthorizedClient(
        String registration,
        Authentication whose,
        HttpServletRequest request,
        HttpServletResponse response) {
      // Nothing is kept.
    }
  }
}
