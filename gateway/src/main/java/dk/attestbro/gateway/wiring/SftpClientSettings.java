package dk.attestbro.gateway.wiring;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The settings under {@code attestbro.sftp.}; config/application.yaml explains each. */
@ConfigurationProperties("attestbro.sftp")
record SftpClientSettings(
    @DefaultValue("") String privateKey,
    @DefaultValue("") String knownHosts,
    @DefaultValue("10s") Duration connectTimeout,
    @DefaultValue("60s") Duration responseTimeout) {}
