package dk.attestbro.gateway.journey;

import dk.attestbro.model.CaseId;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.Directory;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Records;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The discharge notices under one case id, oldest first, and who may say something about them. A
 * discharge has no certificate case: its letters are all there is of it. Where a party has ended as
 * an organisation its successor stands in its place.
 *
 * @param today whom a party that sent or was sent one of them is today
 */
record DischargeNotices(List<Letter> taken, UnaryOperator<PartyId> today) {
  static DischargeNotices of(Records records, Directory directory, CaseId id, Instant now) {
    LocalDate today = DeadlineRule.day(now);
    return new DischargeNotices(
        records.lettersOf(id).stream()
            .filter(letter -> letter.event().equals(EventCode.DISCHARGE_NOTICE.code()))
            .filter(letter -> letter.status() != LetterStatus.REFUSED)
            .toList(),
        party -> directory.inPlaceOf(party, today));
  }

  /** The newest notice that this party was sent. */
  Optional<Letter> sentTo(PartyId receiver) {
    return taken.stream()
        .filter(letter -> isTo(receiver, letter))
        .reduce((earlier, later) -> later);
  }

  /** The first notice that this party was sent. */
  Optional<Letter> firstTo(PartyId receiver) {
    return taken.stream().filter(letter -> isTo(receiver, letter)).findFirst();
  }

  private boolean isTo(PartyId receiver, Letter letter) {
    return letter.receiver().filter(told -> isOrWas(receiver, told)).isPresent();
  }

  /** Whether the party is that one, or has taken its place. */
  private boolean isOrWas(PartyId party, PartyId that) {
    return party.equals(that) || party.equals(today.apply(that));
  }

  /** Who is to be told what became of this notice. */
  PartyId answerTo(Letter notice) {
    return today.apply(notice.ref().sender());
  }

  /** Why this party may not send a notice under this id; empty where it may. */
  Optional<Problem> againstNotice(PartyId sender) {
    return taken.stream().allMatch(letter -> isOrWas(sender, letter.ref().sender()))
        ? Optional.empty()
        : Optional.of(new Problem(RefusalReason.CASE_NOT_YOURS, "MessageHeader.focus"));
  }

  /** Why this party may not tell that one the outcome; empty where it may. */
  Optional<Problem> againstOutcome(PartyId sender, Optional<PartyId> receiver) {
    if (taken.isEmpty()) {
      return Optional.of(new Problem(RefusalReason.CASE_UNKNOWN, "MessageHeader.focus"));
    }
    Optional<Letter> notice = sentTo(sender);
    if (notice.isEmpty()) {
      return Optional.of(new Problem(RefusalReason.CASE_NOT_YOURS, "MessageHeader.focus"));
    }
    return receiver.filter(to -> !isOrWas(to, notice.get().ref().sender())).isEmpty()
        ? Optional.empty()
        : Optional.of(new Problem(RefusalReason.CASE_PARTY_WRONG, "MessageHeader.destination"));
  }
}
