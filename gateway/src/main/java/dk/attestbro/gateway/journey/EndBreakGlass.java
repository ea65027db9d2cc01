package dk.attestbro.gateway.journey;

import dk.attestbro.model.BreakGlassRequest;
import dk.attestbro.model.Letter;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.BreakGlassRequests;
import dk.attestbro.port.Change;
import dk.attestbro.port.Commit;
import dk.attestbro.port.Records;
import java.time.Clock;
import java.time.Instant;

/**
 * Ends the requests for break-glass access whose time has gone, and deletes their reasons. That
 * nobody decided one in time is in the evidence, once however many nodes; when one that was allowed
 * ends stands there already.
 */
public final class EndBreakGlass {
  private static final int BATCH = 100;

  private final BreakGlassRequests requests;
  private final Records records;
  private final Clock clock;

  public EndBreakGlass(BreakGlassRequests requests, Records records, Clock clock) {
    this.requests = requests;
    this.records = records;
    this.clock = clock;
  }

  /** Ends what is over now; returns how many that was. */
  public int due() {
    Instant now = clock.instant();
    return (int)
        requests.over(now, BATCH).stream()
            .filter(request -> records.commit(end(request, now)) == Commit.DONE)
            .count();
  }

  private Change end(BreakGlassRequest request, Instant now) {
    Change.Builder change = new Change.Builder();
    change.add(new Change.EndBreakGlass(request));
    change.add(new Change.DropContent(BreakGlassRequests.reasonOf(request)));
    if (request.grant().isEmpty()) {
      Letter letter = records.letter(request.letter()).orElseThrow();
      change.add(
          LetterWrites.note(
              letter, now, TimelineCode.BREAK_GLASS_LAPSED, "request=" + request.id()));
    }
    return change.build();
  }
}
