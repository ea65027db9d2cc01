package dk.attestbro.model;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Optional;

/**
 * One thing that happened in a case: a letter, its proven arrival, or a decision of one side or of
 * the gateway. {@code at} is when the gateway recorded it. {@code by} is the party whose turn it
 * was, absent where it is the gateway's own. {@code letter} is the letter that said it. {@code
 * code} is a reason or the kind of a reminder, empty where there is none. {@code about} is the
 * letter that it concerns: the reply that is corrected or retracted, the interim reply that is
 * accepted. {@code date} is the day that it names. {@code to} is the party that takes over. It
 * never holds what a letter says.
 */
public record Turn(
    Kind kind,
    Instant at,
    Optional<PartyId> by,
    Optional<LetterRef> letter,
    String code,
    Optional<LetterId> about,
    Optional<LocalDate> date,
    Optional<PartyId> to) {
  /** The order in which turns count: by time, and among equals always the same. */
  static final Comparator<Turn> ORDER =
      Comparator.comparing(Turn::at)
          .thenComparing(Turn::kind)
          .thenComparing(turn -> turn.letter().map(LetterRef::toString).orElse(""))
          .thenComparing(turn -> turn.by().map(PartyId::value).orElse(""))
          .thenComparing(Turn::code);

  /** Who may take a turn. */
  public enum Role {
    REQUESTER,
    RESPONDER,
    EITHER,
    GATEWAY
  }

  /** The kinds of turn, and whose they are. */
  public enum Kind {
    /** The responder's proven receipt of the request: its acknowledgement {@code ok}. */
    ACKNOWLEDGED(Role.GATEWAY),
    REPLIED(Role.RESPONDER),
    INTERIM_REPLIED(Role.RESPONDER),
    /** The requester takes the date of an interim reply as the new deadline. */
    INTERIM_ACCEPTED(Role.REQUESTER),
    RETURNED(Role.RESPONDER),
    REMINDED(Role.REQUESTER),
    CANCELLED(Role.REQUESTER),
    QUESTION_ASKED(Role.EITHER),
    QUESTION_ANSWERED(Role.EITHER),
    CORRECTED(Role.RESPONDER),
    RETRACTED(Role.RESPONDER),
    FORWARDED(Role.RESPONDER),
    CONSENT_WITHDRAWN(Role.REQUESTER),
    /** The consent's last day is over. */
    CONSENT_LAPSED(Role.GATEWAY),
    FILED(Role.EITHER),
    /** One side says who handles the case; {@code date} is a consultation, where one is set. */
    ASSIGNED(Role.EITHER),
    /** The manager named in the agreement is told that the reply is long overdue. */
    ESCALATED(Role.GATEWAY),
    /** {@code by} has ended as an organisation; {@code to} takes its place. */
    SUCCEEDED(Role.GATEWAY),
    /** The responder cannot take the request: its acknowledgement {@code fatal-error}. */
    REFUSED(Role.GATEWAY);

    private final Role role;

    Kind(Role role) {
      this.role = role;
    }

    public Role role() {
      return role;
    }
  }

  /**
   * The turn that a letter takes: of what it says, only reason, date and the letter that it is
   * about.
   */
  public static Turn by(
      Kind kind,
      Instant at,
      LetterRef letter,
      Optional<LetterContent> content,
      Optional<PartyId> takesOver) {
    return new Turn(
        kind,
        at,
        Optional.of(letter.sender()),
        Optional.of(letter),
        content.map(Turn::codeOf).orElse(""),
        content.flatMap(Turn::aboutOf).flatMap(LetterId::parse),
        content.flatMap(Turn::dateOf),
        takesOver);
  }

  private static String codeOf(LetterContent content) {
    if (content instanceof LetterContent.Returned returned) {
      return returned.reason();
    } else if (content instanceof LetterContent.Cancelled cancelled) {
      return cancelled.reason();
    } else if (content instanceof LetterContent.Retraction retraction) {
      return retraction.reason();
    }
    return "";
  }

  private static Optional<String> aboutOf(LetterContent content) {
    if (content instanceof LetterContent.Correction correction) {
      return Optional.of(correction.corrects());
    } else if (content instanceof LetterContent.Retraction retraction) {
      return Optional.of(retraction.retracts());
    }
    return Optional.empty();
  }

  private static Optional<LocalDate> dateOf(LetterContent content) {
    if (content instanceof LetterContent.InterimReply interim) {
      return interim.expectedBy();
    } else if (content instanceof LetterContent.ConsentWithdrawn withdrawn) {
      return withdrawn.at();
    }
    return Optional.empty();
  }

  /** A turn of the gateway's own, without a letter. */
  public static Turn ofGateway(Kind kind, Instant at, String code) {
    return new Turn(
        kind,
        at,
        Optional.empty(),
        Optional.empty(),
        code,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** What this party's acknowledgement of the request says: ACKNOWLEDGED or REFUSED. */
  public static Turn ofAcknowledgement(
      Kind kind, LetterRef request, PartyId responder, Instant at) {
    return new Turn(
        kind,
        at,
        Optional.of(responder),
        Optional.of(request),
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** A party has ended as an organisation, and another takes its place. */
  public static Turn succeeded(PartyId ended, PartyId successor, Instant at) {
    return new Turn(
        Kind.SUCCEEDED,
        at,
        Optional.of(ended),
        Optional.empty(),
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.of(successor));
  }

  /** Whether the other is this turn once more. */
  boolean repeats(Turn other) {
    return kind == other.kind
        && by.equals(other.by)
        && letter.equals(other.letter)
        && (letter.isPresent()
            || (code.equals(other.code)
                && about.equals(other.about)
                && date.equals(other.date)
                && to.equals(other.to)
                && at.equals(other.at)));
  }
}
