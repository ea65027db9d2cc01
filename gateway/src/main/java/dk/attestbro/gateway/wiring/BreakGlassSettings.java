package dk.attestbro.gateway.wiring;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** The settings under {@code attestbro.break-glass.}; config/application.yaml explains each. */
@ConfigurationProperties("attestbro.break-glass")
public record BreakGlassSettings(boolean enabled, Duration waits, Duration lasts) {}
