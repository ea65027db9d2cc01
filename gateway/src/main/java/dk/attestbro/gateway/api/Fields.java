package dk.attestbro.gateway.api;

import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.Digest;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Problem;
import dk.attestbro.model.Refusal;
import dk.attestbro.model.RefusalReason;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The fields of one JSON object, read one by one. What is of the wrong type, or was never asked
 * for, becomes a problem with its path; the end of the reading tells all of them at once. A null is
 * an absent field.
 */
final class Fields {
  /**
   * SECURITY: a name that we do not know is the caller's own text, shown only where it is plain.
   */
  private static final Pattern PLAIN_NAME = Pattern.compile("[a-z][A-Za-z]{0,39}");

  private final JsonNode object;
  private final Digest received;
  private final String path;
  private final List<Problem> problems;
  private final List<Fields> tree;
  private final Set<String> asked = new TreeSet<>();

  private Fields(
      JsonNode object, Digest received, String path, List<Problem> problems, List<Fields> tree) {
    this.object = object;
    this.received = received;
    this.path = path;
    this.problems = problems;
    this.tree = tree;
    tree.add(this);
  }

  /** The body of a call, and the digest of its bytes as received. */
  static Fields root(JsonNode object, Digest received) {
    return new Fields(object, received, "", new ArrayList<>(), new ArrayList<>());
  }

  /** The digest of the whole body as received. */
  Digest received() {
    return received;
  }

  /** The object itself. */
  JsonNode node() {
    return object;
  }

  /** The text, or empty. */
  String text(String name) {
    return givenText(name).orElse("");
  }

  Optional<String> givenText(String name) {
    Optional<JsonNode> value = value(name);
    if (value.isPresent() && !value.get().isString()) {
      invalid(name, "string");
      return Optional.empty();
    }
    return value.map(JsonNode::stringValue);
  }

  boolean flag(String name) {
    Optional<JsonNode> value = value(name);
    if (value.isPresent() && !value.get().isBoolean()) {
      invalid(name, "boolean");
      return false;
    }
    return value.map(JsonNode::booleanValue).orElse(false);
  }

  Optional<LocalDate> date(String name) {
    Optional<String> text = givenText(name);
    Optional<LocalDate> date = text.flatMap(Fields::parseDate);
    if (text.isPresent() && date.isEmpty()) {
      invalid(name, "YYYY-MM-DD");
    }
    return date;
  }

  /** A date, or the day on which a moment with a zone lies in Denmark. */
  Optional<LocalDate> day(String name) {
    Optional<String> text = givenText(name);
    Optional<LocalDate> day =
        text.flatMap(t -> parseDate(t).or(() -> parseMoment(t).map(Fields::danishDay)));
    if (text.isPresent() && day.isEmpty()) {
      invalid(name, "YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ");
    }
    return day;
  }

  private static LocalDate danishDay(OffsetDateTime moment) {
    return moment.atZoneSameInstant(DeadlineRule.ZONE).toLocalDate();
  }

  private static Optional<OffsetDateTime> parseMoment(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text));
    } catch (DateTimeParseException notAMoment) {
      return Optional.empty();
    }
  }

  /** An ISO 8601 date of four, two and two digits; empty for anything else. */
  static Optional<LocalDate> parseDate(String text) {
    if (text.length() != 10) {
      return Optional.empty();
    }
    try {
      // FHIR has no year 0 (R4, datatype date).
      return Optional.of(LocalDate.parse(text)).filter(date -> date.getYear() > 0);
    } catch (DateTimeParseException notADate) {
      return Optional.empty();
    }
  }

  <E extends Enum<E>> Optional<E> code(String name, E[] known) {
    Optional<String> text = givenText(name);
    Optional<E> code =
        text.flatMap(t -> Arrays.stream(known).filter(k -> k.name().equals(t)).findFirst());
    if (text.isPresent() && code.isEmpty()) {
      invalid(name, String.join("|", Arrays.stream(known).map(Enum::name).toList()));
    }
    return code;
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    List<JsonNode> items = array(name);
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).isString()) {
        texts.add(items.get(i).stringValue());
      } else {
        invalid(name + "[" + i + "]", "string");
      }
    }
    return texts;
  }

  Optional<Fields> object(String name) {
    Optional<JsonNode> value = value(name);
    if (value.isPresent() && !value.get().isObject()) {
      invalid(name, "object");
      return Optional.empty();
    }
    return value.map(v -> new Fields(v, received, pathOf(name), problems, tree));
  }

  List<Fields> objects(String name) {
    List<Fields> objects = new ArrayList<>();
    List<JsonNode> items = array(name);
    for (int i = 0; i < items.size(); i++) {
      String item = name + "[" + i + "]";
      if (items.get(i).isObject()) {
        objects.add(new Fields(items.get(i), received, pathOf(item), problems, tree));
      } else {
        invalid(item, "object");
      }
    }
    return objects;
  }

  /** Bytes as base64 (RFC 4648 section 4). */
  byte[] base64(String name, RefusalReason whereWrong) {
    String text = text(name);
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException notBase64) {
      problem(whereWrong, name, "");
      return new byte[0];
    }
  }

  /** The members of this object, all of them asked for. */
  Set<Map.Entry<String, JsonNode>> members() {
    asked.addAll(object.propertyNames());
    return object.properties();
  }

  void invalid(String name, String hint) {
    problem(RefusalReason.FIELD_INVALID, name, hint);
  }

  void missing(String name) {
    problem(RefusalReason.FIELD_MISSING, name, "");
  }

  void problem(RefusalReason reason, String name, String hint) {
    problems.add(new Problem(reason, pathOf(name), hint));
  }

  /**
   * Ends the reading of the whole body.
   *
   * @throws MessageRefused with every problem found, fields that nobody asked for among them
   */
  void end() {
    List<Problem> found = misread();
    if (!found.isEmpty()) {
      throw new MessageRefused(new Refusal(found));
    }
  }

  /** Ends the reading as {@link #end()} does, for a caller that has more to tell. */
  List<Problem> misread() {
    for (Fields fields : tree) {
      for (String name : fields.object.propertyNames()) {
        if (!fields.asked.contains(name)) {
          fields.problem(
              RefusalReason.FIELD_UNKNOWN,
              PLAIN_NAME.matcher(name).matches() ? name : "*",
              String.join(", ", fields.asked));
        }
      }
    }
    return List.copyOf(problems);
  }

  private Optional<JsonNode> value(String name) {
    asked.add(name);
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
  }

  private List<JsonNode> array(String name) {
    Optional<JsonNode> value = value(name);
    if (value.isPresent() && !value.get().isArray()) {
      invalid(name, "array");
      return List.of();
    }
    List<JsonNode> items = new ArrayList<>();
    value.ifPresent(array -> array.forEach(items::add));
    return items;
  }

  private String pathOf(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
