package dk.attestbro.gateway.journey;

import dk.attestbro.model.Attachment;
import dk.attestbro.model.AttachmentTypes;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.CertificateReply;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Form;
import dk.attestbro.model.Forms;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MailIds;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.MailContents;
import dk.attestbro.port.MailHead;
import dk.attestbro.port.MailPurpose;
import dk.attestbro.port.MailReading;
import dk.attestbro.port.PagePrinting;
import dk.attestbro.port.Records;
import dk.attestbro.port.UnsortedMail;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes a mail without a FHIR message as the letter of a case that it can only be: a reply with its
 * one PDF, a question, or the answer to one. What leaves room for a guess is refused, for a person
 * to sort. The letter's id comes from the mail's bytes, so that the same mail is the same letter.
 */
public final class TakePlainMail {
  private final Records records;
  private final KnownCases cases;
  private final Forms forms;
  private final WriteLetter write;
  private final PagePrinting printing;
  private final MailRules rules;

  public TakePlainMail(
      Records records,
      KnownCases cases,
      Forms forms,
      WriteLetter write,
      PagePrinting printing,
      MailRules rules) {
    this.records = records;
    this.cases = cases;
    this.forms = forms;
    this.write = write;
    this.printing = printing;
    this.rules = rules;
  }

  /**
   * Takes it on the one journey.
   *
   * @throws MessageRefused MAIL_CASE_NOT_TOLD, MAIL_AUTHOR_NOT_TOLD, MAIL_MEANING_NOT_TOLD, and
   *     what the journey refuses of such a letter
   */
  Answer take(FetchedMail mail, MailReading.Read read, ProvenSender sender, MailPurpose.Form form) {
    CertificateCase about = about(form, sender, mail);
    PartyId side = side(about, sender);
    requireItsForm(form, about);
    LetterContent content = content(read, form, about, side);
    Answer answer =
        write.take(
            new PlainLetter(
                sender.caller(),
                Optional.of(side),
                letterId(mail),
                content,
                List.of(),
                Optional.empty(),
                Optional.of(about.id()),
                false,
                mail.sha256(),
                mail.sha256(),
                sender.signatures()));
    if (answer instanceof Answer.Refused refused) {
      throw new MessageRefused(refused.refusal());
    }
    return answer;
  }

  private static LetterId letterId(FetchedMail mail) {
    return new LetterId(UnsortedMail.idOf(mail.sha256()).toString());
  }

  private CertificateCase about(MailPurpose.Form form, ProvenSender sender, FetchedMail mail) {
    return form.caseId()
        .flatMap(id -> cases.find(id, mail.receivedAt()))
        .filter(known -> sender.parties().stream().anyMatch(known::involves))
        .orElseThrow(() -> new MessageRefused(RefusalReason.MAIL_CASE_NOT_TOLD));
  }

  private static PartyId side(CertificateCase about, ProvenSender sender) {
    boolean asks = sender.parties().contains(about.requester());
    boolean owes = sender.parties().contains(about.responder());
    if (asks == owes) {
      throw new MessageRefused(RefusalReason.MAIL_MEANING_NOT_TOLD);
    }
    return asks ? about.requester() : about.responder();
  }

  private void requireItsForm(MailPurpose.Form form, CertificateCase about) {
    boolean another =
        form.form()
            .filter(
                named ->
                    !forms
                        .find(named.replace(" ", ""))
                        .map(Form::id)
                        .equals(forms.find(about.form()).map(Form::id)))
            .isPresent();
    if (another) {
      throw new MessageRefused(RefusalReason.MAIL_MEANING_NOT_TOLD);
    }
  }

  private LetterContent content(
      MailReading.Read read, MailPurpose.Form form, CertificateCase about, PartyId side) {
    MailContents inside = read.contents();
    boolean replies = side.equals(about.responder());
    if (!inside.others().isEmpty() || inside.pdfs().size() > 1) {
      throw new MessageRefused(RefusalReason.MAIL_MEANING_NOT_TOLD);
    }
    if (form.pdf().isPresent() && replies) {
      return new LetterContent.Reply(reply(form.pdf().get(), form.text()));
    }
    if (form.pdf().isPresent() || form.text().isBlank()) {
      throw new MessageRefused(RefusalReason.MAIL_MEANING_NOT_TOLD);
    }
    return MailWords.said(form.text())
        .orElseGet(() -> answer(read.head(), form.text(), about, side));
  }

  /** Without a word for it, only what replies to the very mail that asked is an answer. */
  private LetterContent answer(MailHead head, String text, CertificateCase about, PartyId side) {
    boolean answers =
        head.inReplyTo().stream()
            .flatMap(id -> MailIds.envelopeOf(id, rules.address().domain()).stream())
            .flatMap(e -> records.letterInEnvelope(e.sender(), e.bundleId()).stream())
            .flatMap(ref -> records.letter(ref).stream())
            .anyMatch(letter -> asked(letter, about, side));
    if (!answers) {
      throw new MessageRefused(RefusalReason.MAIL_MEANING_NOT_TOLD);
    }
    return new LetterContent.Clarification(text.strip());
  }

  private static boolean asked(Letter letter, CertificateCase about, PartyId side) {
    return letter.event().equals(EventCode.CLARIFICATION_QUESTION.code())
        && letter.caseId().equals(Optional.of(about.id()))
        && letter.receiver().equals(Optional.of(side));
  }

  private CertificateReply reply(MailContents.File pdf, String text) {
    MailWords.Author author =
        MailWords.author(text)
            .orElseThrow(() -> new MessageRefused(RefusalReason.MAIL_AUTHOR_NOT_TOLD));
    List<Attachment> documents = new ArrayList<>();
    documents.add(attachment("Attest", pdf.bytes()));
    String more = MailWords.beyondAuthor(text);
    if (!more.isBlank()) {
      documents.add(attachment("Mailens tekst", printing.pdf(MailWords.page(more))));
    }
    return new CertificateReply(
        Map.of(), false, author.name(), author.authorisationId(), documents);
  }

  private static Attachment attachment(String title, byte[] pdf) {
    return new Attachment(title, AttachmentTypes.PDF.contentType(), pdf);
  }
}
