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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
  record Outcome(int done, List<Refusal> refused, Optional<String> rest) {
    Outcome {
      refused = List.copyOf(refused);
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
    private final Set<Refusal> refused = new LinkedHashSet<>();
    private int done;

    Progress(Act act) {
      this.act = act;
    }

    void take(LetterRef letter) {
      act.apply(letter).ifPresentOrElse(refused::add, () -> done++);
    }

    Outcome outcome(Optional<String> rest) {
      return new Outcome(done, new ArrayList<>(refused), rest);
    }
  }
}
