package dk.attestbro.port;

import dk.attestbro.model.Digest;

/** The answer to a message as JSON, told through a queue or left in a folder. */
public record AnswerDocument(Kind kind, byte[] json) {
  /** What it is. */
  public enum Kind {
    /** Our Receipt. It holds ids, digests and times only. */
    RECEIPT,
    /** An Acknowledgement message (FHIR JSON). */
    ACKNOWLEDGEMENT,
    /** An OperationOutcome (FHIR JSON): codes and texts of the one table. */
    OUTCOME
  }

  @Override
  public String toString() {
    return "AnswerDocument[" + kind + ", " + json.length + " bytes, " + Digest.of(json) + "]";
  }
}
