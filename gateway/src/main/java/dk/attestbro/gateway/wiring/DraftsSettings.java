package dk.attestbro.gateway.wiring;

import java.time.Period;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** The settings under {@code attestbro.drafts.}; config/application.yaml explains each. */
@ConfigurationProperties("attestbro.drafts")
public record DraftsSettings(Period retention, int perParty) {}
