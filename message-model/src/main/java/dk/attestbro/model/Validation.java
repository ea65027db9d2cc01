package dk.attestbro.model;

import java.util.List;

/**
 * What a validator found: all problems at once (none: the message is valid), and what it was
 * checked against: {@code canonical|version} of each Bundle profile, or {@code generic}.
 */
public record Validation(List<Problem> problems, List<String> validatedBy) {
  public Validation {
    problems = List.copyOf(problems);
    validatedBy = List.copyOf(validatedBy);
  }

  public boolean isValid() {
    return problems.isEmpty();
  }
}
