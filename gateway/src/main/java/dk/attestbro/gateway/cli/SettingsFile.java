package dk.attestbro.gateway.cli;

import dk.attestbro.gateway.wiring.KeysProperties;
import dk.attestbro.gateway.wiring.StartRefused;
import dk.attestbro.gateway.wiring.WrittenSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The settings of an installation that does not run: application.yaml, and the environment. */
final class SettingsFile {
  private final StandardEnvironment environment = new StandardEnvironment();
  private final Map<String, String> written = new TreeMap<>();

  private SettingsFile() {}

  /**
   * Those of this folder; none where it has no such file.
   *
   * @throws CommandFailed where it cannot be read
   */
  static SettingsFile in(Path config) {
    SettingsFile settings = new SettingsFile();
    try {
      WrittenSettings.in(config).sources().forEach(settings::add);
    } catch (StartRefused unreadable) {
      throw CommandFailed.failed(String.valueOf(unreadable.getMessage()));
    }
    return settings;
  }

  private void add(PropertySource<?> source) {
    environment.getPropertySources().addLast(source);
    if (source instanceof EnumerablePropertySource<?> all) {
      for (String name : all.getPropertyNames()) {
        written.put(name, environment.resolvePlaceholders(String.valueOf(all.getProperty(name))));
      }
    }
  }

  /** Where the gateway's own keys come from; passwords come by the environment too. */
  KeysProperties keys() {
    return Binder.get(environment).bindOrCreate("attestbro.keys", KeysProperties.class);
  }

  /** What the file says, by the setting's full name. */
  Map<String, String> written() {
    return written;
  }
}
