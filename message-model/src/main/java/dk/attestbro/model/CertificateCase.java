package dk.attestbro.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate request and everything that follows it: how it began, the turns that were taken,
 * and, told from these alone, where it stands. {@code deadline} is as of the last turn. {@code
 * version} works as in {@link Letter}.
 */
public record CertificateCase(
    CaseOpening opening, List<Turn> turns, CaseStanding standing, Deadline deadline, int version) {
  public CertificateCase {
    turns = List.copyOf(turns);
  }

  /** The states of a case. */
  public enum State {
    /** Not yet proven received. */
    SENT,
    RECEIVED,
    /** The responder has said who handles it. */
    ASSIGNED,
    /** The requester owes the answer to a question. */
    AWAITING_CLARIFICATION,
    /** Handed to another unit, which has not yet received it. */
    FORWARDED,
    REPLIED,
    /** The requester has journalised the reply. */
    FILED,
    RETURNED,
    CANCELLED,
    CONSENT_WITHDRAWN,
    CONSENT_LAPSED;

    /** Whether a reply is still to come. */
    public boolean isOpen() {
      return switch (this) {
        case SENT, RECEIVED, ASSIGNED, AWAITING_CLARIFICATION, FORWARDED -> true;
        case REPLIED, FILED, RETURNED, CANCELLED, CONSENT_WITHDRAWN, CONSENT_LAPSED -> false;
      };
    }

    /** Whether it ended without a reply that counts. */
    public boolean isEndedWithoutReply() {
      return switch (this) {
        case RETURNED, CANCELLED, CONSENT_WITHDRAWN, CONSENT_LAPSED -> true;
        case SENT, RECEIVED, ASSIGNED, AWAITING_CLARIFICATION, FORWARDED, REPLIED, FILED -> false;
      };
    }
  }

  /** Whose turn it is. */
  public enum Whose {
    REQUESTER,
    RESPONDER,
    GATEWAY,
    NONE
  }

  /** The case as it stands in the records, its deadline as it was recorded. */
  public static CertificateCase of(
      CaseOpening opening, List<Turn> turns, Deadline deadline, int version) {
    return new CertificateCase(
        opening, turns, CaseStanding.after(opening, turns), deadline, version);
  }

  /** A case that its request has just opened. */
  public static CertificateCase opened(CaseOpening opening, WorkCalendar calendar) {
    CaseStanding standing = CaseStanding.after(opening, List.of());
    return new CertificateCase(
        opening, List.of(), standing, Deadlines.first(opening, standing, calendar), 1);
  }

  /** The case with one more turn, wherever in the order it belongs. */
  CertificateCase with(Turn turn, WorkCalendar calendar) {
    List<Turn> more = new ArrayList<>(turns);
    more.add(turn);
    more.sort(Turn.ORDER);
    CaseStanding after = CaseStanding.after(opening, more);
    return new CertificateCase(
        opening,
        more,
        after,
        Deadlines.moved(deadline, opening, standing, after, calendar),
        version);
  }

  public CaseId id() {
    return opening.id();
  }

  public String form() {
    return opening.form();
  }

  public int freeQuestions() {
    return opening.freeQuestions();
  }

  /** Who asks: the party that asked, or the one that has taken its place. */
  public PartyId requester() {
    return standing.requester();
  }

  /** Who owes the reply: the party that was asked, or the one that owns the case now. */
  public PartyId responder() {
    return standing.responder();
  }

  public LetterRef request() {
    return opening.request();
  }

  public State state() {
    return standing.state();
  }

  public Whose turn() {
    return standing.turn();
  }

  public Instant openedAt() {
    return opening.openedAt();
  }

  /** When the last turn was taken. */
  public Instant updatedAt() {
    return turns.isEmpty() ? opening.openedAt() : turns.get(turns.size() - 1).at();
  }

  /** The time of a turn that is taken now: after every known one, so that their order is sure. */
  public Instant turnAt(Instant now) {
    return now.isAfter(updatedAt()) ? now : updatedAt().plus(1, ChronoUnit.MICROS);
  }

  /** Whether it is this party's case today. */
  public boolean isParty(PartyId party) {
    return requester().equals(party) || responder().equals(party);
  }

  /** Whether it is or was this party's case. */
  public boolean involves(PartyId party) {
    return isParty(party) || standing.formerParties().contains(party);
  }

  /** The other party of the case. */
  public PartyId counterpart(PartyId party) {
    return requester().equals(party) ? responder() : requester();
  }

  /** The same case as it stands in the records after an update. */
  public CertificateCase stored() {
    return new CertificateCase(opening, turns, standing, deadline, version + 1);
  }
}
