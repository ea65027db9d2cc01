package dk.attestbro.gateway.journey;

import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.AcknowledgementDraft;
import dk.attestbro.model.AcknowledgementIssue;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.Directory;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MessageWriter;
import dk.attestbro.model.Party;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Problem;
import dk.attestbro.port.DirectorySource;
import java.util.List;
import java.util.Optional;

/** Writes the fatal-error Acknowledgement with which the gateway refuses a letter. */
public final class RefusalAcknowledgement {
  private final DirectorySource directory;
  private final MessageWriter writer;

  public RefusalAcknowledgement(DirectorySource directory, MessageWriter writer) {
    this.directory = directory;
    this.writer = writer;
  }

  /** The Acknowledgement under this id, in the format of the letter, in a new envelope. */
  Payload of(AuthenticatedMessage message, List<Problem> problems, LetterId id) {
    Directory now = directory.current();
    Party sender = now.party(message.sender()).orElseThrow();
    AcknowledgementDraft draft =
        new AcknowledgementDraft(
            id,
            BundleId.random(),
            message.receivedAt(),
            now.gateway(),
            sender,
            Optional.empty(),
            message.reading().letterId(),
            AcknowledgementCode.FATAL_ERROR,
            issues(problems),
            Optional.of(message.reading()));
    return writer.acknowledgement(draft, message.reading().payload().mediaType());
  }

  /**
   * Problems as an Acknowledgement tells them: MedCom's code, and our own code and text in the
   * text.
   */
  static List<AcknowledgementIssue> issues(List<Problem> problems) {
    return problems.stream()
        .map(
            p ->
                new AcknowledgementIssue(
                    p.reason().acknowledgementCode(),
                    p.reason().name()
                        + (p.path().isEmpty() ? "" : " " + p.path())
                        + ": "
                        + p.textWithWhoActs().da()
                        + " / "
                        + p.textWithWhoActs().en()))
        .toList();
  }
}
