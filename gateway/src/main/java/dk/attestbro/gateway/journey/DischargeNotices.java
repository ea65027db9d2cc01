package dk.attestbro.gateway.journey;

import dk.attestbro.model.CaseId;
import dk.attestbro.model.Citizen;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.Directory;
import dk.attestbro.model.DischargeFact;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Evidence;
import dk.attestbro.model.EvidenceLink;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.Records;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The notices of a discharge, oldest first, and who may say something about them: under one case
 * id, or under several that are followed together. A HospitalNotification that stands in a case is
 * one of them. A discharge has no certificate case: its letters are all there is of it. Where a
 * party has ended as an organisation its successor stands in its place.
 *
 * @param outcomes the answers to them, oldest first
 * @param cancelling those by which the discharge was cancelled
 * @param today whom a party that sent or was sent one of them is today
 */
record DischargeNotices(
    List<Letter> taken,
    List<Letter> outcomes,
    Set<LetterRef> cancelling,
    UnaryOperator<PartyId> today) {
  private static final Set<String> NOTICES =
      Set.of(EventCode.DISCHARGE_NOTICE.code(), EventCode.HOSPITAL_NOTIFICATION.code());

  static DischargeNotices of(Records records, Directory directory, CaseId id, Instant now) {
    List<Letter> letters = records.lettersOf(id);
    return taken(letters, DischargeNotices::isNotice).isEmpty()
        ? of(letters, Set.of(), directory, now)
        : of(records, directory, together(records, id), now);
  }

  /** Whether there is one in this very case. */
  static boolean areIn(Records records, CaseId id) {
    return !taken(records.lettersOf(id), DischargeNotices::isNotice).isEmpty();
  }

  /** Those of all these cases. */
  static DischargeNotices of(Records records, Directory directory, Set<CaseId> ids, Instant now) {
    List<Letter> letters =
        ids.stream()
            .flatMap(id -> records.lettersOf(id).stream())
            .sorted(Comparator.comparing(Letter::receivedAt))
            .toList();
    Set<LetterRef> cancelling =
        ids.stream()
            .flatMap(id -> noted(records, id, TimelineCode.DISCHARGE_CANCELLED))
            .flatMap(entry -> entry.letter().stream())
            .collect(Collectors.toSet());
    return of(letters, cancelling, directory, now);
  }

  private static DischargeNotices of(
      List<Letter> letters, Set<LetterRef> cancelling, Directory directory, Instant now) {
    LocalDate today = DeadlineRule.day(now);
    return new DischargeNotices(
        taken(letters, DischargeNotices::isNotice),
        taken(letters, letter -> letter.event().equals(EventCode.MENTOR_OUTCOME.code())),
        cancelling,
        party -> directory.inPlaceOf(party, today));
  }

  private static boolean isNotice(Letter letter) {
    return NOTICES.contains(letter.event());
  }

  private static List<Letter> taken(List<Letter> letters, Predicate<Letter> which) {
    return letters.stream()
        .filter(which)
        .filter(letter -> letter.status() != LetterStatus.REFUSED)
        .toList();
  }

  /** The cases that are followed together with this one, and itself. */
  static Set<CaseId> together(Records records, CaseId id) {
    Set<CaseId> all = new LinkedHashSet<>();
    Deque<CaseId> open = new ArrayDeque<>(List.of(id));
    while (!open.isEmpty()) {
      CaseId next = open.remove();
      if (all.add(next)) {
        joinedTo(records, next).forEach(open::add);
      }
    }
    return all;
  }

  /** The cases that this one was joined to, in that order. */
  static Stream<CaseId> joinedTo(Records records, CaseId id) {
    return noted(records, id, TimelineCode.DISCHARGE_JOINED)
        .flatMap(entry -> CaseId.parse(entry.detail()).stream());
  }

  private static Stream<Evidence> noted(Records records, CaseId id, TimelineCode code) {
    return records.evidence(id.chain()).stream()
        .map(EvidenceLink::entry)
        .filter(entry -> entry.code() == code);
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

  /** The newest answer that this party, or one whose place it has taken, has given. */
  Optional<Letter> answerBy(PartyId told) {
    return outcomes.stream()
        .filter(letter -> isOrWas(told, letter.ref().sender()))
        .reduce((earlier, later) -> later);
  }

  private boolean isTo(PartyId receiver, Letter letter) {
    return letter.receiver().filter(told -> isOrWas(receiver, told)).isPresent();
  }

  /** Whether the party is that one, or has taken its place. */
  private boolean isOrWas(PartyId party, PartyId that) {
    return party.equals(that) || party.equals(today.apply(that));
  }

  /** Whether by this notice the discharge was cancelled. */
  boolean isCancelledBy(Letter notice) {
    return cancelling.contains(notice.ref());
  }

  /** Who is to be told what became of this notice. */
  PartyId answerTo(Letter notice) {
    return today.apply(notice.ref().sender());
  }

  /**
   * Why a letter about this citizen cannot follow these notices; empty where it can, and where none
   * of them is held any more.
   */
  Optional<Problem> againstCitizen(Optional<Citizen> told, OpenLetter openLetter) {
    return taken.stream()
        .flatMap(notice -> openLetter.read(notice.ref()).flatMap(ToldDischarge::in).stream())
        .map(ToldDischarge::citizen)
        .findFirst()
        .filter(citizen -> told.filter(other -> !citizen.isSameAs(other)).isPresent())
        .map(citizen -> new Problem(RefusalReason.CITIZEN_DIFFERS, "Task.for"));
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
    if (isCancelledBy(notice.get())) {
      return Optional.of(
          new Problem(
              RefusalReason.CASE_STATE_FORBIDS, "MessageHeader.event", DischargeFact.CANCELLED));
    }
    return receiver.filter(to -> !isOrWas(to, notice.get().ref().sender())).isEmpty()
        ? Optional.empty()
        : Optional.of(new Problem(RefusalReason.CASE_PARTY_WRONG, "MessageHeader.destination"));
  }
}
