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
    LetterDraft draft = draft(about, from, about.counterpart(from), content, request, now);
    return setOut(change, draft, writer.letter(draft, MediaType.FHIR_JSON));
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
    MessageReading request =
        openLetter
            .read(forwarded.request())
            .orElseThrow(() -> new MessageRefused(RefusalReason.CONTENT_DELETED));
    LetterDraft draft =
        draft(
            forwarded, forwarded.requester(), unit, request.content().orElseThrow(), forward, now);
    setOut(change, draft, writer.passedOn(draft, request.payload()));
  }

  private LetterDraft draft(
      CertificateCase about,
      PartyId from,
      PartyId to,
      LetterContent content,
      MessageReading previous,
      Instant now) {
    return new LetterDraft(
        LetterId.random(),
        BundleId.random(),
        now,
        directory.current().party(from).orElseThrow(),
        directory.current().party(to).orElseThrow(),
        from.equals(about.requester()),
        about.id(),
        content,
        Optional.of(previous),
        Optional.of(directory.current().gateway()));
  }

  private LetterRef setOut(Change.Builder change, LetterDraft draft, Payload message) {
    Letter letter =
        new Letter(
            new LetterRef(draft.sender().id(), draft.letterId()),
            Optional.of(draft.bundleId()),
            draft.content().event().code(),
            Optional.of(draft.receiver().id()),
            Optional.of(draft.caseId()),
            draft.at(),
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
    writes.setOut(change, letter, message, draft.receiver(), draft.at());
    return letter.ref();
  }
}
