package dk.attestbro.gateway.wiring;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** The settings under {@code attestbro.alerts.}; config/application.yaml explains each. */
@ConfigurationProperties("attestbro.alerts")
public record AlertSettings(
    List<String> mail, String webhook, String secretFile, Duration repeatAfter) {}
