package dk.attestbro.port;

import dk.attestbro.model.Access;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.Digest;
import java.time.Instant;
import java.util.List;

/** Who saw or did what to which case. Written before the answer goes out, so that none is lost. */
public interface AccessLog {
  /** Writes it, forced to disk. */
  void note(Access access);

  /**
   * What was done to a case, oldest first.
   *
   * @param limit 1 to 100000
   */
  List<Access> ofCase(CaseId id, int limit);

  /**
   * What was done to anything about a citizen, oldest first: what is noted under the citizen, and
   * what is noted under a case about the citizen, or one that is noted under the citizen too.
   *
   * @param limit 1 to 100000
   */
  List<Access> ofCitizen(Digest citizen, int limit);

  /** Deletes what happened before; returns how much. */
  int deleteBefore(Instant time);
}
