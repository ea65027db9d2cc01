package dk.attestbro.gateway.wiring;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The settings under {@code attestbro.files.}; config/application.yaml explains each. */
@ConfigurationProperties("attestbro.files")
record FilesSettings(
    @DefaultValue("5s") Duration poll,
    @DefaultValue("5s") Duration stable,
    @DefaultValue("5m") Duration claim,
    @DefaultValue("true") boolean keep,
    @DefaultValue("100") int perTurn) {}
