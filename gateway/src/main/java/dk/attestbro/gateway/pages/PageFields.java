package dk.attestbro.gateway.pages;

import dk.attestbro.model.Problem;
import dk.attestbro.model.Refusal;
import java.util.Optional;

/** Ties what is wrong with a letter to the fields of a form: {@code @fields} in templates. */
public final class PageFields {
  PageFields() {}

  /** The id of the element for a path: {@code citizen.cpr} is {@code citizen-cpr}. */
  public String id(String path) {
    return path.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("-$", "");
  }

  public boolean has(Refusal refusal, String path) {
    return find(refusal, path).isPresent();
  }

  public dk.attestbro.model.Text problem(Refusal refusal, String path) {
    return find(refusal, path).orElseThrow().text();
  }

  private static Optional<Problem> find(Refusal refusal, String path) {
    return refusal.problems().stream().filter(problem -> problem.path().equals(path)).findFirst();
  }
}
