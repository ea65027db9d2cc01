package dk.attestbro.directory;

import java.util.List;
import java.util.stream.Collectors;

/** A file of the operator's that cannot be used, with every mistake in it at once. */
public final class DirectoryInvalid extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient List<Mistake> mistakes;

  /** One thing to mend: where in the file, and what was expected there. */
  public record Mistake(String where, String what) {
    @Override
    public String toString() {
      return where.isEmpty() ? what : where + ": " + what;
    }
  }

  DirectoryInvalid(String file, List<Mistake> mistakes) {
    super(
        mistakes.stream()
            .map(mistake -> "\n  - " + mistake)
            .collect(
                Collectors.joining("", file + " has " + mistakes.size() + " mistake(s):", "")));
    this.mistakes = List.copyOf(mistakes);
  }

  /** All of them, in the order of the file. */
  public List<Mistake> mistakes() {
    return mistakes;
  }
}
