package dk.attestbro.gateway.journey;

import dk.attestbro.model.LetterRef;
import dk.attestbro.model.Payload;
import dk.attestbro.port.Change;
import dk.attestbro.port.ContentSealing;
import dk.attestbro.port.SenderSignature;
import java.util.Optional;

/**
 * Puts another envelope in the place of a letter's content. What the sender signed last stays whole
 * beside it, since a signature proves nothing without the bytes that it stands over.
 */
final class ReplaceContent {
  private final OpenLetter openLetter;
  private final ContentSealing sealing;

  ReplaceContent(OpenLetter openLetter, ContentSealing sealing) {
    this.openLetter = openLetter;
    this.sealing = sealing;
  }

  /** By an envelope of the gateway's, or one that came without a signature. */
  void unsigned(Change.Builder change, LetterRef letter, Payload again) {
    Optional<SenderSignature> inContent =
        openLetter.signature(letter).filter(made -> made.body().isEmpty());
    if (inContent.isPresent()) {
      openLetter
          .open(letter)
          .map(inContent.get()::apartFrom)
          .ifPresent(whole -> put(change, letter, whole));
    }
    put(change, letter, again);
  }

  /** By an envelope of the sender's, with its signature where it has one. */
  void by(Change.Builder change, AuthenticatedMessage message) {
    Payload again = message.reading().payload();
    Optional<SenderSignature> signed = message.signature();
    if (signed.isEmpty()) {
      unsigned(change, message.ref(), again);
      return;
    }
    put(change, message.ref(), signed.get());
    put(change, message.ref(), again);
  }

  private void put(Change.Builder change, LetterRef letter, Payload content) {
    change.add(new Change.PutContent(letter, sealing.seal(letter, content)));
  }

  private void put(Change.Builder change, LetterRef letter, SenderSignature made) {
    change.add(new Change.PutSignature(letter, sealing.seal(letter, made)));
  }
}
