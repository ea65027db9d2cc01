package dk.attestbro.port;

import java.time.Instant;
import java.util.Optional;

/**
 * The notices that wait. They come by {@link Change.AddNotice}, in one commit with what they tell
 * of; whoever claims one tells it.
 */
public interface Notices {
  /**
   * The notice that has been due longest. Nobody else gets it before {@code leaseUntil}; where its
   * end is not written by then it is due again.
   */
  Optional<DueNotice> claim(Instant now, Instant leaseUntil);

  /**
   * It was told, or given up: what came since is due after the notice's time between two. False
   * where the claim is no longer ours.
   */
  boolean end(DueNotice claimed, Instant at);

  /** It could not be told now and is due again then. False where the claim is no longer ours. */
  boolean again(DueNotice claimed, Instant dueAt);

  /** Deletes those that nothing came of since they were told before that time; how many. */
  int deleteToldBefore(Instant time);
}
