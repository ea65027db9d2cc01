package dk.attestbro.model;

import java.time.Instant;

/**
 * A certificate request and where it stands. {@code freeQuestions} is how many free questions it
 * asks. {@code version} works as in {@link Letter}.
 */
public record CertificateCase(
    CaseId id,
    String form,
    int freeQuestions,
    PartyId requester,
    PartyId responder,
    LetterRef request,
    State state,
    Deadline deadline,
    Instant openedAt,
    Instant updatedAt,
    int version) {
  /** The states of a case. */
  public enum State {
    SENT,
    RECEIVED,
    REPLIED,
    FILED,
    RETURNED,
    CANCELLED
  }

  /** Whose turn it is. */
  public enum Turn {
    REQUESTER,
    RESPONDER,
    GATEWAY,
    NONE
  }

  /** Whose turn it is: the gateway's until the request is proven received. */
  public Turn turn() {
    return switch (state) {
      case SENT -> Turn.GATEWAY;
      case RECEIVED -> Turn.RESPONDER;
      case REPLIED, RETURNED -> Turn.REQUESTER;
      case FILED, CANCELLED -> Turn.NONE;
    };
  }

  public boolean isParty(PartyId party) {
    return requester.equals(party) || responder.equals(party);
  }

  /** The other party of the case. */
  public PartyId counterpart(PartyId party) {
    return requester.equals(party) ? responder : requester;
  }

  /** The case in another state with another deadline. */
  public CertificateCase with(State newState, Deadline newDeadline, Instant now) {
    return new CertificateCase(
        id,
        form,
        freeQuestions,
        requester,
        responder,
        request,
        newState,
        newDeadline,
        openedAt,
        now,
        version);
  }

  /** The same case as it stands in the records after an update. */
  public CertificateCase stored() {
    return new CertificateCase(
        id,
        form,
        freeQuestions,
        requester,
        responder,
        request,
        state,
        deadline,
        openedAt,
        updatedAt,
        version + 1);
  }
}
