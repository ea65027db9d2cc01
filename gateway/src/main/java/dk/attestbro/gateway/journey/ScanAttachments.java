package dk.attestbro.gateway.journey;

import dk.attestbro.model.Attachment;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Problem;
import dk.attestbro.model.Refusal;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.AttachmentScan;
import dk.attestbro.port.AttachmentScan.Harmful;
import dk.attestbro.port.AttachmentScan.NotScanned;
import dk.attestbro.port.AttachmentScan.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Has every attachment of a new letter looked through, where the site demands it. */
public final class ScanAttachments {
  private final Optional<AttachmentScan> scan;
  private final Alarms alarms;

  /**
   * @param scan empty: nothing is looked through
   */
  public ScanAttachments(Optional<AttachmentScan> scan, Alarms alarms) {
    this.scan = scan;
    this.alarms = alarms;
  }

  /**
   * The same letter, whose attachments nothing is known against.
   *
   * @throws LetterRefused ATTACHMENT_HARMFUL, ATTACHMENT_TOO_LARGE_TO_SCAN
   * @throws MessageRefused SCAN_UNAVAILABLE: nothing is recorded, the sender may try again
   */
  public ValidatedMessage attachments(ValidatedMessage letter) {
    if (scan.isEmpty()) {
      return letter;
    }
    List<Problem> problems = new ArrayList<>();
    List<Attachment> attachments = letter.message().reading().attachments();
    for (int i = 0; i < attachments.size(); i++) {
      Verdict verdict = scan.get().scan(attachments.get(i).data());
      String place = "attachments[" + i + "]";
      if (verdict instanceof Harmful harmful) {
        alarms.raise(
            TimelineCode.ATTACHMENT_HARMFUL, letter.message().ref().toString(), harmful.finding());
        problems.add(new Problem(RefusalReason.ATTACHMENT_HARMFUL, place));
      } else if (verdict instanceof NotScanned not) {
        problems.add(notScanned(letter, not, place));
      }
    }
    if (!problems.isEmpty()) {
      throw new LetterRefused(letter.message(), new Refusal(problems));
    }
    return letter;
  }

  private Problem notScanned(ValidatedMessage letter, NotScanned not, String place) {
    if (not.why() == AttachmentScan.Why.TOO_LARGE) {
      return new Problem(RefusalReason.ATTACHMENT_TOO_LARGE_TO_SCAN, place);
    }
    alarms.raise(
        TimelineCode.SCAN_UNAVAILABLE, letter.message().ref().toString(), not.why().name());
    throw new MessageRefused(RefusalReason.SCAN_UNAVAILABLE);
  }
}
