package dk.attestbro.gateway.journey;

import dk.attestbro.model.AcknowledgementReading;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CaseRules;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.Destination;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Form;
import dk.attestbro.model.Forms;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.MessageValidator;
import dk.attestbro.model.Party;
import dk.attestbro.model.Problem;
import dk.attestbro.model.Refusal;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.Validation;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.Records;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Checks everything about a new letter, and gathers all problems at once: the profile and the rules
 * of its content, its parties in the directory, its case and, for an Acknowledgement, the letter it
 * is about.
 */
public final class Validate {
  private final MessageValidator validator;
  private final DirectorySource directory;
  private final Addressees addressees;
  private final Records records;
  private final KnownCases cases;
  private final JudgeCase judgeCase;
  private final Forms forms;
  private final OpenLetter openLetter;

  public Validate(
      MessageValidator validator,
      DirectorySource directory,
      Records records,
      KnownCases cases,
      JudgeCase judgeCase,
      Forms forms,
      OpenLetter openLetter) {
    this.validator = validator;
    this.directory = directory;
    this.addressees = new Addressees(directory);
    this.records = records;
    this.cases = cases;
    this.judgeCase = judgeCase;
    this.forms = forms;
    this.openLetter = openLetter;
  }

  /**
   * @throws LetterRefused with all problems; for an Acknowledgement {@link MessageRefused}
   * @throws MessageRefused DUPLICATE_REQUEST where nothing else is wrong, the same was asked before
   *     and the sender wants to be told so first
   */
  public ValidatedMessage content(AuthenticatedMessage message) {
    MessageReading reading = message.reading();
    List<Problem> problems = new ArrayList<>(message.problems());
    Optional<CertificateCase> before =
        reading.caseId().flatMap(id -> cases.find(id, message.receivedAt()));
    Validation validation =
        validator.validate(
            reading,
            message.receivedAt(),
            before.map(c -> OptionalInt.of(c.freeQuestions())).orElseGet(OptionalInt::empty));
    problems.addAll(validation.problems());
    checkSender(message, problems);
    Optional<Party> receiver = receiver(message, problems);
    CaseJudgement judgement =
        reading
            .event()
            .map(event -> judged(message, event, before, receiver, problems))
            .orElse(CaseJudgement.NONE);
    reading
        .event()
        .filter(event -> !event.isMedCom() && !CaseRules.opens(event) && receiver.isPresent())
        .ifPresent(
            event ->
                CaseParts.check(
                    message, event, before, receiver.get(), directory.current(), problems));
    Optional<Letter> acknowledged =
        isAcknowledgement(message) ? acknowledged(message, receiver, problems) : Optional.empty();
    if (!problems.isEmpty()) {
      throw refused(message, problems);
    }
    if (message.incoming().refusesSecond()) {
      requireFirst(judgement.earlier());
    }
    return new ValidatedMessage(
        message, receiver.orElseThrow(), validation.validatedBy(), judgement, acknowledged);
  }

  /** Leaves no trace: the sender may confirm under the same letter id. */
  private static void requireFirst(EarlierRequests earlier) {
    earlier
        .standing()
        .ifPresent(
            caseId -> {
              throw new MessageRefused(
                  Refusal.of(RefusalReason.DUPLICATE_REQUEST, "citizen", caseId.toString()));
            });
  }

  private static RuntimeException refused(AuthenticatedMessage message, List<Problem> problems) {
    List<Problem> distinct =
        problems.stream().map(p -> inMessage(p, message.reading())).distinct().toList();
    if (message.reading().event().filter(e -> e == EventCode.ACKNOWLEDGEMENT).isEmpty()) {
      return new LetterRefused(message, new Refusal(distinct));
    }
    List<Problem> answer = new ArrayList<>();
    if (distinct.stream().noneMatch(p -> p.reason() == RefusalReason.ACKNOWLEDGEMENT_UNMATCHED)) {
      answer.add(new Problem(RefusalReason.ACKNOWLEDGEMENT_INVALID, ""));
    }
    answer.addAll(distinct);
    return new MessageRefused(new Refusal(answer));
  }

  /** The problem with the place in this message where its path names a resource only. */
  private static Problem inMessage(Problem problem, MessageReading reading) {
    return problem.path().isEmpty() || problem.path().startsWith("Bundle")
        ? problem
        : new Problem(problem.reason(), reading.pathOf(problem.path()), problem.hint());
  }

  private void checkSender(AuthenticatedMessage message, List<Problem> problems) {
    LocalDate today = today(message);
    directory
        .current()
        .party(message.sender())
        .filter(party -> !isAcknowledgement(message) && !party.isValidOn(today))
        .ifPresent(
            party ->
                problems.add(
                    new Problem(
                        RefusalReason.SENDER_EXPIRED,
                        message.reading().sender().path(),
                        Addressees.successorOf(party))));
  }

  private Optional<Party> receiver(AuthenticatedMessage message, List<Problem> problems) {
    MessageReading reading = message.reading();
    List<Destination> aimed =
        reading.destinations().stream()
            .filter(d -> reading.isCarbonCopy() ? d.isCopy() : d.isPrimary())
            .toList();
    if (aimed.size() != 1 || aimed.get(0).receiver().sor().isEmpty()) {
      return Optional.empty();
    }
    boolean asks = reading.event().filter(e -> e == EventCode.CERTIFICATE_REQUEST).isPresent();
    Optional<Party> found =
        addressees.find(
            aimed.get(0).receiver(),
            reading.eventCode(),
            asks ? forms.find(reading.form()).map(Form::id) : Optional.empty(),
            today(message),
            problems);
    if (reading.event().filter(e -> !e.isMedCom()).isPresent()) {
      Addressees.requireAnother(found, message.sender(), aimed.get(0).receiver().path(), problems);
    }
    return found;
  }

  /** A case id names one certificate case or one notice of discharge, never both. */
  private CaseJudgement judged(
      AuthenticatedMessage message,
      EventCode event,
      Optional<CertificateCase> before,
      Optional<Party> receiver,
      List<Problem> problems) {
    Optional<CaseId> id = message.reading().caseId();
    Optional<Problem> taken =
        switch (event) {
          case DISCHARGE_NOTICE, MENTOR_OUTCOME ->
              before
                  .map(known -> new Problem(RefusalReason.CASE_NOT_YOURS, "MessageHeader.focus"))
                  .or(() -> id.flatMap(of -> againstDischarge(message, event, of, receiver)));
          case CERTIFICATE_REQUEST ->
              id.filter(of -> DischargeNotices.areIn(records, of))
                  .map(of -> new Problem(RefusalReason.CASE_NOT_YOURS, "MessageHeader.focus"));
          default -> Optional.empty();
        };
    if (taken.isPresent()) {
      problems.add(taken.get());
      return CaseJudgement.NONE;
    }
    return judgeCase.judge(message, event, before, receiver, problems);
  }

  private Optional<Problem> againstDischarge(
      AuthenticatedMessage message, EventCode event, CaseId id, Optional<Party> receiver) {
    DischargeNotices notices =
        DischargeNotices.of(records, directory.current(), id, message.receivedAt());
    Optional<Problem> ofParties =
        event == EventCode.DISCHARGE_NOTICE
            ? notices.againstNotice(message.sender())
            : notices.againstOutcome(message.sender(), receiver.map(Party::id));
    return ofParties.or(() -> notices.againstCitizen(message.reading().citizen(), openLetter));
  }

  private Optional<Letter> acknowledged(
      AuthenticatedMessage message, Optional<Party> receiver, List<Problem> problems) {
    Optional<AcknowledgementReading> acknowledgement = message.reading().acknowledgement();
    if (acknowledgement.isEmpty() || receiver.isEmpty()) {
      problems.add(new Problem(RefusalReason.ACKNOWLEDGEMENT_UNMATCHED, "MessageHeader.response"));
      return Optional.empty();
    }
    LetterId id = acknowledgement.get().acknowledges();
    Optional<Letter> found =
        records
            .letter(new LetterRef(receiver.get().id(), id))
            .or(() -> sentBefore(receiver.get(), id, today(message)))
            .filter(letter -> !letter.isAcknowledgement())
            .filter(letter -> letter.status() != LetterStatus.REFUSED)
            .filter(letter -> letter.receiver().filter(message.sender()::equals).isPresent());
    if (found.isEmpty()) {
      problems.add(
          new Problem(
              RefusalReason.ACKNOWLEDGEMENT_UNMATCHED, "MessageHeader.response.identifier"));
    }
    return found;
  }

  /** One that was sent by a party whose place this one has taken. */
  private Optional<Letter> sentBefore(Party successor, LetterId id, LocalDate today) {
    return records.letters(id).stream()
        .filter(
            letter ->
                directory.current().inPlaceOf(letter.ref().sender(), today).equals(successor.id()))
        .findFirst();
  }

  /**
   * An answer to a letter that went before counts, though a party's validity has ended meanwhile.
   */
  private static boolean isAcknowledgement(AuthenticatedMessage message) {
    return message.reading().event().filter(e -> e == EventCode.ACKNOWLEDGEMENT).isPresent();
  }

  private static LocalDate today(AuthenticatedMessage message) {
    return message.receivedAt().atZone(DeadlineRule.ZONE).toLocalDate();
  }
}
