package dk.attestbro.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is recorded of one letter: ids, parties, digests, states; never its content. {@code
 * bundleId} is the first envelope's and absent where a refused letter's Bundle.id was not taken.
 * {@code receiver} is absent where a refused letter's could not be told. {@code problems} and
 * {@code refusalId} (the MessageHeader.id of our fatal-error Acknowledgement) belong to status
 * REFUSED. {@code acknowledges} is the letter that an Acknowledgement is about. {@code version} is
 * the one read; each update raises it by one and fails where another was quicker.
 */
public record Letter(
    LetterRef ref,
    Optional<BundleId> bundleId,
    String event,
    Optional<PartyId> receiver,
    Optional<CaseId> caseId,
    Instant receivedAt,
    Digest sha256,
    Digest contentDigest,
    MediaType mediaType,
    LetterStatus status,
    Optional<Receipt> receipt,
    List<Problem> problems,
    Optional<LetterId> refusalId,
    Optional<LetterRef> acknowledges,
    Optional<AcknowledgementState> acknowledgement,
    int version) {
  public Letter {
    problems = List.copyOf(problems);
  }

  public boolean isAcknowledgement() {
    return event.equals(EventCode.ACKNOWLEDGEMENT.code());
  }

  /** Whether the gateway wrote it in its sender's name: nobody holds a Receipt for it. */
  public boolean isWrittenByGateway() {
    return receipt.isEmpty() && !isAcknowledgement() && status != LetterStatus.REFUSED;
  }

  /** The letter with another status. */
  public Letter with(LetterStatus newStatus) {
    return new Letter(
        ref,
        bundleId,
        event,
        receiver,
        caseId,
        receivedAt,
        sha256,
        contentDigest,
        mediaType,
        newStatus,
        receipt,
        problems,
        refusalId,
        acknowledges,
        acknowledgement,
        version);
  }

  /** The letter on its way again, to this receiver. */
  public Letter redirected(PartyId to) {
    return new Letter(
        ref,
        bundleId,
        event,
        Optional.of(to),
        caseId,
        receivedAt,
        sha256,
        contentDigest,
        mediaType,
        LetterStatus.QUEUED,
        receipt,
        problems,
        refusalId,
        acknowledges,
        acknowledgement,
        version);
  }

  /** The letter dead, and why. */
  public Letter dead(List<Problem> reasons) {
    return new Letter(
        ref,
        bundleId,
        event,
        receiver,
        caseId,
        receivedAt,
        sha256,
        contentDigest,
        mediaType,
        LetterStatus.DEAD,
        receipt,
        reasons,
        refusalId,
        acknowledges,
        acknowledgement,
        version);
  }

  /** The letter with the acknowledgement that counts, and the status that follows. */
  public Letter with(LetterStatus newStatus, AcknowledgementState counted) {
    return new Letter(
        ref,
        bundleId,
        event,
        receiver,
        caseId,
        receivedAt,
        sha256,
        contentDigest,
        mediaType,
        newStatus,
        receipt,
        problems,
        refusalId,
        acknowledges,
        Optional.of(counted),
        version);
  }

  /** The same letter as it stands in the records after an update. */
  public Letter stored() {
    return new Letter(
        ref,
        bundleId,
        event,
        receiver,
        caseId,
        receivedAt,
        sha256,
        contentDigest,
        mediaType,
        status,
        receipt,
        problems,
        refusalId,
        acknowledges,
        acknowledgement,
        version + 1);
  }

  /** The evidence chain that its decisions stand in: its case's, else its own. */
  public String chain() {
    return caseId.map(CaseId::chain).orElse("letter:" + ref);
  }
}
