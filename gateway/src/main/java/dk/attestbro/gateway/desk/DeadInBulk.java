package dk.attestbro.gateway.desk;

import dk.attestbro.gateway.api.Paging;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.Refusal;
import dk.attestbro.port.LetterLine;
import dk.attestbro.port.LetterQuery;
import dk.attestbro.port.OperationsRecords;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One act upon many dead letters: letter by letter, each with its own commit, evidence and entry in
 * the access log, so that what is done stays done however it ends.
 */
final class DeadInBulk {
  /** A browser waits no longer for an answer. */
  static final Duration LONGEST = Duration.ofSeconds(20);

  private final OperationsRecords operations;
  private final Clock clock;

  DeadInBulk(OperationsRecords operations, Clock clock) {
    this.operations = operations;
    this.clock = clock;
  }

  /** Empty where it was done, else why not. */
  @FunctionalInterface
  interface Act extends Function<LetterRef, Optional<Refusal>> {}

  /**
   * What became of it.
   *
   * @param refused why others were left as they are, each reason once
   * @param rest where the time ended before the letters did: behind what to go on
   */
  record Outcome(int done, List<Refused> refused, Optional<String> rest) {
    Outcome {
      refused = List.copyOf(refused);
    }
  }

  /**
   * Letters that were left as they are.
   *
   * @param letters the first of them
   * @param more how many besides
   */
  record Refused(Refusal why, List<LetterRef> letters, int more) {
    private static final int NAMED = 10;

    static Refused of(Refusal why, List<LetterRef> all) {
      int named = Math.min(all.size(), NAMED);
      return new Refused(why, List.copyOf(all.subList(0, named)), all.size() - named);
    }
  }

  /** Acts upon these. */
  Outcome onThese(List<LetterRef> letters, Act act) {
    Progress progress = new Progress(act);
    letters.forEach(progress::take);
    return progress.outcome(Optional.empty());
  }

  /** Acts upon all that the query finds, page by page, for as long as one waits. */
  Outcome onAllFound(LetterQuery query, Act act) {
    Instant end = clock.instant().plus(LONGEST);
    Progress progress = new Progress(act);
    List<LetterLine> found = operations.letters(query);
    while (!found.isEmpty()) {
      for (LetterLine line : found) {
        progress.take(line.ref());
        if (!clock.instant().isBefore(end)) {
          return progress.outcome(Optional.of(Paging.cursor(query.order(), line)));
        }
      }
      found = operations.letters(query.behind(found.get(found.size() - 1)));
    }
    return progress.outcome(Optional.empty());
  }

  private static final class Progress {
    private final Act act;
    private final Map<Refusal, List<LetterRef>> refused = new LinkedHashMap<>();
    private int done;

    Progress(Act act) {
      this.act = act;
    }

    void take(LetterRef letter) {
      act.apply(letter)
          .ifPresentOrElse(
              why -> refused.computeIfAbsent(why, first -> new ArrayList<>()).add(letter),
              () -> done++);
    }

    Outcome outcome(Optional<String> rest) {
      List<Refused> left = new ArrayList<>();
      refused.forEach((why, letters) -> left.add(Refused.of(why, letters)));
      return new Outcome(done, left, rest);
    }
  }
}
