package dk.attestbro.gateway.journey;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CaseLetterRules;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.Directory;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Form;
import dk.attestbro.model.Forms;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterContentRules;
import dk.attestbro.model.LetterDraft;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.MessageWriter;
import dk.attestbro.model.OrganisationIds;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Problem;
import dk.attestbro.model.Refusal;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.Records;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Makes the FHIR message of a plain letter. Its content is checked first, so that problems are told
 * in the plain letter's own words.
 */
public final class DraftPlainLetter {
  private final Records records;
  private final DirectorySource directory;
  private final Addressees addressees;
  private final Forms forms;
  private final KnownCases cases;
  private final MessageWriter writer;
  private final OpenLetter openLetter;
  private final DischargeCases discharges;

  public DraftPlainLetter(
      Records records,
      DirectorySource directory,
      Forms forms,
      KnownCases cases,
      MessageWriter writer,
      OpenLetter openLetter,
      DischargeCases discharges) {
    this.records = records;
    this.directory = directory;
    this.addressees = new Addressees(directory);
    this.forms = forms;
    this.cases = cases;
    this.writer = writer;
    this.openLetter = openLetter;
    this.discharges = discharges;
  }

  /**
   * The message that says it.
   *
   * @throws MessageRefused with everything that is wrong with it
   */
  Payload draft(PlainLetter letter, PartyId sender, Instant now) {
    Directory parties = directory.current();
    Party from =
        parties.party(sender).orElseThrow(() -> new MessageRefused(RefusalReason.NOT_ALLOWED));
    LetterContentRules rules =
        new LetterContentRules(forms, now.atZone(DeadlineRule.ZONE).toLocalDate());
    if (letter.caseId().isEmpty()) {
      return opening(letter, from, parties, rules, now);
    }
    return letter.content() instanceof LetterContent.MentorOutcome
        ? aboutDischarge(letter, from, parties, rules, now)
        : following(letter, from, parties, rules, now);
  }

  /** A request or a discharge notice, which gets a case id here. */
  private Payload opening(
      PlainLetter letter, Party from, Directory parties, LetterContentRules rules, Instant now) {
    List<Problem> problems =
        new ArrayList<>(rules.check(letter.content(), "", OptionalInt.empty()));
    Optional<Party> to = receiver(letter, parties, DeadlineRule.day(now), problems);
    Addressees.requireAnother(to, from.id(), "receiver", problems);
    requireNone(together(letter.misread(), problems));
    CaseId caseId =
        letter.content() instanceof LetterContent.DischargeNotice notice
            ? discharges.of(notice, from.id(), to.orElseThrow().id())
            : CaseId.random();
    return written(letter, from, to.orElseThrow(), true, caseId, Optional.empty(), now);
  }

  private Payload aboutDischarge(
      PlainLetter letter, Party from, Directory parties, LetterContentRules rules, Instant now) {
    CaseId caseId = letter.caseId().orElseThrow();
    DischargeNotices notices = DischargeNotices.of(records, parties, caseId, now);
    Letter notice =
        notices.sentTo(from.id()).orElseThrow(() -> new MessageRefused(RefusalReason.NOT_FOUND));
    requireNone(together(letter.misread(), rules.check(letter.content(), "", OptionalInt.empty())));
    Party to = counterpart(parties, notices.answerTo(notice));
    MessageReading told =
        openLetter
            .read(notice.ref())
            .orElseThrow(() -> new MessageRefused(RefusalReason.CONTENT_DELETED));
    return written(letter, from, to, false, caseId, Optional.of(told), now);
  }

  private Payload following(
      PlainLetter letter, Party from, Directory parties, LetterContentRules rules, Instant now) {
    CaseId caseId = letter.caseId().orElseThrow();
    CertificateCase known =
        cases
            .find(caseId, now)
            .filter(c -> c.involves(from.id()))
            .orElseThrow(() -> new MessageRefused(RefusalReason.NOT_FOUND));
    List<Problem> problems =
        new ArrayList<>(
            rules.check(letter.content(), known.form(), OptionalInt.of(known.freeQuestions())));
    checkInCase(letter.content(), known, DeadlineRule.day(now), problems);
    requireNone(together(letter.misread(), problems));
    Party to = counterpart(parties, known.counterpart(from.id()));
    boolean fromRequester = known.requester().equals(from.id());
    return written(letter, from, to, fromRequester, caseId, openLetter.lastRequest(known), now);
  }

  /** What only the directory or the request can tell of a letter. */
  private void checkInCase(
      LetterContent content, CertificateCase known, LocalDate today, List<Problem> problems) {
    if (content instanceof LetterContent.Forwarded forwarded && !forwarded.to().sor().isEmpty()) {
      addressees.find(
          forwarded.to(),
          EventCode.CERTIFICATE_REQUEST.code(),
          Optional.of(known.form()),
          today,
          problems);
    } else if (content instanceof LetterContent.ConsentWithdrawn withdrawn) {
      openLetter
          .request(known)
          .flatMap(request -> CaseLetterRules.check(withdrawn, request, "at"))
          .ifPresent(problems::add);
    }
  }

  private static Party counterpart(Directory parties, PartyId id) {
    return parties
        .party(id)
        .orElseThrow(() -> new MessageRefused(RefusalReason.RECEIVER_UNKNOWN, "caseId"));
  }

  private Payload written(
      PlainLetter letter,
      Party from,
      Party to,
      boolean fromRequester,
      CaseId caseId,
      Optional<MessageReading> previous,
      Instant now) {
    return writer.letter(
        new LetterDraft(
            letter.letterId(),
            BundleId.random(),
            now,
            from,
            to,
            fromRequester,
            caseId,
            letter.content(),
            previous,
            Optional.empty()),
        MediaType.FHIR_JSON);
  }

  private Optional<Party> receiver(
      PlainLetter letter, Directory parties, LocalDate today, List<Problem> problems) {
    String named = letter.receiver().orElse("");
    if (named.isEmpty()) {
      problems.add(new Problem(RefusalReason.DESTINATION_MISSING, "receiver"));
      return Optional.empty();
    }
    Optional<Party> found = parties.named(named);
    if (found.isEmpty()) {
      problems.add(new Problem(RefusalReason.RECEIVER_UNKNOWN, "receiver"));
      return found;
    }
    OrganisationIds ids = new OrganisationIds(found.get().sor(), found.get().gln(), "receiver");
    return addressees.find(
        ids, letter.content().event().code(), formOf(letter.content()), today, problems);
  }

  private Optional<String> formOf(LetterContent content) {
    return content instanceof LetterContent.Request asked
        ? forms.find(asked.request().form()).map(Form::id)
        : Optional.empty();
  }

  /** What could not be read, and what is wrong with the rest. */
  private static List<Problem> together(List<Problem> misread, List<Problem> content) {
    List<Problem> all = new ArrayList<>(misread);
    content.stream()
        .filter(problem -> misread.stream().noneMatch(m -> concern(m.path(), problem.path())))
        .forEach(all::add);
    return all;
  }

  /** Whether one path is the other, or lies within it: what cannot be read is not missing too. */
  private static boolean concern(String one, String other) {
    return one.equals(other) || isWithin(one, other) || isWithin(other, one);
  }

  private static boolean isWithin(String path, String outer) {
    return path.startsWith(outer)
        && path.length() > outer.length()
        && ".[".indexOf(path.charAt(outer.length())) >= 0;
  }

  private static void requireNone(List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new MessageRefused(new Refusal(problems));
    }
  }
}
