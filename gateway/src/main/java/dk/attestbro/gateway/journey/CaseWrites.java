package dk.attestbro.gateway.journey;

import dk.attestbro.model.CaseRules;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Deadline;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Evidence;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.model.Turn;
import dk.attestbro.port.AgreementSource;
import dk.attestbro.port.Change;
import dk.attestbro.port.DirectorySource;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The writes by which a case opens and moves: the case itself, its figures and what its timeline
 * says. Each adds to a {@link Change} and commits nothing.
 */
public final class CaseWrites {
  private final KnownCases cases;
  private final DirectorySource directory;
  private final AgreementSource agreements;

  public CaseWrites(KnownCases cases, DirectorySource directory, AgreementSource agreements) {
    this.cases = cases;
    this.directory = directory;
    this.agreements = agreements;
  }

  /**
   * A case that this letter has opened.
   *
   * @param number of a request that is the first of its kind that stands
   */
  void opened(
      Change.Builder change,
      Letter letter,
      CertificateCase opened,
      OptionalInt number,
      Instant now) {
    change.add(new Change.AddCase(opened, number));
    change.add(new Change.PutCaseFact(CaseFacts.of(opened, directory.current(), now)));
    note(change, opened, Optional.of(letter.ref()), now, TimelineCode.CASE_OPENED, opened.form());
  }

  /**
   * A case that a letter or a decision has moved; also where its state stays: the version makes
   * sure that nothing else moved it meanwhile.
   */
  void moved(
      Change.Builder change,
      CertificateCase before,
      CertificateCase after,
      Optional<LetterRef> by,
      TimelineCode code,
      Instant now) {
    change.add(new Change.UpdateCase(after));
    change.add(new Change.PutCaseFact(CaseFacts.of(after, directory.current(), now)));
    note(change, after, by, now, code, after.state().name());
    noteDeadline(change, before.deadline(), after, by, now);
  }

  private static void noteDeadline(
      Change.Builder change,
      Deadline before,
      CertificateCase after,
      Optional<LetterRef> by,
      Instant now) {
    Deadline deadline = after.deadline();
    if (!before.equals(deadline)) {
      TimelineCode code =
          switch (deadline.state()) {
            case NOT_STARTED, RUNNING ->
                before.state() == Deadline.State.NOT_STARTED
                    ? TimelineCode.DEADLINE_STARTED
                    : TimelineCode.DEADLINE_MOVED;
            case PAUSED -> TimelineCode.DEADLINE_PAUSED;
            case MET -> TimelineCode.DEADLINE_MET;
            case MISSED -> TimelineCode.DEADLINE_MISSED;
            case VOID -> TimelineCode.DEADLINE_VOID;
          };
      note(change, after, by, now, code, deadline.due().map(LocalDate::toString).orElse(""));
    }
  }

  /** The case after its request is proven received by the party that it was sent to. */
  void received(Change.Builder change, Letter request, Instant now) {
    acknowledged(change, request, Turn.Kind.ACKNOWLEDGED, TimelineCode.REQUEST_RECEIVED, now);
  }

  /** The case after that party has said that it cannot take the request. */
  void refused(Change.Builder change, Letter request, Instant now) {
    acknowledged(change, request, Turn.Kind.REFUSED, TimelineCode.REQUEST_REFUSED, now);
  }

  private void acknowledged(
      Change.Builder change, Letter request, Turn.Kind kind, TimelineCode code, Instant now) {
    if (!request.event().equals(EventCode.CERTIFICATE_REQUEST.code())) {
      return;
    }
    request
        .caseId()
        .flatMap(id -> cases.find(id, now))
        .ifPresent(
            before -> {
              Turn turn =
                  Turn.ofAcknowledgement(
                      kind, request.ref(), request.receiver().orElseThrow(), before.turnAt(now));
              CertificateCase after = CaseRules.take(before, turn, agreements.calendar());
              if (!after.equals(before)) {
                moved(change, before, after, Optional.of(request.ref()), code, now);
              }
            });
  }

  private static void note(
      Change.Builder change,
      CertificateCase about,
      Optional<LetterRef> letter,
      Instant now,
      TimelineCode code,
      String detail) {
    change.add(new Change.AddEvidence(new Evidence(about.id().chain(), now, code, letter, detail)));
  }
}
