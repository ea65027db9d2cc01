package dk.attestbro.gateway.cli;

import dk.attestbro.crypto.KeySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What settings name and a backup does not hold, because it lies neither in the configuration nor
 * in the data folder: keys, passwords, roots. Whoever keeps these keeps them elsewhere; a restore
 * asks for them.
 */
final class FilesElsewhere {
  private static final String TOKEN = "token";

  /**
   * One file or folder.
   *
   * @param setting what names it
   * @param token whether it describes a token: the keys in there are in no file
   */
  record Named(String setting, Path file, boolean token) {
    boolean isMissing() {
      return !Files.isReadable(file);
    }

    @Override
    public String toString() {
      return setting
          + ": "
          + file
          + (token ? " (the keys in this token cannot be copied: keep what restores them)" : "");
    }
  }

  private FilesElsewhere() {}

  /**
   * As this configuration names them.
   *
   * @throws CommandFailed where application.yaml cannot be read
   */
  static List<Named> of(Path config, Path data) {
    SettingsFile settings = SettingsFile.in(config);
    Map<Path, Named> named = new TreeMap<>();
    List<KeySource> keys = new ArrayList<>(settings.keys().named().values());
    keys.addAll(settings.keys().retiredSources());
    for (KeySource key : keys) {
      for (Path file : key.files()) {
        boolean token = key.kind() == KeySource.Kind.PKCS11 && file.equals(key.file());
        named.put(file, new Named(key.setting(), file, token));
      }
    }
    settings
        .written()
        .forEach(
            (setting, value) ->
                path(value)
                    .ifPresent(file -> named.putIfAbsent(file, new Named(setting, file, false))));
    return named.values().stream()
        .filter(one -> !isIn(config, one.file()) && !isIn(data, one.file()))
        .toList();
  }

  /** What a setting says, where that is a file or folder; a single word is none. */
  private static Optional<Path> path(String value) {
    try {
      return value.contains("/")
          ? Optional.of(Path.of(value)).filter(Files::exists)
          : Optional.empty();
    } catch (InvalidPathException other) {
      return Optional.empty();
    }
  }

  private static boolean isIn(Path folder, Path file) {
    return file.toAbsolutePath().normalize().startsWith(folder.toAbsolutePath().normalize());
  }

  /** Notes them, one a line. */
  static void write(List<Named> all, Path list) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Named one : all) {
      lines.add(one.setting() + "\t" + one.file() + (one.token() ? "\t" + TOKEN : ""));
    }
    Files.write(list, lines);
  }

  /** What {@link #write} noted; nothing where a backup has no such note. */
  static List<Named> read(Path list) throws IOException {
    List<Named> all = new ArrayList<>();
    if (Files.exists(list)) {
      for (String line : Files.readAllLines(list)) {
        String[] parts = line.split("\t");
        if (parts.length < 2) {
          throw new IOException(list + " is damaged");
        }
        all.add(new Named(parts[0], Path.of(parts[1]), parts.length > 2));
      }
    }
    return all;
  }
}
