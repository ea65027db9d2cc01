package dk.attestbro.gateway.journey;

import dk.attestbro.model.CaseLetterRules;
import dk.attestbro.model.CaseOpening;
import dk.attestbro.model.CaseRules;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.CertificateRequest;
import dk.attestbro.model.Citizen;
import dk.attestbro.model.Consent;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Form;
import dk.attestbro.model.Forms;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.Turn;
import dk.attestbro.port.AgreementSource;
import dk.attestbro.port.DirectorySource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Says what a letter does to its certificate case: a request opens one, every other letter takes a
 * turn in it. Whose turn it may be and when is told by {@link CaseRules}.
 */
public final class JudgeCase {
  private final DirectorySource directory;
  private final Addressees addressees;
  private final AgreementSource agreements;
  private final SecondRequests secondRequests;
  private final Forms forms;
  private final OpenLetter openLetter;

  public JudgeCase(
      DirectorySource directory,
      AgreementSource agreements,
      SecondRequests secondRequests,
      Forms forms,
      OpenLetter openLetter) {
    this.directory = directory;
    this.addressees = new Addressees(directory);
    this.agreements = agreements;
    this.secondRequests = secondRequests;
    this.forms = forms;
    this.openLetter = openLetter;
  }

  /**
   * @param before the case that the letter names, where it is known
   * @param problems what is wrong is added here; then nothing is said of the case after
   */
  CaseJudgement judge(
      AuthenticatedMessage message,
      EventCode event,
      Optional<CertificateCase> before,
      Optional<Party> receiver,
      List<Problem> problems) {
    Optional<Turn.Kind> kind = CaseRules.kindOf(event);
    if (event != EventCode.CERTIFICATE_REQUEST && kind.isEmpty()) {
      return CaseJudgement.NONE;
    }
    if (message.reading().caseId().isEmpty()) {
      problems.add(new Problem(RefusalReason.CASE_MISSING, "MessageHeader.focus"));
      return CaseJudgement.NONE;
    }
    return kind.isEmpty()
        ? opened(message, before, receiver, problems)
        : moved(message, kind.get(), before, receiver, problems);
  }

  private CaseJudgement opened(
      AuthenticatedMessage message,
      Optional<CertificateCase> before,
      Optional<Party> receiver,
      List<Problem> problems) {
    if (before.isPresent()) {
      boolean own = before.get().involves(message.sender());
      problems.add(
          new Problem(
              own ? RefusalReason.CASE_STATE_FORBIDS : RefusalReason.CASE_NOT_YOURS,
              "MessageHeader.focus"));
      return CaseJudgement.NONE;
    }
    Optional<Form> form = forms.find(message.reading().form());
    Optional<Party> sender = directory.current().party(message.sender());
    Optional<CertificateRequest> request = request(message.reading());
    if (form.isEmpty() || receiver.isEmpty() || sender.isEmpty() || request.isEmpty()) {
      return CaseJudgement.NONE;
    }
    CaseOpening opening = opening(message, form.get(), sender.get(), receiver.get(), request.get());
    return new CaseJudgement(
        Optional.empty(),
        Optional.of(CertificateCase.opened(opening, agreements.calendar())),
        Optional.empty(),
        secondRequests.before(opening));
  }

  private CaseOpening opening(
      AuthenticatedMessage message,
      Form form,
      Party sender,
      Party receiver,
      CertificateRequest request) {
    LocalDate today = DeadlineRule.day(message.receivedAt());
    return new CaseOpening(
        message.reading().caseId().orElseThrow(),
        form.id(),
        request.questions().size(),
        message.sender(),
        receiver.id(),
        message.ref(),
        agreements.current().ruleFor(form, sender, receiver, today),
        message.receivedAt(),
        request.wishedBy(),
        request.consent().flatMap(Consent::validUntil),
        request.caseStartedOn(),
        request.citizen().map(secondRequests::digest));
  }

  private static Optional<CertificateRequest> request(MessageReading reading) {
    return reading
        .content()
        .map(content -> content instanceof LetterContent.Request asks ? asks.request() : null);
  }

  private CaseJudgement moved(
      AuthenticatedMessage message,
      Turn.Kind kind,
      Optional<CertificateCase> before,
      Optional<Party> receiver,
      List<Problem> problems) {
    if (before.isEmpty() || !before.get().involves(message.sender())) {
      problems.add(
          new Problem(
              before.isEmpty() ? RefusalReason.CASE_UNKNOWN : RefusalReason.CASE_NOT_YOURS,
              "MessageHeader.focus"));
      return CaseJudgement.NONE;
    }
    CertificateCase known = before.get();
    PartyId stands =
        directory.current().inPlaceOf(message.sender(), DeadlineRule.day(message.receivedAt()));
    if (receiver.isPresent() && !known.counterpart(stands).equals(receiver.get().id())) {
      problems.add(new Problem(RefusalReason.CASE_PARTY_WRONG, "MessageHeader.destination"));
    }
    if (isAboutAnother(known, message.reading())) {
      problems.add(new Problem(RefusalReason.CITIZEN_DIFFERS, "Task.for"));
    }
    boolean answers = kind == Turn.Kind.REPLIED || kind == Turn.Kind.CORRECTED;
    if (answers && !answersFormOf(known, message.reading())) {
      problems.add(new Problem(RefusalReason.FIELD_INVALID, "QuestionnaireResponse.questionnaire"));
    }
    withdrawnTooEarly(message.reading(), known).ifPresent(problems::add);
    Optional<Party> takesOver = takesOver(message, known, problems);
    if (kind == Turn.Kind.FORWARDED && takesOver.isEmpty()) {
      return CaseJudgement.NONE;
    }
    try {
      CertificateCase after =
          CaseRules.take(known, turn(message, kind, known, takesOver), agreements.calendar());
      return new CaseJudgement(
          Optional.of(known), Optional.of(after), takesOver, EarlierRequests.NONE);
    } catch (MessageRefused refused) {
      refused.refusal().problems().stream()
          .map(p -> new Problem(p.reason(), elementOf(p.reason()), p.hint()))
          .forEach(problems::add);
      return CaseJudgement.NONE;
    }
  }

  /** What in a letter is not as the case needs it. */
  private static String elementOf(RefusalReason reason) {
    return switch (reason) {
      case CASE_PARTY_WRONG -> "MessageHeader.sender";
      case REPLY_UNKNOWN -> "Task.output";
      default -> "MessageHeader.event";
    };
  }

  /**
   * The digest tells most letters from none; where it differs, its key may have been lost since, so
   * the request itself decides. Where that is not held any more, nothing can be told.
   */
  private boolean isAboutAnother(CertificateCase known, MessageReading reading) {
    Optional<Citizen> told = reading.citizen();
    return told.isPresent()
        && !told.map(secondRequests::digest).equals(known.opening().citizen())
        && openLetter
            .request(known)
            .flatMap(CertificateRequest::citizen)
            .filter(asked -> !asked.isSameAs(told.get()))
            .isPresent();
  }

  private boolean answersFormOf(CertificateCase known, MessageReading reading) {
    return reading.form().isEmpty()
        || forms.find(reading.form()).map(Form::id).equals(forms.find(known.form()).map(Form::id));
  }

  private Optional<Problem> withdrawnTooEarly(MessageReading reading, CertificateCase known) {
    return reading
        .content()
        .map(c -> c instanceof LetterContent.ConsentWithdrawn withdrawn ? withdrawn : null)
        .flatMap(
            withdrawn ->
                openLetter
                    .request(known)
                    .flatMap(
                        request -> CaseLetterRules.check(withdrawn, request, "Consent.dateTime")));
  }

  private Optional<Party> takesOver(
      AuthenticatedMessage message, CertificateCase known, List<Problem> problems) {
    return message
        .reading()
        .content()
        .map(c -> c instanceof LetterContent.Forwarded forwarded ? forwarded.to() : null)
        .filter(to -> !to.sor().isEmpty())
        .flatMap(
            to ->
                addressees.find(
                    to,
                    EventCode.CERTIFICATE_REQUEST.code(),
                    Optional.of(known.form()),
                    DeadlineRule.day(message.receivedAt()),
                    problems));
  }

  private static Turn turn(
      AuthenticatedMessage message,
      Turn.Kind kind,
      CertificateCase known,
      Optional<Party> takesOver) {
    return Turn.by(
        kind,
        known.turnAt(message.receivedAt()),
        message.ref(),
        message.reading().content(),
        takesOver.map(Party::id));
  }
}
