package dk.attestbro.gateway.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder that a demo or a bench makes for itself and empties at the next start. A marker file
 * says that it is ours: a folder with anything else in it is never touched.
 */
final class WorkFolder {
  private static final String MARKER = ".attestbro-throwaway";

  /** The script makes it before Java starts: temporary files go there. */
  private static final String TEMPORARY = "tmp";

  private WorkFolder() {}

  /**
   * The folder, empty but for the marker and temporary files.
   *
   * @throws StepFailed where it holds something that no demo or bench has put there
   */
  static Path fresh(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path marker = folder.resolve(MARKER);
    List<Path> content;
    try (Stream<Path> found = Files.list(folder)) {
      content = found.filter(path -> !path.equals(folder.resolve(TEMPORARY))).toList();
    }
    if (!content.isEmpty() && !Files.exists(marker)) {
      throw new StepFailed(folder + " holds something else than a demo; name another with --data");
    }
    for (Path path : content) {
      delete(path);
    }
    Files.createDirectories(folder.resolve(TEMPORARY));
    Files.writeString(marker, "Made by a demo or a bench; emptied at the next one.\n");
    return folder.toAbsolutePath().normalize();
  }

  /** The folder or file with all that is in it. */
  static void delete(Path tree) throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
