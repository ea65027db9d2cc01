package dk.attestbro.gateway.journey;

import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.CertificateRequest;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MessageReader;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Payload;
import dk.attestbro.port.ContentSealing;
import dk.attestbro.port.Records;
import dk.attestbro.port.SenderSignature;
import java.util.Optional;

/** Opens the sealed content of a recorded letter. */
public final class OpenLetter {
  private final Records records;
  private final ContentSealing sealing;
  private final MessageReader reader;
  private final LargeContents large;

  public OpenLetter(
      Records records, ContentSealing sealing, MessageReader reader, LargeContents large) {
    this.records = records;
    this.sealing = sealing;
    this.reader = reader;
    this.large = large;
  }

  /**
   * The content of the letter's newest envelope; empty where it is not held (any more).
   *
   * @throws MessageRefused BUSY where it is large and too many such are in hand
   */
  public Optional<Payload> open(LetterRef letter) {
    if (large.isBegun()) {
      large.hold(records.contentSize(letter));
    }
    return records.content(letter).map(held -> sealing.open(letter, held));
  }

  /**
   * What the letter's sender signed; empty where it came unsigned or nothing is held (any more).
   */
  public Optional<SenderSignature> signature(LetterRef letter) {
    return records.signature(letter).map(held -> sealing.openSignature(letter, held));
  }

  /** A reading of it. */
  public Optional<MessageReading> read(LetterRef letter) {
    return open(letter).map(reader::read);
  }

  /** A reading of the request that the responder of today was sent. */
  Optional<MessageReading> lastRequest(CertificateCase known) {
    return read(LastRequest.of(records, known));
  }

  /** What a case was opened by; empty where it is not held (any more). */
  Optional<CertificateRequest> request(CertificateCase known) {
    return read(known.request())
        .flatMap(MessageReading::content)
        .map(content -> content instanceof LetterContent.Request asks ? asks.request() : null);
  }
}
