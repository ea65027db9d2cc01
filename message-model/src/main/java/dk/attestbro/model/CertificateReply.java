package dk.attestbro.model;

import java.util.List;
import java.util.Map;

/**
 * What a certificate reply says: answers by linkId (several values where the question repeats),
 * whether the department's knowledge is insufficient, the doctor who is its author (empty texts
 * where absent), and attachments.
 */
public record CertificateReply(
    Map<String, List<Answer>> answers,
    boolean insufficientKnowledge,
    String authorName,
    String authorisationId,
    List<Attachment> attachments) {
  public CertificateReply {
    answers = Map.copyOf(answers);
    attachments = List.copyOf(attachments);
  }

  @Override
  public String toString() {
    return "CertificateReply["
        + answers.size()
        + " answers, "
        + attachments.size()
        + " attachments]";
  }
}
