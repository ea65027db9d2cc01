package dk.attestbro.gateway.pages;

import dk.attestbro.model.Problem;
import dk.attestbro.model.Refusal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;

/**
 * Ties what is wrong with a letter to the fields of a form, in words for whoever sits at it: {@code
 * @fields} in templates.
 */
public final class PageFields {
  /** Where a form has one field for what the letter names as a whole, or in several ways. */
  private static final Map<String, String> FIELDS =
      Map.of(
          "citizen", "citizen.cpr",
          "citizen.xEcpr", "citizen.cpr",
          "citizen.dEcpr.value", "citizen.cpr",
          "consent", "consent.basis",
          "contact", "contact.name",
          "author", "author.name",
          "attachments[0]", "attachments[0].data",
          "attachments[0].contentType", "attachments[0].data");

  private final MessageSource messages;
  private final Shown shown;

  PageFields(MessageSource messages, Shown shown) {
    this.messages = messages;
    this.shown = shown;
  }

  /** Whether the problem is about this field, or about one of several values in it. */
  public static boolean isAbout(Problem problem, String field) {
    String path = problem.path();
    return path.equals(field) || path.startsWith(field + "[") || field.equals(FIELDS.get(path));
  }

  /** The id of the element for a path: {@code citizen.cpr} is {@code citizen-cpr}. */
  public String id(String path) {
    return path.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("-$", "");
  }

  public boolean has(Refusal refusal, String field) {
    return find(refusal, field).isPresent();
  }

  /** The text of the field's first problem. */
  public String problem(Refusal refusal, String field) {
    return text(find(refusal, field).orElseThrow());
  }

  /**
   * The labels of a page's fields by path.
   *
   * @param keys of the labels' messages, by path
   */
  public Map<String, String> labels(Map<String, String> keys) {
    Map<String, String> labels = new LinkedHashMap<>();
    keys.forEach((path, key) -> labels.put(path, message(key).orElse(key)));
    return labels;
  }

  /** The same, with labels that are no messages. */
  public Map<String, String> labels(Map<String, String> keys, Map<String, String> others) {
    Map<String, String> labels = labels(keys);
    labels.putAll(others);
    return labels;
  }

  /** The labels of fields whose messages bear their names. */
  public Map<String, String> labels(List<String> names, String prefix) {
    Map<String, String> keys = new LinkedHashMap<>();
    names.forEach(name -> keys.put(name, prefix + name));
    return labels(keys);
  }

  /** The field that a problem is about, of those that the page has; empty where it is none. */
  public String field(Map<String, String> labels, Problem problem) {
    return labels.keySet().stream().filter(field -> isAbout(problem, field)).findFirst().orElse("");
  }

  /**
   * What to do about it: a message {@code problem.CODE}, or {@code problem.CODE.word} where the
   * hint begins with that word, whose {0} is the hint's second word; else the text of the one
   * table.
   */
  public String text(Problem problem) {
    String[] hint = problem.hint().split(" ", -1);
    String key = "problem." + problem.reason().name();
    return Stream.of(key + "." + hint[0], key)
        .flatMap(one -> message(one, hint.length > 1 ? value(hint[1]) : "").stream())
        .findFirst()
        .orElseGet(() -> shown.text(problem.text()));
  }

  /** A day is shown as pages show days. */
  private String value(String word) {
    try {
      return shown.day(LocalDate.parse(word));
    } catch (DateTimeParseException noDay) {
      return word;
    }
  }

  private Optional<String> message(String key, String... values) {
    String text = messages.getMessage(key, values, "", LocaleContextHolder.getLocale());
    return Optional.ofNullable(text).filter(found -> !found.isEmpty());
  }

  private static Optional<Problem> find(Refusal refusal, String field) {
    return refusal.problems().stream().filter(problem -> isAbout(problem, field)).findFirst();
  }
}
