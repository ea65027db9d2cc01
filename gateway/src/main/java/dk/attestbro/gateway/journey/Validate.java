package dk.attestbro.gateway.journey;

import dk.attestbro.model.AcknowledgementReading;
import dk.attestbro.model.CaseRules;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Deadline;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.Destination;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Form;
import dk.attestbro.model.Forms;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.MessageValidator;
import dk.attestbro.model.OrganisationIds;
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
  private final Records records;
  private final Forms forms;

  public Validate(
      MessageValidator validator, DirectorySource directory, Records records, Forms forms) {
    this.validator = validator;
    this.directory = directory;
    this.records = records;
    this.forms = forms;
  }

  /**
   * @throws LetterRefused with all problems; for an Acknowledgement {@link MessageRefused}
   */
  public ValidatedMessage content(AuthenticatedMessage message) {
    MessageReading reading = message.reading();
    List<Problem> problems = new ArrayList<>(message.problems());
    Optional<CertificateCase> before = reading.caseId().flatMap(records::certificateCase);
    Validation validation =
        validator.validate(
            reading,
            message.receivedAt(),
            before.map(c -> OptionalInt.of(c.freeQuestions())).orElseGet(OptionalInt::empty));
    problems.addAll(validation.problems());
    checkSender(message, problems);
    Optional<Party> receiver = receiver(message, problems);
    Optional<CertificateCase> after =
        reading.event().flatMap(event -> caseAfter(message, event, before, receiver, problems));
    Optional<Letter> acknowledged =
        isAcknowledgement(message) ? acknowledged(message, receiver, problems) : Optional.empty();
    if (!problems.isEmpty()) {
      throw refused(message, problems);
    }
    return new ValidatedMessage(
        message, receiver.orElseThrow(), validation.validatedBy(), after, acknowledged);
  }

  private static RuntimeException refused(AuthenticatedMessage message, List<Problem> problems) {
    List<Problem> distinct = problems.stream().distinct().toList();
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
                        successor(party))));
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
    OrganisationIds ids = aimed.get(0).receiver();
    Optional<Party> found = directory.current().bySor(ids.sor());
    if (found.isEmpty()) {
      problems.add(new Problem(RefusalReason.RECEIVER_UNKNOWN, ids.path()));
      return found;
    }
    Party party = found.get();
    if (!ids.gln().isEmpty() && !party.gln().equals(ids.gln())) {
      problems.add(new Problem(RefusalReason.GLN_NOT_LISTED, ids.path()));
    }
    if (!isAcknowledgement(message) && !party.isValidOn(today(message))) {
      problems.add(new Problem(RefusalReason.RECEIVER_EXPIRED, ids.path(), successor(party)));
    } else if (!takes(party, reading)) {
      problems.add(
          new Problem(
              RefusalReason.RECEIVER_DOES_NOT_TAKE_EVENT,
              ids.path(),
              reading.event().map(EventCode::code).orElse("")));
    }
    return found;
  }

  /** An Acknowledgement counts also where its reader has no endpoint to be told at. */
  private static boolean takes(Party party, MessageReading reading) {
    return reading.event().filter(e -> e == EventCode.ACKNOWLEDGEMENT).isPresent()
        || party.endpoint().filter(e -> e.takes(reading.eventCode())).isPresent();
  }

  private Optional<CertificateCase> caseAfter(
      AuthenticatedMessage message,
      EventCode event,
      Optional<CertificateCase> before,
      Optional<Party> receiver,
      List<Problem> problems) {
    if (event.isMedCom()
        || event == EventCode.DISCHARGE_NOTICE
        || event == EventCode.MENTOR_OUTCOME) {
      return Optional.empty();
    }
    MessageReading reading = message.reading();
    if (reading.caseId().isEmpty()) {
      problems.add(new Problem(RefusalReason.CASE_MISSING, "MessageHeader.focus"));
      return Optional.empty();
    }
    if (event == EventCode.CERTIFICATE_REQUEST) {
      return opened(message, before, receiver, problems);
    }
    if (before.isEmpty() || !before.get().isParty(message.sender())) {
      problems.add(
          new Problem(
              before.isEmpty() ? RefusalReason.CASE_UNKNOWN : RefusalReason.CASE_NOT_YOURS,
              "MessageHeader.focus"));
      return Optional.empty();
    }
    CertificateCase known = before.get();
    if (receiver.isPresent() && !known.counterpart(message.sender()).equals(receiver.get().id())) {
      problems.add(new Problem(RefusalReason.CASE_PARTY_WRONG, "MessageHeader.destination"));
    }
    if (event == EventCode.CERTIFICATE_REPLY && !answersFormOf(known, reading)) {
      problems.add(new Problem(RefusalReason.FIELD_INVALID, "QuestionnaireResponse.questionnaire"));
    }
    try {
      return Optional.of(CaseRules.after(known, event, message.sender(), message.receivedAt()));
    } catch (MessageRefused refused) {
      problems.addAll(refused.refusal().problems());
      return Optional.empty();
    }
  }

  private boolean answersFormOf(CertificateCase known, MessageReading reading) {
    return reading.form().isEmpty()
        || forms.find(reading.form()).map(Form::id).equals(forms.find(known.form()).map(Form::id));
  }

  private Optional<CertificateCase> opened(
      AuthenticatedMessage message,
      Optional<CertificateCase> before,
      Optional<Party> receiver,
      List<Problem> problems) {
    if (before.isPresent()) {
      boolean own = before.get().requester().equals(message.sender());
      problems.add(
          new Problem(
              own ? RefusalReason.CASE_STATE_FORBIDS : RefusalReason.CASE_NOT_YOURS,
              "MessageHeader.focus"));
      return Optional.empty();
    }
    Optional<Form> form = forms.find(message.reading().form());
    if (form.isEmpty() || receiver.isEmpty()) {
      return Optional.empty();
    }
    int freeQuestions =
        message
            .reading()
            .content()
            .map(c -> c instanceof LetterContent.Request r ? r.request().questions().size() : 0)
            .orElse(0);
    return Optional.of(
        new CertificateCase(
            message.reading().caseId().orElseThrow(),
            form.get().id(),
            freeQuestions,
            message.sender(),
            receiver.get().id(),
            message.ref(),
            CertificateCase.State.SENT,
            Deadline.notStarted(form.get().deadlineRule()),
            message.receivedAt(),
            message.receivedAt(),
            1));
  }

  private Optional<Letter> acknowledged(
      AuthenticatedMessage message, Optional<Party> receiver, List<Problem> problems) {
    Optional<AcknowledgementReading> acknowledgement = message.reading().acknowledgement();
    if (acknowledgement.isEmpty() || receiver.isEmpty()) {
      problems.add(new Problem(RefusalReason.ACKNOWLEDGEMENT_UNMATCHED, "MessageHeader.response"));
      return Optional.empty();
    }
    LetterRef about = new LetterRef(receiver.get().id(), acknowledgement.get().acknowledges());
    Optional<Letter> found =
        records
            .letter(about)
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

  /**
   * An answer to a letter that went before counts, though a party's validity has ended meanwhile.
   */
  private static boolean isAcknowledgement(AuthenticatedMessage message) {
    return message.reading().event().filter(e -> e == EventCode.ACKNOWLEDGEMENT).isPresent();
  }

  private static String successor(Party party) {
    return party.successor().map(id -> "successor=" + id).orElse("");
  }

  private static LocalDate today(AuthenticatedMessage message) {
    return message.receivedAt().atZone(DeadlineRule.ZONE).toLocalDate();
  }
}
