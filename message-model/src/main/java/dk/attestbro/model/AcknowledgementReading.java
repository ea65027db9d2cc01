package dk.attestbro.model;

import java.util.List;

/**
 * What an Acknowledgement says: the letter it is about ({@code response.identifier}), its code and
 * its issues.
 */
public record AcknowledgementReading(
    LetterId acknowledges, AcknowledgementCode code, List<AcknowledgementIssue> issues) {
  public AcknowledgementReading {
    issues = List.copyOf(issues);
  }
}
