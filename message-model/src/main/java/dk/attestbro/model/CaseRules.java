package dk.attestbro.model;

import java.time.Instant;
import java.util.Optional;

/** How a case moves, as pure functions: by its letters and by the receiver's acknowledgement. */
public final class CaseRules {
  private CaseRules() {}

  /**
   * The case after this letter from this party.
   *
   * @return the case as it is then, the same where the letter moves nothing
   * @throws MessageRefused CASE_PARTY_WRONG where it is not that party's to say, CASE_STATE_FORBIDS
   *     where the case is past it
   */
  public static CertificateCase after(
      CertificateCase before, EventCode event, PartyId sender, Instant now) {
    requireDirection(before, event, sender);
    return switch (event) {
      case CERTIFICATE_REPLY ->
          open(before).with(CertificateCase.State.REPLIED, before.deadline().replied(now), now);
      case CERTIFICATE_RETURNED ->
          open(before).with(CertificateCase.State.RETURNED, before.deadline().voided(), now);
      case CERTIFICATE_CANCELLATION ->
          open(before).with(CertificateCase.State.CANCELLED, before.deadline().voided(), now);
      case FILED -> filed(before, sender, now);
      default -> before;
    };
  }

  /** The case after its request was acknowledged {@code ok}: received, and the deadline runs. */
  public static CertificateCase received(CertificateCase before, DeadlineRule rule, Instant now) {
    if (before.state() != CertificateCase.State.SENT) {
      return before;
    }
    return before.with(
        CertificateCase.State.RECEIVED, before.deadline().started(rule.dueAfter(now)), now);
  }

  private static void requireDirection(CertificateCase before, EventCode event, PartyId sender) {
    Optional<PartyId> only =
        switch (event.direction()) {
          case FORWARD -> Optional.of(before.requester());
          case BACK -> Optional.of(before.responder());
          case BOTH -> Optional.empty();
        };
    if (only.isPresent() && !only.get().equals(sender)) {
      throw new MessageRefused(RefusalReason.CASE_PARTY_WRONG, "MessageHeader.sender");
    }
  }

  private static CertificateCase open(CertificateCase before) {
    if (before.state() != CertificateCase.State.SENT
        && before.state() != CertificateCase.State.RECEIVED) {
      throw new MessageRefused(
          Refusal.of(
              RefusalReason.CASE_STATE_FORBIDS, "MessageHeader.event", before.state().name()));
    }
    return before;
  }

  private static CertificateCase filed(CertificateCase before, PartyId sender, Instant now) {
    if (before.state() == CertificateCase.State.SENT
        || before.state() == CertificateCase.State.RECEIVED) {
      throw new MessageRefused(
          Refusal.of(
              RefusalReason.CASE_STATE_FORBIDS, "MessageHeader.event", before.state().name()));
    }
    boolean ends =
        before.state() == CertificateCase.State.REPLIED && sender.equals(before.requester());
    return ends ? before.with(CertificateCase.State.FILED, before.deadline(), now) : before;
  }
}
