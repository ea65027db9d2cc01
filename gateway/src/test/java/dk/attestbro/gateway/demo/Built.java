package dk.attestbro.gateway.demo;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The installation that this build has made, as the {@code attestbro} script runs it. */
final class Built {
  private static final Path FOLDER = Path.of("target", "attestbro").toAbsolutePath();

  private Built() {}

  /**
   * The command line of a gateway's command, with the Java of this process.
   *
   * @param jvm options for the JVM
   * @param more what follows the installation on the class path
   */
  static List<String> line(List<String> jvm, List<Path> more, List<String> command) {
    Path jar = FOLDER.resolve("attestbro.jar");
    if (!Files.exists(jar)) {
      throw new IllegalStateException("no installation in " + FOLDER + ": run mvn package first");
    }
    StringBuilder classPath = new StringBuilder(jar.toString());
    for (Path one : more) {
      classPath.append(File.pathSeparator).append(one.toAbsolutePath());
    }
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(
        List.of(
            "-Dattestbro.programs=" + FOLDER.resolve("postgres"),
            "-XX:SharedArchiveFile=" + FOLDER.resolve("attestbro.jsa"),
            "-Xlog:cds=off"));
    if (Runtime.version().feature() >= 24) {
      line.add("--enable-native-access=ALL-UNNAMED");
      line.add("--sun-misc-unsafe-memory-access=allow");
    }
    line.addAll(jvm);
    line.addAll(List.of("-cp", classPath.toString(), "dk.attestbro.gateway.cli.Attestbro"));
    line.addAll(command);
    return line;
  }
}
