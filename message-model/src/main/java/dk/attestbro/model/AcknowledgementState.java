package dk.attestbro.model;

import java.time.Instant;
import java.util.List;

/** The acknowledgement that counts for a letter, and the letter that brought it. */
public record AcknowledgementState(
    AcknowledgementCode code, Instant at, List<AcknowledgementIssue> issues, LetterRef letter) {
  public AcknowledgementState {
    issues = List.copyOf(issues);
  }
}
