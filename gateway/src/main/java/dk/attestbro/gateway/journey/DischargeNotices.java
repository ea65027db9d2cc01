package dk.attestbro.gateway.journey;

import dk.attestbro.model.CaseId;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Records;
import java.util.List;
import java.util.Optional;

/**
 * The discharge notices under one case id, oldest first, and who may say something about them. A
 * discharge has no certificate case: its letters are all there is of it.
 */
record DischargeNotices(List<Letter> taken) {
  static DischargeNotices of(Records records, CaseId id) {
    return new DischargeNotices(
        records.lettersOf(id).stream()
            .filter(letter -> letter.event().equals(EventCode.DISCHARGE_NOTICE.code()))
            .filter(letter -> letter.status() != LetterStatus.REFUSED)
            .toList());
  }

  /** The newest notice that this party was sent. */
  Optional<Letter> sentTo(PartyId receiver) {
    return taken.stream()
        .filter(letter -> letter.receiver().filter(receiver::equals).isPresent())
        .reduce((earlier, later) -> later);
  }

  /** The first notice that this party was sent. */
  Optional<Letter> firstTo(PartyId receiver) {
    return taken.stream()
        .filter(letter -> letter.receiver().filter(receiver::equals).isPresent())
        .findFirst();
  }

  /** Why this party may not send a notice under this id; empty where it may. */
  Optional<Problem> againstNotice(PartyId sender) {
    return taken.stream().allMatch(letter -> letter.ref().sender().equals(sender))
        ? Optional.empty()
        : Optional.of(new Problem(RefusalReason.CASE_NOT_YOURS, "MessageHeader.focus"));
  }

  /** Why this party may not tell that one the outcome; empty where it may. */
  Optional<Problem> againstOutcome(PartyId sender, Optional<PartyId> receiver) {
    if (taken.isEmpty()) {
      return Optional.of(new Problem(RefusalReason.CASE_UNKNOWN, "MessageHeader.focus"));
    }
    Optional<PartyId> asked = sentTo(sender).map(notice -> notice.ref().sender());
    if (asked.isEmpty()) {
      return Optional.of(new Problem(RefusalReason.CASE_NOT_YOURS, "MessageHeader.focus"));
    }
    return receiver.isEmpty() || receiver.equals(asked)
        ? Optional.empty()
        : Optional.of(new Problem(RefusalReason.CASE_PARTY_WRONG, "MessageHeader.destination"));
  }
}
