package dk.attestbro.gateway.journey;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CaseLetterRules;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.CertificateReplyRules;
import dk.attestbro.model.CertificateRequestRules;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.Directory;
import dk.attestbro.model.Forms;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterDraft;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.MessageWriter;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Problem;
import dk.attestbro.model.Refusal;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.Records;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Makes a plain letter a FHIR message and sends it on the one journey. Its content is checked
 * first, so that problems are told in the plain letter's own words.
 */
public final class WriteLetter {
  private final Records records;
  private final DirectorySource directory;
  private final Forms forms;
  private final MessageWriter writer;
  private final OpenLetter openLetter;
  private final ReceiveRoute receive;
  private final Clock clock;

  public WriteLetter(
      Records records,
      DirectorySource directory,
      Forms forms,
      MessageWriter writer,
      OpenLetter openLetter,
      ReceiveRoute receive,
      Clock clock) {
    this.records = records;
    this.directory = directory;
    this.forms = forms;
    this.writer = writer;
    this.openLetter = openLetter;
    this.receive = receive;
    this.clock = clock;
  }

  /** Takes the letter, or says why not; never throws for bad input. */
  public Answer take(PlainLetter letter) {
    try {
      PartyId sender = ActingParty.of(letter.caller(), letter.actingAs());
      Optional<Letter> known = records.letter(new LetterRef(sender, letter.letterId()));
      if (known.isPresent()) {
        return again(letter, known.get());
      }
      Instant now = clock.instant();
      Payload written = write(letter, sender, now);
      return receive.take(
          IncomingMessage.written(
              letter.caller(),
              written,
              sender,
              now,
              Optional.of(letter.requestDigest()),
              letter.receivedSha256()));
    } catch (MessageRefused refused) {
      return new Answer.Refused(refused.refusal(), Optional.empty());
    }
  }

  private static Answer again(PlainLetter letter, Letter known) {
    if (!known.contentDigest().equals(letter.requestDigest()) || known.receipt().isEmpty()) {
      throw new MessageRefused(RefusalReason.CONTENT_CHANGED, "Idempotency-Key");
    }
    return new Answer.Repeated(known.receipt().get());
  }

  private Payload write(PlainLetter letter, PartyId sender, Instant now) {
    Directory parties = directory.current();
    Party from =
        parties.party(sender).orElseThrow(() -> new MessageRefused(RefusalReason.NOT_ALLOWED));
    if (letter.content() instanceof LetterContent.Request request) {
      List<Problem> problems =
          new ArrayList<>(
              CertificateRequestRules.check(
                  request.request(), forms, now.atZone(DeadlineRule.ZONE).toLocalDate()));
      Optional<Party> to = receiver(letter, parties, problems);
      requireNone(together(letter.misread(), problems));
      return draft(letter, from, to.orElseThrow(), CaseId.random(), Optional.empty(), now);
    }
    CaseId caseId = letter.caseId().orElseThrow();
    CertificateCase known =
        records
            .certificateCase(caseId)
            .filter(c -> c.isParty(sender))
            .orElseThrow(() -> new MessageRefused(RefusalReason.NOT_FOUND));
    requireNone(together(letter.misread(), check(letter.content(), known)));
    Party to =
        parties
            .party(known.counterpart(sender))
            .orElseThrow(() -> new MessageRefused(RefusalReason.RECEIVER_UNKNOWN, "caseId"));
    return draft(letter, from, to, caseId, openLetter.read(known.request()), now);
  }

  private Payload draft(
      PlainLetter letter,
      Party from,
      Party to,
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
            caseId,
            letter.content(),
            previous),
        MediaType.FHIR_JSON);
  }

  private List<Problem> check(LetterContent content, CertificateCase known) {
    if (content instanceof LetterContent.Reply reply) {
      return CertificateReplyRules.check(
          reply.reply(),
          forms.find(known.form()).orElseThrow(),
          OptionalInt.of(known.freeQuestions()));
    }
    if (content instanceof LetterContent.Returned returned) {
      return CaseLetterRules.check(returned);
    }
    if (content instanceof LetterContent.Cancelled cancelled) {
      return CaseLetterRules.check(cancelled);
    }
    return content instanceof LetterContent.Filed filed ? CaseLetterRules.check(filed) : List.of();
  }

  private static Optional<Party> receiver(
      PlainLetter letter, Directory parties, List<Problem> problems) {
    String named = letter.receiver().orElse("");
    if (named.isEmpty()) {
      problems.add(new Problem(RefusalReason.DESTINATION_MISSING, "receiver"));
      return Optional.empty();
    }
    Optional<Party> found =
        parties.parties().stream().filter(p -> p.id().value().equals(named)).findFirst();
    if (found.isEmpty()) {
      problems.add(new Problem(RefusalReason.RECEIVER_UNKNOWN, "receiver"));
    }
    return found;
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
