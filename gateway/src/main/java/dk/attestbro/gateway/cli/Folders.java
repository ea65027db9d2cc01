package dk.attestbro.gateway.cli;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The folders that commands use unless told otherwise: {@code config} and {@code data} beside the
 * {@code attestbro} script (system property {@code attestbro.home}), else in the working folder.
 */
final class Folders {
  private Folders() {}

  static Path config(Optional<Path> given) {
    return given.orElseGet(() -> home().resolve("config"));
  }

  static Path data(Optional<Path> given) {
    return given.orElseGet(() -> home().resolve("data"));
  }

  private static Path home() {
    return Path.of(System.getProperty("attestbro.home", ""));
  }
}
