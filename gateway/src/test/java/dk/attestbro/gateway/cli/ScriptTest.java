package dk.attestbro.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is for bash")
class ScriptTest {
  private static final Path SCRIPT = Path.of("..", "attestbro").toAbsolutePath().normalize();

  private record Ended(int exit, String output) {}

  private static Ended run(Map<String, String> environment, String... line) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), output);
  }

  @Test
  void isGoodBash() throws Exception {
    assertThat(run(Map.of(), "bash", "-n", SCRIPT.toString())).isEqualTo(new Ended(0, ""));
  }

  @Test
  void refusesAnOldJavaWithOneClearLine(@TempDir Path home) throws Exception {
    fakeJava(home, "openjdk version \"11.0.2\" 2019-01-15");

    Ended ended = run(Map.of("JAVA_HOME", home.toString()), SCRIPT.toString(), "--version");

    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.output()).startsWith("attestbro: Java 17 or newer is needed;").hasLineCount(1);
  }

  @Test
  void saysSoWhereMavenIsNeededAndMissing(@TempDir Path folder) throws Exception {
    Path copy = Files.copy(SCRIPT, folder.resolve("attestbro"));
    Files.writeString(folder.resolve("pom.xml"), "<project/>");
    Path home = Files.createDirectories(folder.resolve("java"));
    fakeJava(home, "openjdk version \"17.0.1\" 2021-10-19");
    Path tools = Files.createDirectories(folder.resolve("bin"));
    for (String tool :
        new String[] {"bash", "dirname", "sed", "head", "find", "mkdir", "cat", "rm"}) {
      Files.createSymbolicLink(tools.resolve(tool), where(tool));
    }

    Ended ended =
        run(
            Map.of("JAVA_HOME", home.toString(), "PATH", tools.toString()),
            tools.resolve("bash").toString(),
            copy.toString(),
            "--version");

    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.output())
        .isEqualTo("attestbro: Maven 3.8 or newer is needed on PATH to build it.\n");
  }

  private static void fakeJava(Path home, String version) throws IOException {
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho '" + version + "' >&2\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
  }

  private static Path where(String tool) {
    for (String folder : System.getenv("PATH").split(":")) {
      if (Files.isExecutable(Path.of(folder, tool))) {
        return Path.of(folder, tool);
      }
    }
    throw new IllegalStateException("this machine has no " + tool);
  }
}
