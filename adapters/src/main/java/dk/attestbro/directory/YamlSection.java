package dk.attestbro.directory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dk.attestbro.directory.DirectoryInvalid.Mistake;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One mapping of a YAML file, read key by key. What is wrong is noted, with its place, and reading
 * goes on, so that an operator sees every mistake at once.
 */
final class YamlSection {
  private static final ObjectMapper YAML =
      new YAMLMapper(
          YAMLFactory.builder()
              .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, true)
              .build());

  private final JsonNode node;
  private final String where;
  private final List<Mistake> mistakes;

  private YamlSection(JsonNode node, String where, List<Mistake> mistakes) {
    this.node = node;
    this.where = where;
    this.mistakes = mistakes;
  }

  /**
   * The whole file.
   *
   * @throws DirectoryInvalid where it is no YAML, or no mapping
   */
  static YamlSection parse(Path file, String text, List<Mistake> mistakes) {
    JsonNode tree;
    try {
      tree = YAML.readTree(text);
    } catch (JsonProcessingException unreadable) {
      String line =
          unreadable.getLocation() == null ? "" : "line " + unreadable.getLocation().getLineNr();
      throw new DirectoryInvalid(
          file.toString(),
          List.of(new Mistake(line, "cannot be read as YAML: " + unreadable.getOriginalMessage())));
    }
    if (!tree.isObject() && !tree.isMissingNode() && !tree.isNull()) {
      throw new DirectoryInvalid(
          file.toString(), List.of(new Mistake("", "the file must be a mapping of keys")));
    }
    return new YamlSection(tree, "", mistakes);
  }

  /** Notes every key that is not one of these. */
  void onlyKeys(Set<String> known) {
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!known.contains(key)) {
                mistake(key, "unknown key");
              }
            });
  }

  /** Whether the key stands here with a value. */
  boolean has(String key) {
    return node.hasNonNull(key)
        && !(node.get(key).isTextual() && node.get(key).textValue().isEmpty());
  }

  /** A text that must be there; empty, and noted, where it is not. */
  Optional<String> text(String key) {
    if (!has(key)) {
      mistake(key, "missing");
      return Optional.empty();
    }
    return optionalText(key);
  }

  /** A text that may be absent. */
  Optional<String> optionalText(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    JsonNode value = node.get(key);
    if (!value.isTextual()) {
      mistake(key, value.isNumber() ? "must stand in quotes" : "must be a text");
      return Optional.empty();
    }
    if (value.textValue().isBlank()) {
      mistake(key, "is blank");
      return Optional.empty();
    }
    return Optional.of(value.textValue().strip());
  }

  /** The text under the key, whatever it is worth; nothing is noted. */
  Optional<String> peek(String key) {
    return Optional.ofNullable(node.get(key)).filter(JsonNode::isTextual).map(JsonNode::textValue);
  }

  /**
   * What {@code reading} makes of a text; its IllegalArgumentException says what was expected. The
   * default stands where the key is absent or wrong.
   */
  <T> T read(String key, T absent, Function<String, T> reading) {
    return optionalText(key).flatMap(text -> read(key, text, reading)).orElse(absent);
  }

  /** As above, of a key that may be absent. */
  <T> Optional<T> readOptional(String key, Function<String, T> reading) {
    return optionalText(key).flatMap(text -> read(key, text, reading));
  }

  /** As above, of a key that must be there. */
  <T> Optional<T> readRequired(String key, Function<String, T> reading) {
    return text(key).flatMap(text -> read(key, text, reading));
  }

  private <T> Optional<T> read(String key, String text, Function<String, T> reading) {
    try {
      return Optional.of(reading.apply(text));
    } catch (IllegalArgumentException wrong) {
      mistake(key, String.valueOf(wrong.getMessage()));
      return Optional.empty();
    }
  }

  /** True or false; the default where absent or wrong. */
  boolean flag(String key, boolean absent) {
    if (!has(key)) {
      return absent;
    }
    if (!node.get(key).isBoolean()) {
      mistake(key, "must be true or false");
      return absent;
    }
    return node.get(key).booleanValue();
  }

  /** A whole number within bounds; the default where absent or wrong. */
  int number(String key, int least, int most, int absent) {
    if (!has(key)) {
      return absent;
    }
    JsonNode value = node.get(key);
    if (!value.isInt() || value.intValue() < least || value.intValue() > most) {
      mistake(key, "must be a whole number from " + least + " to " + most);
      return absent;
    }
    return value.intValue();
  }

  /** A whole number within bounds that must be there; -1, and noted, where it is not. */
  int requiredNumber(String key, int least, int most) {
    if (!has(key)) {
      mistake(key, "missing");
      return -1;
    }
    return number(key, least, most, -1);
  }

  /** Whether a list stands here that holds nothing. */
  boolean isEmptyList(String key) {
    return has(key) && node.get(key).isArray() && node.get(key).isEmpty();
  }

  /** A list of texts; each element is read, and its mistakes noted, by itself. */
  <T> List<T> list(String key, Function<String, T> reading) {
    List<T> read = new ArrayList<>();
    if (!has(key)) {
      return read;
    }
    JsonNode list = node.get(key);
    if (!list.isArray()) {
      mistake(key, "must be a list");
      return read;
    }
    for (int i = 0; i < list.size(); i++) {
      String place = key + "[" + i + "]";
      if (!list.get(i).isTextual()) {
        mistake(place, "must be a text");
      } else {
        read(place, list.get(i).textValue().strip(), reading).ifPresent(read::add);
      }
    }
    return read;
  }

  /** A mapping below this one; empty where absent, and noted where it is something else. */
  Optional<YamlSection> section(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    if (!node.get(key).isObject()) {
      mistake(key, "must be a mapping of keys");
      return Optional.empty();
    }
    return Optional.of(new YamlSection(node.get(key), place(key), mistakes));
  }

  /** The mappings of a list, or the one mapping that stands in place of a list. */
  List<YamlSection> oneOrMore(String key) {
    return has(key) && node.get(key).isObject() ? section(key).stream().toList() : sections(key);
  }

  /** The mappings of a list, each placed by its index and, where it has one, its id. */
  List<YamlSection> sections(String key) {
    List<YamlSection> sections = new ArrayList<>();
    if (!has(key)) {
      return sections;
    }
    JsonNode list = node.get(key);
    if (!list.isArray()) {
      mistake(key, "must be a list");
      return sections;
    }
    for (int i = 0; i < list.size(); i++) {
      String place = key + "[" + i + "]";
      JsonNode element = list.get(i);
      if (!element.isObject()) {
        mistake(place, "must be a mapping of keys");
        continue;
      }
      String id = element.path("id").asText("");
      sections.add(
          new YamlSection(element, place(place) + (id.isEmpty() ? "" : " (" + id + ")"), mistakes));
    }
    return sections;
  }

  void mistake(String key, String what) {
    mistakes.add(new Mistake(place(key), what));
  }

  private String place(String key) {
    return where.isEmpty() ? key : where + "." + key;
  }
}
