package dk.attestbro.gateway.wiring;

import dk.attestbro.crypto.KeySource;
import dk.attestbro.crypto.KeySource.Kind;
import dk.attestbro.crypto.KeySource.Password;
import dk.attestbro.crypto.OwnKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings under {@code attestbro.keys}; config/application.yaml explains each.
 *
 * @param poll how often the files are looked at for changes
 * @param retired keys that still open what was encrypted to them
 */
@ConfigurationProperties("attestbro.keys")
public record KeysProperties(
    @DefaultValue("2s") Duration poll,
    @DefaultValue Source receipts,
    @DefaultValue Source signing,
    @DefaultValue Source encryption,
    @DefaultValue Source tlsClient,
    @DefaultValue Source listener,
    @DefaultValue List<Source> retired) {
  private static final String PREFIX = "attestbro.keys.";

  /** One key; without a file, where it was before there were settings. */
  public record Source(
      @DefaultValue("pem") Kind kind,
      @DefaultValue("") String file,
      @DefaultValue("") String certificates,
      @DefaultValue("") String alias,
      @DefaultValue("") String passwordFile,
      @DefaultValue("") String password) {
    KeySource named(String setting) {
      return new KeySource(
          setting,
          kind,
          Path.of(file),
          path(certificates),
          Optional.of(alias).filter(name -> !name.isBlank()),
          new Password(path(passwordFile), password),
          true);
    }

    private static Optional<Path> path(String text) {
      return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
    }

    /** Never the password. */
    @Override
    public String toString() {
      return "Source[" + kind + " " + file + "]";
    }
  }

  /** The keys with a source of their own. */
  public Map<OwnKey, KeySource> named() {
    Map<OwnKey, KeySource> named = new EnumMap<>(OwnKey.class);
    for (OwnKey use : OwnKey.values()) {
      Source source =
          switch (use) {
            case RECEIPTS -> receipts;
            case SIGNING -> signing;
            case ENCRYPTION -> encryption;
            case TLS_CLIENT -> tlsClient;
            case LISTENER -> listener;
          };
      if (!source.file().isBlank()) {
        named.put(use, source.named(PREFIX + use.label()));
      }
    }
    return named;
  }

  /**
   * The sources of retired keys.
   *
   * @throws StartRefused where one has no file
   */
  public List<KeySource> retiredSources() {
    List<KeySource> sources = new ArrayList<>();
    for (int i = 0; i < retired.size(); i++) {
      String setting = PREFIX + "retired[" + i + "]";
      if (retired.get(i).file().isBlank()) {
        throw new StartRefused(setting + ".file is empty; the operator names the key's file");
      }
      sources.add(retired.get(i).named(setting));
    }
    return sources;
  }
}
