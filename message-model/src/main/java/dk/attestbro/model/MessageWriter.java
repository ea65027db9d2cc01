package dk.attestbro.model;

import java.time.Instant;

/** Writes messages that the {@link MessageValidator} accepts. Thread-safe. */
public interface MessageWriter {
  /** A case letter as a FHIR message. */
  Payload letter(LetterDraft draft, MediaType type);

  /**
   * A request of the case once more, in FHIR JSON, for the unit that it was forwarded to: all that
   * its sender put into it, its documents byte for byte, with the ids and parties of the draft and
   * the Provenance chain of the letter that the draft follows.
   *
   * @param request a message that was validated
   */
  Payload passedOn(LetterDraft draft, Payload request);

  /** An Acknowledgement as MedCom's 2.0 profile demands. */
  Payload acknowledgement(AcknowledgementDraft draft, MediaType type);

  /**
   * The same letter in a new envelope: new Bundle.id and timestamp, new times in the Provenance
   * that targets its header, everything else and the content digest unchanged. Format as before.
   */
  Payload inNewEnvelope(Payload letter, BundleId bundleId, Instant at);

  /** The same message in the other format, or as it is. */
  Payload as(Payload message, MediaType type);
}
