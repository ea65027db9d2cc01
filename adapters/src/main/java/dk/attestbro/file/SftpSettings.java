package dk.attestbro.file;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How SFTP servers are reached: the gateway's own private key (PEM) and the servers' known keys
 * (OpenSSH's known_hosts). Without both there is no SFTP.
 */
public record SftpSettings(
    Optional<Path> privateKey,
    Optional<Path> knownHosts,
    Duration connectTimeout,
    Duration responseTimeout) {}
