package dk.attestbro.model;

import dk.attestbro.model.CertificateCase.State;
import dk.attestbro.model.CertificateCase.Whose;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Plays the turns of a case in their order. A turn that its place does not allow changes nothing
 * and says why; {@link CaseRules} is the table of what is allowed.
 */
final class CaseHistory {
  private PartyId requester;
  private PartyId responder;
  private final Set<PartyId> formerParties = new LinkedHashSet<>();
  private final Map<PartyId, PartyId> successors = new HashMap<>();
  private Optional<Instant> receivedAt = Optional.empty();
  private boolean responderHasIt;
  private boolean responderRefused;
  private boolean forwarded;
  private boolean assigned;
  private Optional<State> ended = Optional.empty();
  private Optional<Instant> endedAt = Optional.empty();
  private String endReason = "";
  private final Set<LetterId> everReplied = new LinkedHashSet<>();
  private final Set<LetterId> standingReply = new LinkedHashSet<>();
  private Optional<LetterId> reply = Optional.empty();
  private Optional<Instant> repliedAt = Optional.empty();
  private final Set<LetterId> interims = new LinkedHashSet<>();
  private Optional<LocalDate> expectedBy = Optional.empty();
  private Optional<LocalDate> agreedBy = Optional.empty();
  private Optional<LocalDate> consultation = Optional.empty();
  private final List<Pause> pauses = new ArrayList<>();
  private Optional<LocalDate> pausedFrom = Optional.empty();
  private boolean responderAsked;
  private boolean requesterAsked;
  private boolean answerAwaited;
  private Optional<Instant> requesterFiledAt = Optional.empty();
  private Optional<Instant> responderFiledAt = Optional.empty();
  private int reminders;
  private int interimReplies;
  private int questions;
  private final Set<String> followedUp = new LinkedHashSet<>();

  CaseHistory(CaseOpening opening) {
    requester = opening.requester();
    responder = opening.responder();
  }

  /** Takes the turn; where that is not allowed here, nothing changes and the reason is given. */
  Optional<RefusalReason> take(Turn turn) {
    Optional<RefusalReason> refused = refusal(turn);
    if (refused.isEmpty()) {
      play(turn);
    }
    return refused;
  }

  State state() {
    if (ended.isPresent()) {
      return ended.get();
    }
    if (reply.isPresent()) {
      return requesterFiledAt.isPresent() ? State.FILED : State.REPLIED;
    }
    if (pausedFrom.isPresent()) {
      return State.AWAITING_CLARIFICATION;
    }
    if (!responderHasIt) {
      return forwarded ? State.FORWARDED : State.SENT;
    }
    return assigned ? State.ASSIGNED : State.RECEIVED;
  }

  private Optional<RefusalReason> refusal(Turn turn) {
    if (turn.by().isPresent() && !mayTake(turn, turn.by().get())) {
      return Optional.of(RefusalReason.CASE_PARTY_WRONG);
    }
    if (isAboutAReply(turn) && turn.about().filter(everReplied::contains).isEmpty()) {
      return Optional.of(RefusalReason.REPLY_UNKNOWN);
    }
    return CaseRules.allows(state(), turn.kind()) && fits(turn)
        ? Optional.empty()
        : Optional.of(RefusalReason.CASE_STATE_FORBIDS);
  }

  private boolean mayTake(Turn turn, PartyId by) {
    PartyId owner = inPlaceOf(by);
    return switch (turn.kind().role()) {
      case REQUESTER -> owner.equals(requester);
      case RESPONDER -> owner.equals(responder);
      case EITHER -> owner.equals(requester) || owner.equals(responder);
      case GATEWAY -> true;
    };
  }

  /**
   * Who has taken this party's place in the case. What a party said of which it became known only
   * later that it had ended by then counts as its successor's.
   */
  private PartyId inPlaceOf(PartyId party) {
    return successors.getOrDefault(party, party);
  }

  private static boolean isAboutAReply(Turn turn) {
    return turn.kind() == Turn.Kind.CORRECTED || turn.kind() == Turn.Kind.RETRACTED;
  }

  /** What the state alone does not tell. */
  private boolean fits(Turn turn) {
    return switch (turn.kind()) {
      case CORRECTED, RETRACTED -> turn.about().filter(standingReply::contains).isPresent();
      case INTERIM_ACCEPTED -> turn.about().filter(interims::contains).isPresent();
      case QUESTION_ANSWERED -> isRequester(turn) ? responderAsked : requesterAsked;
      case FORWARDED ->
          turn.to().filter(to -> !to.equals(responder) && !to.equals(requester)).isPresent();
      case ACKNOWLEDGED,
          REPLIED,
          INTERIM_REPLIED,
          RETURNED,
          REMINDED,
          CANCELLED,
          QUESTION_ASKED,
          CONSENT_WITHDRAWN,
          CONSENT_LAPSED,
          FILED,
          ASSIGNED,
          ESCALATED,
          SUCCEEDED,
          REFUSED ->
          true;
    };
  }

  private boolean isRequester(Turn turn) {
    return turn.by().map(this::inPlaceOf).filter(requester::equals).isPresent();
  }

  private void play(Turn turn) {
    switch (turn.kind()) {
      case ACKNOWLEDGED -> acknowledged(turn);
      case REPLIED -> replied(turn);
      case INTERIM_REPLIED -> interimReplied(turn);
      case INTERIM_ACCEPTED -> agreedBy = turn.date();
      case RETURNED -> end(State.RETURNED, turn);
      case REMINDED -> reminded(turn);
      case CANCELLED -> end(State.CANCELLED, turn);
      case QUESTION_ASKED -> asked(turn);
      case QUESTION_ANSWERED -> answered(turn);
      case CORRECTED -> corrected(turn);
      case RETRACTED -> retracted();
      case FORWARDED -> forwarded(turn);
      case CONSENT_WITHDRAWN -> end(State.CONSENT_WITHDRAWN, turn);
      case CONSENT_LAPSED -> end(State.CONSENT_LAPSED, turn);
      case FILED -> filed(turn);
      case ASSIGNED -> assigned(turn);
      case ESCALATED -> followedUp.add(turn.code());
      case SUCCEEDED -> succeeded(turn.by().orElseThrow(), turn.to().orElseThrow());
      case REFUSED -> responderRefused |= isResponder(turn);
    }
  }

  private void acknowledged(Turn turn) {
    receivedAt = receivedAt.isPresent() ? receivedAt : Optional.of(turn.at());
    responderHasIt |= isResponder(turn);
  }

  private boolean isResponder(Turn turn) {
    return turn.by().map(this::inPlaceOf).filter(responder::equals).isPresent();
  }

  private void replied(Turn turn) {
    reply = turn.letter().map(LetterRef::id);
    repliedAt = Optional.of(turn.at());
    reply.ifPresent(everReplied::add);
    reply.ifPresent(standingReply::add);
    endPause(turn);
  }

  private void interimReplied(Turn turn) {
    interimReplies++;
    turn.letter().map(LetterRef::id).ifPresent(interims::add);
    if (reply.isEmpty()) {
      expectedBy = turn.date();
    }
  }

  private void reminded(Turn turn) {
    if (!FollowUpStep.isNotice(turn.code())) {
      reminders++;
    }
    if (!turn.code().isEmpty()) {
      followedUp.add(turn.code());
    }
  }

  private void asked(Turn turn) {
    questions++;
    if (isRequester(turn)) {
      requesterAsked = true;
      answerAwaited = true;
      return;
    }
    responderAsked = true;
    if (reply.isEmpty() && pausedFrom.isEmpty()) {
      pausedFrom = Optional.of(DeadlineRule.day(turn.at()));
    }
  }

  private void answered(Turn turn) {
    if (isRequester(turn)) {
      endPause(turn);
    } else {
      answerAwaited = false;
    }
  }

  private void corrected(Turn turn) {
    reply = turn.letter().map(LetterRef::id);
    reply.ifPresent(everReplied::add);
    reply.ifPresent(standingReply::add);
    requesterFiledAt = Optional.empty();
  }

  private void retracted() {
    reply = Optional.empty();
    repliedAt = Optional.empty();
    standingReply.clear();
    requesterFiledAt = Optional.empty();
    responderFiledAt = Optional.empty();
  }

  private void forwarded(Turn turn) {
    formerParties.add(responder);
    responder = turn.to().orElseThrow();
    forwarded = true;
    responderHasIt = false;
    responderRefused = false;
    assigned = false;
    // Whoever takes over has asked nothing yet, and was asked nothing.
    responderAsked = false;
    requesterAsked = false;
    answerAwaited = false;
    endPause(turn);
  }

  private void filed(Turn turn) {
    if (isRequester(turn)) {
      requesterFiledAt = Optional.of(turn.at());
    } else {
      responderFiledAt = Optional.of(turn.at());
    }
  }

  private void assigned(Turn turn) {
    if (!isRequester(turn)) {
      assigned = true;
      consultation = turn.date().isPresent() ? turn.date() : consultation;
    }
  }

  private void end(State state, Turn turn) {
    ended = Optional.of(state);
    endedAt = Optional.of(turn.at());
    endReason = turn.code();
    endPause(turn);
  }

  private void endPause(Turn turn) {
    pausedFrom.ifPresent(from -> pauses.add(new Pause(from, DeadlineRule.day(turn.at()))));
    pausedFrom = Optional.empty();
  }

  private void succeeded(PartyId former, PartyId successor) {
    successors.replaceAll((ended, last) -> last.equals(former) ? successor : last);
    successors.put(former, successor);
    if (requester.equals(former)) {
      formerParties.add(former);
      requester = successor;
    }
    if (responder.equals(former)) {
      formerParties.add(former);
      responder = successor;
    }
  }

  CaseStanding standing() {
    return new CaseStanding(
        state(),
        turn(),
        requester,
        responder,
        formerParties,
        receivedAt,
        reply,
        repliedAt,
        endedAt,
        endReason,
        expectedBy,
        agreedBy,
        consultation,
        pauses,
        pausedFrom,
        answerAwaited,
        requesterFiledAt,
        responderFiledAt,
        reminders,
        interimReplies,
        questions,
        followedUp);
  }

  private Whose turn() {
    return switch (state()) {
      case SENT, FORWARDED -> responderRefused ? Whose.REQUESTER : Whose.GATEWAY;
      case RECEIVED, ASSIGNED -> Whose.RESPONDER;
      case AWAITING_CLARIFICATION -> Whose.REQUESTER;
      case REPLIED -> answerAwaited ? Whose.RESPONDER : Whose.REQUESTER;
      case RETURNED -> requesterFiledAt.isPresent() ? Whose.NONE : Whose.REQUESTER;
      case FILED, CANCELLED, CONSENT_WITHDRAWN, CONSENT_LAPSED -> Whose.NONE;
    };
  }
}
