package dk.attestbro.gateway.wiring;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** The settings under {@code attestbro.circuit.}; config/application.yaml explains each. */
@ConfigurationProperties("attestbro.circuit")
public record CircuitSettings(int failures, Duration firstWait, Duration longestWait) {}
