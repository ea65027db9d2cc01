package dk.attestbro.gateway.wiring;

import dk.attestbro.crypto.JwtVerification;
import dk.attestbro.gateway.api.JwtCallers;
import dk.attestbro.gateway.pages.OidcStaff;
import dk.attestbro.port.DirectorySource;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tokens of an identity provider for the API, where there is one. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JwtSettings.class)
class JwtConfiguration {
  @Bean
  @ConditionalOnExpression("!'${attestbro.api.jwt.issuer:}'.isBlank()")
  JwtCallers jwtCallers(JwtSettings settings, DirectorySource directory, Clock clock) {
    return new JwtCallers(
        new JwtVerification(settings.issuer(), settings.audience(), clock),
        new OidcStaff(settings.claims(), directory)::staff);
  }
}
