package dk.attestbro.gateway.pages;

import dk.attestbro.port.AccessLog;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.StaffDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.core.Ordered;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.SupplierClientRegistrationRepository;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * What the pages share. It needs beans of: {@code AccessLog}, {@code Clock}, {@code
 * DirectorySource} and {@code StaffDirectory}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PagesSettings.class)
@Import({PagesSecurity.class, PageErrors.class, FrontPages.class})
public class PagesConfiguration {
  static final String PROVIDER_LINK = "/oauth2/authorization/" + ProviderSignOut.PROVIDER;

  /** Longer, and a new release would look like the old one. */
  private static final Duration ASSETS_ARE_KEPT = Duration.ofHours(1);

  @Bean
  MessageSource messageSource() {
    ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
    messages.setBasenames("pages/messages", "counter/messages", "desk/messages");
    messages.setDefaultEncoding(StandardCharsets.UTF_8.name());
    messages.setDefaultLocale(Languages.DANISH);
    return messages;
  }

  @Bean
  LocaleResolver localeResolver(Languages languages) {
    return languages;
  }

  @Bean
  Languages languages() {
    return new Languages();
  }

  @Bean
  Frame frame(List<Navigation> parts) {
    return new Frame(parts);
  }

  @Bean
  Shown shown(DirectorySource directory) {
    return new Shown(directory);
  }

  @Bean
  LetterSheet letterSheet(MessageSource messages, Shown shown) {
    return new LetterSheet(messages, shown);
  }

  @Bean
  PageFields fields(MessageSource messages, Shown shown) {
    return new PageFields(messages, shown);
  }

  @Bean
  WebMvcConfigurer assets() {
    return new WebMvcConfigurer() {
      @Override
      public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry
            .addResourceHandler(PagePaths.ASSETS + "/**")
            .addResourceLocations("classpath:/pages/assets/", htmx())
            .setCacheControl(CacheControl.maxAge(ASSETS_ARE_KEPT));
      }
    };
  }

  /** Where the script's library lies, whatever its version. */
  private static String htmx() {
    try {
      Resource[] found =
          new PathMatchingResourcePatternResolver()
              .getResources("classpath*:/META-INF/resources/webjars/htmx.org/*/dist/htmx.min.js");
      return found[0].getURL().toString().replace("htmx.min.js", "");
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the library of the pages' script is missing", unreadable);
    }
  }

  @Bean
  HttpSessionSecurityContextRepository pageContexts() {
    return new HttpSessionSecurityContextRepository();
  }

  @Bean
  PasswordEncoder passwords() {
    return Passwords.encoder();
  }

  @Bean
  AuthenticationProvider signInByPassword(
      StaffDirectory users,
      DirectorySource directory,
      PasswordEncoder passwords,
      PagesSettings settings,
      Clock clock) {
    SignInLimits limits = new SignInLimits(settings.attempts(), settings.attemptsPer(), clock);
    return new SignInByPassword(users, directory, limits, passwords);
  }

  @Bean
  StaffSessions staffSessions(StaffDirectory users, PagesSettings settings, Clock clock) {
    return new StaffSessions(users, settings.longest(), clock);
  }

  @Bean
  SignInOutcomes signInOutcomes(
      AccessLog log,
      StaffDirectory users,
      DirectorySource directory,
      PagesSettings settings,
      HttpSessionSecurityContextRepository contexts,
      Clock clock) {
    return new SignInOutcomes(
        new SignInNotes(log, clock),
        users,
        new OidcStaff(settings.oidc().claims(), directory),
        contexts,
        clock);
  }

  /** The innermost of all filters: what it stops, no other has seen. */
  @Bean
  FilterRegistrationBean<PageFailures> pageFailures() {
    FilterRegistrationBean<PageFailures> filter = new FilterRegistrationBean<>(new PageFailures());
    filter.setOrder(Ordered.LOWEST_PRECEDENCE);
    return filter;
  }

  /** The provider is asked about itself at the first sign-in: it need not be up at our start. */
  @Bean
  @ConditionalOnExpression("!'${attestbro.sign-in.oidc.issuer:}'.isBlank()")
  ClientRegistrationRepository identityProviders(PagesSettings settings) {
    PagesSettings.Oidc oidc = settings.oidc();
    return new SupplierClientRegistrationRepository(
        () -> new InMemoryClientRegistrationRepository(registration(oidc)));
  }

  private static ClientRegistration registration(PagesSettings.Oidc oidc) {
    ClientRegistration.Builder registration =
        ClientRegistrations.fromIssuerLocation(oidc.issuer())
            .registrationId(ProviderSignOut.PROVIDER)
            .clientId(oidc.clientId())
            .scope(oidc.scopes().split(" ", -1))
            // SECURITY: a code that is caught on its way is worth nothing without what we kept.
            .clientSettings(
                ClientRegistration.ClientSettings.builder().requireProofKey(true).build());
    return oidc.clientSecretFile().isBlank()
        ? registration.clientAuthenticationMethod(ClientAuthenticationMethod.NONE).build()
        : registration.clientSecret(secret(oidc.clientSecretFile())).build();
  }

  private static String secret(String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(
          "attestbro.sign-in.oidc.client-secret-file cannot be read", unreadable);
    }
  }
}
