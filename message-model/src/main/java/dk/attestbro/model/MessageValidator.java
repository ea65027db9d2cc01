package dk.attestbro.model;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * Checks messages for everything that can be known without the directory and the records.
 * Thread-safe.
 */
public interface MessageValidator {
  /**
   * Imposes the profile that the event demands, then the rules that no profile catches
   * (destinations, Provenance for this header, timestamp, narrative, identifiers, definition,
   * citizen, consent, form, contact, answers, attachments).
   *
   * @param now the time that dates are judged by
   * @param freeQuestions how many free questions the request of a reply's case asked; empty where
   *     it is not known, and then {@code question.n} is taken for any n of 1 to 99
   */
  Validation validate(MessageReading message, Instant now, OptionalInt freeQuestions);
}
