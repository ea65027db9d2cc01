package dk.attestbro.gateway.api;

import dk.attestbro.model.Refusal;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.CallerIdentification;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * Who may call what. No sessions, no cookies, no forms: each call brings its credentials. What is
 * not named here needs a caller.
 */
@Configuration(proxyBeanMethods = false)
class ApiSecurity {
  /** Whoever can reach the gateway may look at these. */
  private static final String[] OPEN = {
    "/actuator/health",
    "/actuator/health/liveness",
    "/actuator/health/readiness",
    "/.well-known/jwks.json",
    "/.well-known/attestbro.pem",
    "/openapi.json"
  };

  /** SECURITY: its presence keeps Spring Boot from making a user with a password of its own. */
  @Bean
  AuthenticationManager noPasswords() {
    return authentication -> {
      throw new IllegalStateException("callers are told by CallerFilter only");
    };
  }

  /** An observation of every filter of every call costs, and tells nothing that is asked for. */
  @Bean
  SecurityObservationSettings noObservationsOfFilters() {
    return SecurityObservationSettings.noObservations();
  }

  /** A method that nobody knows is refused as one that the address does not know (405). */
  @Bean
  HttpFirewall anyMethodIsTheAddressesToJudge() {
    StrictHttpFirewall firewall = new StrictHttpFirewall();
    firewall.setUnsafeAllowAnyHttpMethod(true);
    return firewall;
  }

  @Bean
  SecurityFilterChain apiSecurityChain(
      HttpSecurity http,
      CallerIdentification identification,
      ObjectProvider<JwtCallers> issued,
      ErrorAnswers errors)
      throws Exception {
    http.csrf(AbstractHttpConfigurer::disable)
        .formLogin(AbstractHttpConfigurer::disable)
        .httpBasic(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .addFilterBefore(
            new CallerFilter(identification, Optional.ofNullable(issued.getIfAvailable())),
            AnonymousAuthenticationFilter.class)
        .exceptionHandling(
            e ->
                e.authenticationEntryPoint(
                        (request, response, cause) ->
                            errors.send(request, response, unauthenticated(request)))
                    .accessDeniedHandler(
                        (request, response, cause) ->
                            errors.send(request, response, Refusal.of(RefusalReason.NOT_ALLOWED))))
        .authorizeHttpRequests(
            rules ->
                rules
                    .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                    .permitAll()
                    .requestMatchers(HttpMethod.GET, OPEN)
                    .permitAll()
                    .requestMatchers(HttpMethod.HEAD, OPEN)
                    .permitAll()
                    .requestMatchers("/actuator/prometheus")
                    .access(ApiSecurity::loopbackOrOperator)
                    .requestMatchers("/actuator/**", "/api/v1/operations/**")
                    .hasAuthority(CallerAuthentication.OPERATOR)
                    .requestMatchers("/api/v1/forms", "/api/v1/forms/*", "/api/v1/statistics")
                    .authenticated()
                    .requestMatchers("/fhir/**", "/api/**")
                    .hasAuthority(CallerAuthentication.PARTY)
                    .anyRequest()
                    .authenticated());
    return http.build();
  }

  private static Refusal unauthenticated(HttpServletRequest request) {
    return request.getAttribute(CallerFilter.REJECTED) instanceof Refusal rejected
        ? rejected
        : Refusal.of(RefusalReason.CREDENTIALS_MISSING);
  }

  private static AuthorizationDecision loopbackOrOperator(
      Supplier<? extends Authentication> authentication, RequestAuthorizationContext context) {
    HttpServletRequest request = context.getRequest();
    boolean operator =
        authentication.get().getAuthorities().stream()
            .anyMatch(a -> CallerAuthentication.OPERATOR.equals(a.getAuthority()));
    return new AuthorizationDecision(operator || isFromThisMachine(request));
  }

  /** SECURITY: what a proxy on this machine passes on is not from this machine. */
  private static boolean isFromThisMachine(HttpServletRequest request) {
    boolean passedOn =
        request.getHeader("Forwarded") != null || request.getHeader("X-Forwarded-For") != null;
    try {
      return !passedOn && InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress();
    } catch (UnknownHostException notAnAddress) {
      return false;
    }
  }
}
