package dk.attestbro.gateway.api;

import dk.attestbro.gateway.journey.Answer;
import dk.attestbro.model.Access;
import dk.attestbro.model.AccessAct;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.Citizen;
import dk.attestbro.model.Digest;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Receipt;
import dk.attestbro.port.AccessLog;
import dk.attestbro.port.Caller;
import dk.attestbro.port.KeptDraft;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Notes in the access log what a call saw or did, before it is answered: where that fails, the call
 * does. Who called is the credentials', and the staff id that the calling system tells.
 */
public final class AccessNotes {
  private final AccessLog log;
  private final CitizenOf citizens;
  private final Clock clock;

  /** The call that the current thread serves. */
  private final HttpServletRequest call;

  AccessNotes(AccessLog log, CitizenOf citizens, Clock clock, HttpServletRequest call) {
    this.log = log;
    this.citizens = citizens;
    this.clock = clock;
    this.call = call;
  }

  /** A case, or a letter's way, was seen or changed for these parties. */
  public void noteCase(Caller caller, Set<PartyId> as, AccessAct act, CaseId id) {
    Optional<CaseId> about = Optional.of(id);
    write(caller, as, act, about, Optional.empty(), citizens.of(about), "");
  }

  /** A letter's way was seen. */
  public void noteWay(Caller caller, Set<PartyId> as, Letter letter) {
    write(
        caller,
        as,
        AccessAct.LETTER_READ,
        letter.caseId(),
        Optional.of(letter.ref()),
        citizens.of(letter.caseId()),
        "");
  }

  /** A letter's content was seen or made. */
  public void noteContent(
      Caller caller, PartyId as, AccessAct act, LetterRef letter, Optional<CaseId> id) {
    write(caller, Set.of(as), act, id, Optional.of(letter), citizens.of(id, letter), "");
  }

  /** Operations asked for, decided on or used break-glass access to a letter's content. */
  public void noteBreakGlass(Caller caller, AccessAct act, Letter letter, UUID request) {
    write(
        caller,
        Set.of(),
        act,
        letter.caseId(),
        Optional.of(letter.ref()),
        citizens.of(letter.caseId(), letter.ref()),
        "request " + request);
  }

  /**
   * A draft was read, kept or deleted.
   *
   * @param named whom it is about, where it is about no case yet
   */
  public void noteDraft(Caller caller, AccessAct act, KeptDraft draft, Optional<Citizen> named) {
    Optional<CaseId> id = draft.subject().caseId();
    write(
        caller,
        Set.of(draft.subject().party()),
        act,
        id,
        Optional.empty(),
        citizens.of(id).or(() -> named.map(citizens::digest)),
        "draft " + draft.id());
  }

  /** A letter was sent, if the answer says that it was taken. */
  public void noteSent(Caller caller, Answer answer) {
    receipt(answer)
        .ifPresent(
            given ->
                noteContent(
                    caller,
                    given.sender(),
                    AccessAct.LETTER_SENT,
                    new LetterRef(given.sender(), given.letterId()),
                    given.caseId()));
  }

  private static Optional<Receipt> receipt(Answer answer) {
    if (answer instanceof Answer.Accepted accepted) {
      return Optional.of(accepted.receipt());
    }
    return answer instanceof Answer.Repeated repeated
        ? Optional.of(repeated.receipt())
        : Optional.empty();
  }

  /** An operator acted on a letter. */
  public void noteOperator(Caller caller, AccessAct act, Letter letter, String reason) {
    write(
        caller,
        Set.of(),
        act,
        letter.caseId(),
        Optional.of(letter.ref()),
        citizens.of(letter.caseId()),
        digest(reason));
  }

  /** An operator acted on a party's queue. */
  public void noteOperator(Caller caller, AccessAct act, PartyId party, String reason) {
    noteOperator(caller, act, party + " " + digest(reason));
  }

  /** An operator sorted a mail. */
  void noteOperator(Caller caller, AccessAct act, UUID mail, String reason) {
    noteOperator(caller, act, mail + " " + digest(reason));
  }

  /** An operator saw or did something that is about no letter. */
  void noteOperator(Caller caller, AccessAct act, String detail) {
    Optional<CaseId> none = Optional.empty();
    write(caller, Set.of(), act, none, Optional.empty(), Optional.empty(), detail);
  }

  /** The log was searched for a citizen. */
  public void noteSearch(Caller caller, AccessAct act, Digest citizen, String reason) {
    write(
        caller,
        Set.of(),
        act,
        Optional.empty(),
        Optional.empty(),
        Optional.of(citizen),
        reason.isEmpty() ? "" : digest(reason));
  }

  /** The words may name a person: their digest is kept, the words are kept by who gave them. */
  private static String digest(String reason) {
    return "reason-sha256=" + Digest.of(reason.getBytes(StandardCharsets.UTF_8)).hex();
  }

  private void write(
      Caller caller,
      Set<PartyId> as,
      AccessAct act,
      Optional<CaseId> id,
      Optional<LetterRef> letter,
      Optional<Digest> citizen,
      String detail) {
    log.note(
        new Access(
            clock.instant(),
            new Access.Actor(
                caller.operator(), List.copyOf(as), caller.label(), StaffHeader.of(call)),
            act,
            id,
            letter,
            citizen,
            detail));
  }
}
