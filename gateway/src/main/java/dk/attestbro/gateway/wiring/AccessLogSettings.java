package dk.attestbro.gateway.wiring;

import java.time.Period;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** The settings under {@code attestbro.access-log.}; config/application.yaml explains each. */
@ConfigurationProperties("attestbro.access-log")
public record AccessLogSettings(Period retention) {}
