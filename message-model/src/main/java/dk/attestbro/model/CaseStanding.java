package dk.attestbro.model;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a case stands, told from its opening and its turns alone: the same turns give the same
 * standing in whatever order they became known.
 *
 * @param turn whose turn it is
 * @param formerParties who forwarded the case or was succeeded
 * @param receivedAt the first proven receipt of the request
 * @param reply the reply that counts, or its last correction
 * @param repliedAt when the reply that counts was given; a correction does not move it
 * @param endedAt when the case ended without a reply
 * @param endReason the code of a return; else empty
 * @param expectedBy when the responder expects to reply, by its last interim reply
 * @param agreedBy the date of the interim reply that the requester accepted
 * @param consultation the day of the consultation
 * @param pauses while the requester owed an answer, each from the day of the question to the day of
 *     the answer
 * @param pausedFrom the day of the first question that the requester owes an answer to
 * @param answerAwaited whether a question of the requester's waits for the responder's answer
 * @param reminders how many reminders went out, notices not counted
 * @param followedUp the codes of the gateway's own reminders and escalations
 */
public record CaseStanding(
    CertificateCase.State state,
    CertificateCase.Whose turn,
    PartyId requester,
    PartyId responder,
    Set<PartyId> formerParties,
    Optional<Instant> receivedAt,
    Optional<LetterId> reply,
    Optional<Instant> repliedAt,
    Optional<Instant> endedAt,
    String endReason,
    Optional<LocalDate> expectedBy,
    Optional<LocalDate> agreedBy,
    Optional<LocalDate> consultation,
    List<Pause> pauses,
    Optional<LocalDate> pausedFrom,
    boolean answerAwaited,
    Optional<Instant> requesterFiledAt,
    Optional<Instant> responderFiledAt,
    int reminders,
    int interimReplies,
    int questions,
    Set<String> followedUp) {
  public CaseStanding {
    formerParties = Set.copyOf(formerParties);
    pauses = List.copyOf(pauses);
    followedUp = Set.copyOf(followedUp);
  }

  /** The standing after these turns, which are in their order. */
  static CaseStanding after(CaseOpening opening, List<Turn> turns) {
    CaseHistory history = new CaseHistory(opening);
    turns.forEach(history::take);
    return history.standing();
  }
}
