package dk.attestbro.gateway.evidence;

import java.util.List;

/**
 * What a check of a package found.
 *
 * @param subject the case, as the package names it; empty where it does not
 * @param letters of each letter, by what it is known to be its sender's
 * @param broken where the proof breaks, each with its place and what was expected; empty: proved
 * @param notes what the proof does not cover, or what a person should compare
 */
public record Verdict(
    String subject, List<String> letters, List<String> broken, List<String> notes) {
  public Verdict {
    letters = List.copyOf(letters);
    broken = List.copyOf(broken);
    notes = List.copyOf(notes);
  }

  public boolean isProved() {
    return broken.isEmpty();
  }
}
