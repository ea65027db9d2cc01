package dk.attestbro.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who saw or did what, when, to which case, letter and citizen.
 *
 * @param actor who
 * @param citizen the keyed digest of the citizen, where it is known whom it is about
 * @param detail a code or a digest, never content; may be empty
 */
public record Access(
    Instant at,
    Actor actor,
    AccessAct act,
    Optional<CaseId> caseId,
    Optional<LetterRef> letter,
    Optional<Digest> citizen,
    String detail) {

  /**
   * Who acted: the parties that the call was made for, none for operations.
   *
   * @param credential the label of the token or certificate
   * @param staff the opaque id that the calling system gives its user, where it tells one
   */
  public record Actor(
      boolean operator, List<PartyId> parties, String credential, Optional<String> staff) {
    public Actor {
      parties = parties.stream().sorted().toList();
    }

    /** Who did it is personal data of staff: never shown by accident. */
    @Override
    public String toString() {
      return operator ? "Actor[operator]" : "Actor" + parties;
    }
  }
}
