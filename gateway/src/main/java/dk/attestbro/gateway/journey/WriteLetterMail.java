package dk.attestbro.gateway.journey;

import dk.attestbro.model.Attachment;
import dk.attestbro.model.AttachmentTypes;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Directory;
import dk.attestbro.model.Endpoint;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Forms;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.MailIds;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReader;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.Party;
import dk.attestbro.model.Payload;
import dk.attestbro.port.Delivery;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.LetterMail;
import dk.attestbro.port.MailAddress;
import dk.attestbro.port.MailContents;
import dk.attestbro.port.MailDraft;
import dk.attestbro.port.MailWriting;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes the mail of a letter: what it says in Danish, its documents, and the message exactly as it
 * was received. Names of files are made of the event alone.
 */
public final class WriteLetterMail implements LetterMail {
  private static final String PDF = AttachmentTypes.PDF.contentType();

  private final MailSender sender;
  private final DirectorySource directory;
  private final KnownCases cases;
  private final Forms forms;
  private final MessageReader reader;
  private final LetterPdf pdfs;
  private final MailWriting writing;

  public WriteLetterMail(
      MailSender sender,
      DirectorySource directory,
      KnownCases cases,
      Forms forms,
      MessageReader reader,
      LetterPdf pdfs,
      MailWriting writing) {
    this.sender = sender;
    this.directory = directory;
    this.cases = cases;
    this.forms = forms;
    this.reader = reader;
    this.pdfs = pdfs;
    this.writing = writing;
  }

  @Override
  public byte[] encrypted(Delivery delivery, Instant now) {
    return writing.encrypted(
        letter(delivery, now), delivery.endpoint().encryptTo().orElseThrow(), now);
  }

  @Override
  public byte[] open(Delivery delivery, Instant now) {
    return writing.open(letter(delivery, now));
  }

  @Override
  public byte[] notice(Delivery delivery, Instant now) {
    Letter letter = delivery.letter();
    String domain = sender.address().domain();
    return writing.open(
        draft(
            delivery,
            now,
            MailIds.noticeId(letter.ref().sender(), delivery.bundleId(), domain),
            false,
            MailText.notice(letter, name(letter)),
            List.of()));
  }

  private MailDraft letter(Delivery delivery, Instant now) {
    Letter letter = delivery.letter();
    MessageReading reading = reader.read(delivery.body());
    Optional<CertificateCase> opened = letter.caseId().flatMap(id -> cases.find(id, now));
    String text =
        MailText.of(
            letter,
            name(letter),
            delivery.receiver().name(),
            opened
                .map(CertificateCase::form)
                .or(() -> Optional.of(reading.form()))
                .flatMap(forms::find),
            opened.map(CertificateCase::deadline),
            reading);
    return draft(
        delivery,
        now,
        MailIds.messageId(letter.ref().sender(), delivery.bundleId(), sender.address().domain()),
        delivery.endpoint().acknowledges() == Endpoint.Acknowledges.MDN,
        text,
        files(letter, delivery.body(), reading));
  }

  private MailDraft draft(
      Delivery delivery,
      Instant now,
      String messageId,
      boolean readReceipt,
      String text,
      List<MailContents.File> files) {
    Letter letter = delivery.letter();
    return new MailDraft(
        sender.address(),
        sender.name(),
        address(delivery.endpoint().address().orElseThrow()),
        now,
        messageId,
        letter.caseId().map(id -> MailIds.caseId(id, sender.address().domain())),
        subject(letter),
        readReceipt,
        text,
        files);
  }

  /** A kind of letter and the number of a case: nobody's name, and nothing that a person wrote. */
  private static String subject(Letter letter) {
    return "Attestbro: "
        + MailText.event(letter)
        + letter.caseId().map(WriteLetterMail::tag).orElse("");
  }

  /** What an answer's subject tells the case by. */
  private static String tag(CaseId caseId) {
    return " [AB:" + caseId + "]";
  }

  private List<MailContents.File> files(Letter letter, Payload message, MessageReading reading) {
    String event = EventCode.parse(letter.event()).map(EventCode::code).orElse("message");
    List<MailContents.File> files = new ArrayList<>();
    List<Attachment> carried = reading.attachments();
    if (carried.stream().noneMatch(a -> isOf(a, AttachmentTypes.PDF)) && isReply(reading)) {
      pdfs.of(letter, message)
          .ifPresent(pdf -> files.add(new MailContents.File(event + ".pdf", PDF, pdf)));
    }
    for (int n = 1; n <= carried.size(); n++) {
      Attachment attachment = carried.get(n - 1);
      Optional<AttachmentTypes> type = AttachmentTypes.parse(attachment.contentType());
      if (type.isPresent()) {
        files.add(
            new MailContents.File(
                event + "-" + n + "." + type.get().name().toLowerCase(Locale.ROOT),
                type.get().contentType(),
                attachment.data()));
      }
    }
    String ending = message.mediaType() == MediaType.FHIR_XML ? ".xml" : ".json";
    files.add(new MailContents.File(event + ending, message.mediaType().value(), message.bytes()));
    return files;
  }

  private static boolean isReply(MessageReading reading) {
    return reading
        .content()
        .filter(
            content ->
                content instanceof LetterContent.Reply
                    || content instanceof LetterContent.Correction)
        .isPresent();
  }

  private static boolean isOf(Attachment attachment, AttachmentTypes type) {
    return AttachmentTypes.parse(attachment.contentType()).equals(Optional.of(type));
  }

  private String name(Letter letter) {
    Directory parties = directory.current();
    return parties
        .party(letter.ref().sender())
        .map(Party::name)
        .orElse(letter.ref().sender().value());
  }

  private static MailAddress address(URI mailto) {
    String address = mailto.getSchemeSpecificPart();
    int at = address.lastIndexOf('@');
    return new MailAddress(address.substring(0, at), address.substring(at + 1));
  }
}
