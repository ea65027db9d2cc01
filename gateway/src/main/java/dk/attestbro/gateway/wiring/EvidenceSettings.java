package dk.attestbro.gateway.wiring;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** The settings under {@code attestbro.evidence.}; config/application.yaml explains each. */
@ConfigurationProperties("attestbro.evidence")
public record EvidenceSettings(Duration checkpointPeriod, Duration longestWithoutCheckpoint) {}
