package dk.attestbro.gateway.journey;

import dk.attestbro.model.Attachment;
import dk.attestbro.model.AttachmentTypes;
import dk.attestbro.model.CertificateReply;
import dk.attestbro.model.CertificateRequest;
import dk.attestbro.model.Directory;
import dk.attestbro.model.Forms;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.MessageReader;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Payload;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.LetterDocuments;
import dk.attestbro.port.Records;
import dk.attestbro.port.ReplyDocument;
import java.util.List;
import java.util.Optional;

/**
 * Finds a letter's one PDF: the one that it carries, or where it carries none and is a reply, the
 * rendering of its answers; for a person, always the rendering. Records nothing and keeps no
 * rendering.
 */
public final class LetterPdf {
  private final Records records;
  private final DirectorySource directory;
  private final Forms forms;
  private final OpenLetter letters;
  private final MessageReader reader;
  private final LetterDocuments documents;

  public LetterPdf(
      Records records,
      DirectorySource directory,
      Forms forms,
      OpenLetter letters,
      MessageReader reader,
      LetterDocuments documents) {
    this.records = records;
    this.directory = directory;
    this.forms = forms;
    this.letters = letters;
    this.reader = reader;
    this.documents = documents;
  }

  /** The PDF; empty where the letter carries several, or carries none and is no reply. */
  public Optional<byte[]> of(Letter letter, Payload payload) {
    MessageReading reading = reader.read(payload);
    List<Attachment> carried = reading.attachments().stream().filter(LetterPdf::isPdf).toList();
    return switch (carried.size()) {
      case 0 -> rendering(letter, reading);
      case 1 -> Optional.of(carried.get(0).data());
      default -> Optional.empty();
    };
  }

  /** All that a reply says in its fields, whatever it carries beside; empty for other letters. */
  public Optional<byte[]> rendering(Letter letter, Payload payload) {
    return rendering(letter, reader.read(payload));
  }

  private Optional<byte[]> rendering(Letter letter, MessageReading reading) {
    return reading
        .content()
        .flatMap(LetterPdf::reply)
        .map(reply -> documents.pdf(document(letter, reading, reply)));
  }

  private static boolean isPdf(Attachment attachment) {
    return AttachmentTypes.parse(attachment.contentType()).equals(Optional.of(AttachmentTypes.PDF));
  }

  private static Optional<CertificateReply> reply(LetterContent content) {
    if (content instanceof LetterContent.Correction corrected) {
      return Optional.of(corrected.reply());
    }
    return content instanceof LetterContent.Reply answered
        ? Optional.of(answered.reply())
        : Optional.empty();
  }

  private ReplyDocument document(Letter letter, MessageReading reading, CertificateReply reply) {
    return new ReplyDocument(
        letter,
        reading.payload().sha256(),
        name(letter.ref().sender()),
        letter.receiver().map(this::name).orElse(""),
        forms.find(reading.form()),
        request(letter),
        reply);
  }

  private String name(PartyId party) {
    Directory parties = directory.current();
    return parties.party(party).map(Party::name).orElse(party.value());
  }

  private Optional<CertificateRequest> request(Letter letter) {
    return letter
        .caseId()
        .flatMap(records::certificateCase)
        .flatMap(opened -> letters.read(opened.request()))
        .flatMap(MessageReading::content)
        .flatMap(
            content ->
                content instanceof LetterContent.Request asked
                    ? Optional.of(asked.request())
                    : Optional.empty());
  }
}
