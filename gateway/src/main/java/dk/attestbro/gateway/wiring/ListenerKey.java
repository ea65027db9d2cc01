package dk.attestbro.gateway.wiring;

import dk.attestbro.crypto.KeySource;
import dk.attestbro.crypto.KeySource.Kind;
import dk.attestbro.crypto.KeySource.Password;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;

/** Where the listener's own key is, as {@code server.ssl} names it. */
final class ListenerKey {
  private static final String SETTING = "server.ssl";
  private static final String FILE = "file:";

  private ListenerKey() {}

  /**
   * The source; none without TLS.
   *
   * @throws StartRefused where it is named in a way that is not read
   */
  static Optional<KeySource> of(ServerProperties server) {
    Ssl ssl = server.getSsl();
    if (ssl == null || !ssl.isEnabled()) {
      return Optional.empty();
    }
    if (ssl.getBundle() != null) {
      throw new StartRefused(
          SETTING
              + ".bundle is not read; the operator names the files in server.ssl.certificate and"
              + " server.ssl.certificate-private-key, or in attestbro.keys.listener");
    }
    if (ssl.getCertificate() != null) {
      Path certificates = path(ssl.getCertificate());
      Path key =
          ssl.getCertificatePrivateKey() == null
              ? certificates
              : path(ssl.getCertificatePrivateKey());
      return Optional.of(
          source(Kind.PEM, key, Optional.of(certificates), ssl, ssl.getKeyStorePassword()));
    }
    if (ssl.getKeyStore() != null) {
      return Optional.of(
          source(
              Kind.PKCS12,
              path(ssl.getKeyStore()),
              Optional.empty(),
              ssl,
              ssl.getKeyStorePassword()));
    }
    return Optional.empty();
  }

  private static KeySource source(
      Kind kind, Path file, Optional<Path> certificates, Ssl ssl, @Nullable String password) {
    return new KeySource(
        SETTING,
        kind,
        file,
        certificates,
        Optional.ofNullable(ssl.getKeyAlias()),
        new Password(Optional.empty(), password == null ? "" : password),
        false);
  }

  private static Path path(String location) {
    if (location.startsWith("-----") || location.startsWith("classpath:")) {
      throw new StartRefused(
          SETTING + " must name files, so that a new certificate can be taken without a restart");
    }
    return Path.of(location.startsWith(FILE) ? location.substring(FILE.length()) : location);
  }
}
