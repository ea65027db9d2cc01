package dk.attestbro.gateway.counter;

import dk.attestbro.model.CancellationReason;
import dk.attestbro.model.CaseRules;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.RetractionReason;
import dk.attestbro.model.ReturnReason;
import dk.attestbro.model.Turn;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What one side may do in a case, and what its form asks for. The same paths and fields as the
 * API's.
 */
enum CaseAct {
  REPLY("replies", Side.RESPONDER, Turn.Kind.REPLIED, known -> true),
  ANSWER("answers", Side.BOTH, Turn.Kind.QUESTION_ANSWERED, known -> true, Input.mustLong("text")),
  QUESTION(
      "questions",
      Side.BOTH,
      Turn.Kind.QUESTION_ASKED,
      known -> true,
      Input.mustLong("text"),
      new Input("linkId", Input.Kind.QUESTION, false, List.of())),
  INTERIM(
      "interim-replies",
      Side.RESPONDER,
      Turn.Kind.INTERIM_REPLIED,
      known -> known.state().isOpen(),
      new Input("expectedBy", Input.Kind.DAY, true, List.of()),
      Input.mayLong("text")),
  ACCEPT_INTERIM(
      "interim-acceptance",
      Side.REQUESTER,
      Turn.Kind.INTERIM_ACCEPTED,
      known ->
          known.standing().expectedBy().isPresent()
              && !known.standing().agreedBy().equals(known.standing().expectedBy()),
      new Input("letterId", Input.Kind.HIDDEN, true, List.of())),
  ASSIGN(
      "assignment",
      Side.BOTH,
      Turn.Kind.ASSIGNED,
      known -> known.state().isOpen(),
      new Input("contact.name", Input.Kind.TEXT, true, List.of()),
      new Input("contact.phone", Input.Kind.PHONE, true, List.of()),
      new Input("consultation", Input.Kind.DAY, false, List.of())),
  RETURN(
      "returns",
      Side.RESPONDER,
      Turn.Kind.RETURNED,
      known -> true,
      Input.code("reason", ReturnReason.values()),
      Input.mayLong("text")),
  FORWARD(
      "forwards",
      Side.RESPONDER,
      Turn.Kind.FORWARDED,
      known -> true,
      new Input("to", Input.Kind.PARTY, true, List.of()),
      Input.mayLong("text")),
  REMIND(
      "reminders",
      Side.REQUESTER,
      Turn.Kind.REMINDED,
      known -> known.state().isOpen(),
      Input.mayLong("text")),
  FILE(
      "filed",
      Side.BOTH,
      Turn.Kind.FILED,
      known -> true,
      new Input("reference", Input.Kind.TEXT, false, List.of())),
  CORRECT(
      "corrections",
      Side.RESPONDER,
      Turn.Kind.CORRECTED,
      known -> known.standing().reply().isPresent()),
  RETRACT(
      "retractions",
      Side.RESPONDER,
      Turn.Kind.RETRACTED,
      known -> known.standing().reply().isPresent(),
      new Input("retracts", Input.Kind.HIDDEN, true, List.of()),
      Input.code("reason", RetractionReason.values()),
      Input.mayLong("text")),
  CANCEL(
      "cancellation",
      Side.REQUESTER,
      Turn.Kind.CANCELLED,
      known -> true,
      Input.code("reason", CancellationReason.values()),
      Input.mayLong("text")),
  WITHDRAW_CONSENT(
      "consent-withdrawal",
      Side.REQUESTER,
      Turn.Kind.CONSENT_WITHDRAWN,
      known -> true,
      new Input("at", Input.Kind.DAY, true, List.of()),
      Input.mayLong("text"));

  /** Who of the two. */
  private enum Side {
    REQUESTER,
    RESPONDER,
    BOTH
  }

  private final String path;
  private final Side side;
  private final Turn.Kind kind;
  private final Predicate<CertificateCase> also;
  private final List<Input> inputs;

  CaseAct(
      String path, Side side, Turn.Kind kind, Predicate<CertificateCase> also, Input... inputs) {
    this.path = path;
    this.side = side;
    this.kind = kind;
    this.also = also;
    this.inputs = List.of(inputs);
  }

  static Optional<CaseAct> at(String path) {
    return Arrays.stream(values()).filter(act -> act.path.equals(path)).findFirst();
  }

  /**
   * What this party may do now, in the order in which it is offered.
   *
   * @param next the code of the case's next step; what takes it comes first
   */
  static List<CaseAct> of(CertificateCase known, PartyId party, String next) {
    return Arrays.stream(values())
        .filter(act -> act.isOpen(known, party))
        .sorted(Comparator.comparing(act -> !act.isStep(next)))
        .toList();
  }

  /** Whether it is the next step with this code: the acts that are steps bear their names. */
  public boolean isStep(String next) {
    return name().equals(next);
  }

  public String path() {
    return path;
  }

  public List<Input> inputs() {
    return inputs;
  }

  /** Whether it ends or undoes something, and is asked for twice. */
  public boolean isGrave() {
    return switch (this) {
      case RETURN, FORWARD, CANCEL, WITHDRAW_CONSENT, RETRACT -> true;
      default -> false;
    };
  }

  /** Whether who does it has what that letter asked or told, which then counts as received. */
  boolean answers(String event) {
    return switch (this) {
      case REPLY, INTERIM, RETURN -> event.equals(EventCode.CERTIFICATE_REQUEST.code());
      case ANSWER -> event.equals(EventCode.CLARIFICATION_QUESTION.code());
      case ACCEPT_INTERIM -> event.equals(EventCode.CERTIFICATE_INTERIM_REPLY.code());
      case FILE -> true;
      default -> false;
    };
  }

  /** Whether the letter is shown before it is sent: it hands the citizen's request to others. */
  public boolean isLookedOver() {
    return this == FORWARD;
  }

  boolean isOpen(CertificateCase known, PartyId party) {
    return isSideOf(known, party)
        && CaseRules.allows(known.state(), kind)
        && also.test(known)
        && isWaitedFor(known, party);
  }

  private boolean isSideOf(CertificateCase known, PartyId party) {
    return switch (side) {
      case REQUESTER -> known.requester().equals(party);
      case RESPONDER -> known.responder().equals(party);
      case BOTH -> known.isParty(party);
    };
  }

  /** Answers are given to questions, and each side files once. */
  private boolean isWaitedFor(CertificateCase known, PartyId party) {
    boolean requester = known.requester().equals(party);
    return switch (this) {
      case ANSWER ->
          requester ? known.standing().pausedFrom().isPresent() : known.standing().answerAwaited();
      case FILE ->
          requester
              ? known.standing().requesterFiledAt().isEmpty()
              : known.standing().responderFiledAt().isEmpty();
      default -> true;
    };
  }

  /** One field of a form. */
  record Input(String name, Kind kind, boolean required, List<String> codes) {
    enum Kind {
      TEXT,
      PHONE,
      LONG,
      DAY,
      CODE,
      PARTY,
      QUESTION,
      HIDDEN
    }

    static Input mustLong(String name) {
      return new Input(name, Kind.LONG, true, List.of());
    }

    static Input mayLong(String name) {
      return new Input(name, Kind.LONG, false, List.of());
    }

    static Input code(String name, Enum<?>[] codes) {
      return new Input(name, Kind.CODE, true, Arrays.stream(codes).map(Enum::name).toList());
    }
  }
}
