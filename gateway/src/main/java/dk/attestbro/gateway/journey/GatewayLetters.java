package dk.attestbro.gateway.journey;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterDraft;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReader;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.MessageWriter;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Payload;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Change;
import dk.attestbro.port.DirectorySource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Letters that the gateway writes in a party's name, with itself as agent in their Provenance.
 * Their sender holds no Receipt for them and gets no acknowledgement of them.
 */
public final class GatewayLetters {
  private final DirectorySource directory;
  private final MessageWriter writer;
  private final MessageReader reader;
  private final OpenLetter openLetter;
  private final LetterWrites writes;

  public GatewayLetters(
      DirectorySource directory,
      MessageWriter writer,
      MessageReader reader,
      OpenLetter openLetter,
      LetterWrites writes) {
    this.directory = directory;
    this.writer = writer;
    this.reader = reader;
    this.openLetter = openLetter;
    this.writes = writes;
  }

  /** A letter from one party of an open case to the other, that follows the request. */
  LetterRef say(
      Change.Builder change,
      CertificateCase about,
      PartyId from,
      LetterContent content,
      Instant now) {
    MessageReading request =
        openLetter
            .lastRequest(about)
            .orElseThrow(() -> new MessageRefused(RefusalReason.CONTENT_DELETED));
    return write(change, about, from, about.counterpart(from), content, request, now);
  }

  /** Whether the party can be told such things. */
  boolean reaches(PartyId party, EventCode event) {
    return directory
        .current()
        .party(party)
        .flatMap(Party::endpoint)
        .filter(endpoint -> endpoint.takes(event.code()))
        .isPresent();
  }

  /** Whether the request is still held, which every later letter of the case is written from. */
  boolean holdsRequestOf(CertificateCase about) {
    return openLetter.open(about.request()).isPresent();
  }

  /** The request once more, to the unit that this letter forwarded the case to. */
  void passOn(
      Change.Builder change,
      CertificateCase forwarded,
      PartyId unit,
      MessageReading forward,
      Instant now) {
    LetterContent request =
        openLetter
            .read(forwarded.request())
            .flatMap(MessageReading::content)
            .orElseThrow(() -> new MessageRefused(RefusalReason.CONTENT_DELETED));
    write(change, forwarded, forwarded.requester(), unit, request, forward, now);
  }

  private LetterRef write(
      Change.Builder change,
      CertificateCase about,
      PartyId from,
      PartyId to,
      LetterContent content,
      MessageReading previous,
      Instant now) {
    Party sender = directory.current().party(from).orElseThrow();
    Party receiver = directory.current().party(to).orElseThrow();
    LetterId id = LetterId.random();
    BundleId bundle = BundleId.random();
    Payload message =
        writer.letter(
            new LetterDraft(
                id,
                bundle,
                now,
                sender,
                receiver,
                from.equals(about.requester()),
                about.id(),
                content,
                Optional.of(previous),
                Optional.of(directory.current().gateway())),
            MediaType.FHIR_JSON);
    Letter letter =
        new Letter(
            new LetterRef(from, id),
            Optional.of(bundle),
            content.event().code(),
            Optional.of(to),
            Optional.of(about.id()),
            now,
            message.sha256(),
            reader.read(message).contentDigest(),
            message.mediaType(),
            LetterStatus.RECORDED,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            1);
    writes.setOut(change, letter, message, receiver, now);
    return letter.ref();
  }
}
