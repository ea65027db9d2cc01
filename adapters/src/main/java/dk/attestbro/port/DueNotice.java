package dk.attestbro.port;

import dk.attestbro.model.Notice;
import java.time.Instant;

/**
 * A notice that is to be told now, by whoever claimed it.
 *
 * @param notice as it came last
 * @param count how often it came since it was told before
 * @param since when it came first since then
 * @param attempts this one counted in
 * @param version of the row that was claimed
 */
public record DueNotice(Notice notice, int count, Instant since, int attempts, int version) {
  /** The same in every attempt to tell it, and for no other notice. */
  public String id() {
    return notice.id() + "." + since.toEpochMilli();
  }
}
