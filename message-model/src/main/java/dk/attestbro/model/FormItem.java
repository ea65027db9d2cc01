package dk.attestbro.model;

import java.util.List;
import java.util.Optional;

/**
 * One question of a form: its text, under the heading of the innermost group that it stands in
 * (empty where in none). {@code maxLength} is in characters, 0 where there is no limit. {@code
 * options} holds the codes of a choice. {@code notBefore} is the linkId of a question whose date
 * the answer to this one is not before.
 */
public record FormItem(
    String linkId,
    Text group,
    Text text,
    Type type,
    boolean required,
    boolean repeats,
    int maxLength,
    List<Option> options,
    Optional<String> notBefore) {
  public FormItem {
    options = List.copyOf(options);
  }

  /** The types of answer (R4 item-type, those our forms use). */
  public enum Type {
    STRING,
    TEXT,
    INTEGER,
    DECIMAL,
    BOOLEAN,
    DATE,
    CHOICE
  }

  /** One option of a choice, and how it is shown. */
  public record Option(String system, String code, Text display) {}

  /** The option with this code; where system is not blank it must agree too. */
  public Optional<Option> option(String system, String code) {
    return options.stream()
        .filter(o -> o.code().equals(code) && (system.isBlank() || o.system().equals(system)))
        .findFirst();
  }
}
