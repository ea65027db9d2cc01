package dk.attestbro.port;

import dk.attestbro.model.CaseId;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.PartyId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A half-written letter that a party keeps: what may be told of it without opening it. What was
 * written is sealed beside it, for its {@link #place()}.
 *
 * @param staff the opaque id of who saved it last
 * @param version how many times it was saved
 */
public record KeptDraft(UUID id, Subject subject, String staff, Instant savedAt, int version) {

  /** What is being written. */
  public enum Kind {
    REQUEST,
    REPLY,
    CORRECTION
  }

  /**
   * Whose it is, and what it is to become.
   *
   * @param party whose people may take it up
   * @param form the id of the form that is filled in
   * @param other whom it is to reach, where that is chosen
   * @param caseId the case that it is about, where there is one already
   */
  public record Subject(
      PartyId party, Kind kind, String form, Optional<PartyId> other, Optional<CaseId> caseId) {}

  /** A draft that nobody has kept before. */
  public static KeptDraft made(Subject subject, String staff, Instant now) {
    return new KeptDraft(UUID.randomUUID(), subject, staff, now, 1);
  }

  /** The same draft as it is saved once more. */
  public KeptDraft next(Subject as, String by, Instant now) {
    return new KeptDraft(id, as, by, now, version + 1);
  }

  /** For what its content is sealed: that of another draft does not open here. */
  public LetterRef place() {
    return new LetterRef(subject.party(), new LetterId("draft-" + id));
  }

  /** Who saved it is personal data of staff: never shown by accident. */
  @Override
  public String toString() {
    return "KeptDraft[" + id + ", " + subject + ", version " + version + "]";
  }
}
