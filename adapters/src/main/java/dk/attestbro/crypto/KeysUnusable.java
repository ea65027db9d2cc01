package dk.attestbro.crypto;

import java.util.List;

/** Key files that are missing or cannot be used, all of them at once; never what is in them. */
public final class KeysUnusable extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient List<String> problems;

  KeysUnusable(List<String> problems) {
    super("keys cannot be used:\n  - " + String.join("\n  - ", problems));
    this.problems = List.copyOf(problems);
  }

  /** One line per file. */
  public List<String> problems() {
    return problems;
  }
}
