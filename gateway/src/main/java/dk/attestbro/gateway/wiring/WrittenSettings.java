package dk.attestbro.gateway.wiring;

import dk.attestbro.directory.FileTrouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.parser.ParserException;

/** An installation's {@code application.yaml} as it is written, before anything is made of it. */
public final class WrittenSettings {
  private static final String OURS = "attestbro.";

  private final List<PropertySource<?>> sources;

  private WrittenSettings(List<PropertySource<?>> sources) {
    this.sources = List.copyOf(sources);
  }

  /**
   * That of this folder; none where it has no such file.
   *
   * @throws StartRefused where it cannot be read, saying where in the file
   */
  public static WrittenSettings in(Path config) {
    Path file = config.resolve("application.yaml");
    if (!Files.exists(file)) {
      return new WrittenSettings(List.of());
    }
    if (Files.isDirectory(file)) {
      throw new StartRefused(file + " cannot be read: it is a folder");
    }
    try {
      return new WrittenSettings(load(new FileSystemResource(file)));
    } catch (MarkedYAMLException broken) {
      throw new StartRefused(file + place(broken.getProblemMark()) + ": " + problem(broken));
    } catch (IOException unreadable) {
      throw new StartRefused(file + " cannot be read: " + FileTrouble.of(unreadable));
    } catch (RuntimeException noSettings) {
      throw new StartRefused(file + " cannot be read: it is no YAML of names and values");
    }
  }

  /** What is written, in Spring's form; each document of the file by itself. */
  public List<PropertySource<?>> sources() {
    return sources;
  }

  /**
   * The settings under {@code attestbro} that no part of the gateway knows, each with its line. A
   * name that is written wrong leaves the default standing.
   */
  List<String> unknown() {
    Set<String> known =
        own().stream()
            .flatMap(WrittenSettings::names)
            .map(WrittenSettings::uniform)
            .collect(Collectors.toUnmodifiableSet());
    List<String> unknown = new ArrayList<>();
    for (PropertySource<?> source : sources) {
      names(source)
          .filter(name -> name.startsWith(OURS) && !isKnown(uniform(name), known))
          .forEach(
              name -> unknown.add(name + " (" + place(OriginLookup.getOrigin(source, name)) + ")"));
    }
    return unknown;
  }

  /** What may be named freely, or stand several times, is empty in the defaults. */
  private static boolean isKnown(String name, Set<String> known) {
    if (known.contains(name)) {
      return true;
    }
    for (int at = name.lastIndexOf('.'); at > 0; at = name.lastIndexOf('.', at - 1)) {
      if (known.contains(name.substring(0, at))) {
        return true;
      }
    }
    return false;
  }

  /** As Spring compares names: case, dashes and the places of a list make no difference. */
  private static String uniform(String name) {
    return name.replaceAll("\\[[^\\]]*\\]", "")
        .replace("-", "")
        .replace("_", "")
        .toLowerCase(Locale.ROOT);
  }

  private static Stream<String> names(PropertySource<?> source) {
    return source instanceof EnumerablePropertySource<?> all
        ? Stream.of(all.getPropertyNames())
        : Stream.empty();
  }

  /** Where a value comes from: file and line, or what else Spring knows of it. */
  static String place(@Nullable Origin origin) {
    if (origin instanceof PropertySourceOrigin within && within.getOrigin() != null) {
      return place(within.getOrigin());
    }
    if (origin instanceof TextResourceOrigin text
        && text.getResource() != null
        && text.getLocation() != null) {
      try {
        return text.getResource().getFile() + ", line " + (text.getLocation().getLine() + 1);
      } catch (IOException noFile) {
        return String.valueOf(origin);
      }
    }
    return String.valueOf(origin);
  }

  private static String place(@Nullable Mark mark) {
    return mark == null
        ? ""
        : ", line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
  }

  /** SECURITY: only the parser's words name kinds of tokens alone; others quote what is written. */
  private static String problem(MarkedYAMLException broken) {
    return broken instanceof ParserException
        ? broken.getProblem()
        : "this is no YAML; a value that begins with * & ! | > @ % or ` stands in quotes";
  }

  private static List<PropertySource<?>> own() {
    try {
      return load(new ClassPathResource("application.yaml"));
    } catch (IOException impossible) {
      throw new UncheckedIOException("the defaults are part of the program", impossible);
    }
  }

  private static List<PropertySource<?>> load(Resource resource) throws IOException {
    return new YamlPropertySourceLoader().load("settings", resource);
  }
}
