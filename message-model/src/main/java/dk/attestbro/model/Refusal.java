package dk.attestbro.model;

import java.util.List;

/** Why we do not take a message: at least one problem, the first being the one to act on. */
public record Refusal(List<Problem> problems) {
  public Refusal {
    problems = List.copyOf(problems);
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("a refusal has at least one problem");
    }
  }

  public static Refusal of(RefusalReason reason) {
    return new Refusal(List.of(new Problem(reason, "")));
  }

  public static Refusal of(RefusalReason reason, String path) {
    return new Refusal(List.of(new Problem(reason, path)));
  }

  public static Refusal of(RefusalReason reason, String path, String hint) {
    return new Refusal(List.of(new Problem(reason, path, hint)));
  }

  /** The reason of the first problem. */
  public RefusalReason reason() {
    return problems.get(0).reason();
  }
}
