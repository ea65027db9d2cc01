package dk.attestbro.gateway.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/** What an operator wrote wrong in application.yaml is told with its place. */
class WrittenSettingsTest {
  private static final Path SHIPPED = Path.of("../config");

  @TempDir private Path config;

  @Test
  void aNameThatNothingKnowsIsToldWithItsLine() throws IOException {
    write(
        """
        attestbro:
          leese: 10s
          mail:
            accounts:
              tunnel: {host: mail.example.dk, folder: INBOX}
            smtp: {hostname: mail.example.dk}
          keys:
            retired: [{kind: pem, file: old.pem}]
          profiles:
            care-communication-message: https://example.org/profile
          maxDepth: 50
        spring:
          whatever: 1
        """);

    assertThat(WrittenSettings.in(config).unknown())
        .containsExactlyInAnyOrder(
            "attestbro.leese (" + file() + ", line 2)",
            "attestbro.mail.smtp.hostname (" + file() + ", line 6)");
  }

  @Test
  void everySettingThatIsShippedOrReadIsKnown() throws Exception {
    assertThat(WrittenSettings.in(SHIPPED).unknown()).isEmpty();

    Set<String> read = new TreeSet<>();
    ClassPathScanningCandidateComponentProvider scan =
        new ClassPathScanningCandidateComponentProvider(false);
    scan.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
    for (var found : scan.findCandidateComponents("dk.attestbro.gateway")) {
      Class<?> type = Class.forName(found.getBeanClassName());
      names(type.getAnnotation(ConfigurationProperties.class).value(), type).forEach(read::add);
    }
    assertThat(read).hasSizeGreaterThan(100);
    write(String.join("\n", read.stream().map(name -> name + ": 1").toList()));
    // Both are options of the commands, and come before every file.
    assertThat(WrittenSettings.in(config).unknown())
        .hasSize(2)
        .allMatch(
            name -> name.startsWith("attestbro.config ") || name.startsWith("attestbro.data "));
  }

  @Test
  void aFileThatIsNoYamlIsToldWithThePlaceAndNothingElse() throws IOException {
    write("attestbro:\n  max-depth: [1\n");

    assertThatThrownBy(() -> WrittenSettings.in(config))
        .isInstanceOf(StartRefused.class)
        .hasMessage(file() + ", line 3, column 1: expected ',' or ']', but got <stream end>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*hunter2", "!hunter2", "@hunter2", "\"hunter2", "[hunter2, hunter2: &x"})
  void whatMayBeAPasswordIsNotRepeated(String value) throws IOException {
    write("spring:\n  datasource:\n    password: " + value + "\n");

    assertThatThrownBy(() -> WrittenSettings.in(config))
        .isInstanceOf(StartRefused.class)
        .message()
        .contains("application.yaml, line ")
        .doesNotContain("hunter2");
  }

  @Test
  void aFolderInItsPlaceIsTold() throws IOException {
    Files.createDirectory(file());

    assertThatThrownBy(() -> WrittenSettings.in(config))
        .isInstanceOf(StartRefused.class)
        .hasMessage(file() + " cannot be read: it is a folder");
  }

  @Test
  void aValueThatIsNoneIsToldWithItsNameAndLine() throws IOException {
    write("attestbro:\n  lease: banana\n");
    Binder binder =
        new Binder(ConfigurationPropertySources.from(WrittenSettings.in(config).sources()));

    assertThatThrownBy(
            () -> {
              try {
                binder.bindOrCreate("attestbro", GatewaySettings.class);
              } catch (RuntimeException unbound) {
                throw StartRefused.of(unbound);
              }
            })
        .hasMessage("attestbro.lease (" + file() + ", line 2): 'banana' is not a valid duration");
  }

  private Path file() {
    return config.resolve("application.yaml");
  }

  private void write(String yaml) throws IOException {
    Files.writeString(file(), yaml);
  }

  private static Stream<String> names(String prefix, Class<?> type) {
    return Stream.of(type.getRecordComponents())
        .flatMap(
            component -> {
              String name = prefix + "." + dashed(component);
              return component.getType().isRecord()
                  ? names(name, component.getType())
                  : Stream.of(name);
            });
  }

  private static String dashed(RecordComponent component) {
    return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
