package dk.attestbro.port;

import dk.attestbro.model.BreakGlassRequest;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.PartyId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The requests of operations to see what a letter says, as long as they wait or are open. They come
 * and go by {@link Change}: asked with their sealed reason, granted, ended.
 */
public interface BreakGlassRequests {
  /** No party: the directory takes no id without a letter or a digit. */
  PartyId NOBODY = new PartyId("--");

  /** Under what the reason of a request is sealed and held. */
  static LetterRef reasonOf(BreakGlassRequest request) {
    return new LetterRef(NOBODY, new LetterId("break-glass-" + request.id()));
  }

  Optional<BreakGlassRequest> find(UUID id);

  /** What this person has asked for this letter and is live at this time; the last, if several. */
  Optional<BreakGlassRequest> live(LetterRef letter, String askedBy, Instant now);

  /**
   * Those that are live at this time, the first asked first.
   *
   * @param skipped so many are left out at the beginning
   * @param limit 1 to 500
   */
  List<BreakGlassRequest> live(Instant now, int skipped, int limit);

  /**
   * Those that are not live any more and have not been ended.
   *
   * @param limit 1 to 500
   */
  List<BreakGlassRequest> over(Instant now, int limit);
}
