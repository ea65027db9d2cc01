package dk.attestbro.gateway.journey;

import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Evidence;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.Retention;
import dk.attestbro.model.RetentionRules;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.Change;
import dk.attestbro.port.Commit;
import dk.attestbro.port.HeldContents;
import dk.attestbro.port.HeldContents.HeldLetter;
import dk.attestbro.port.Records;
import dk.attestbro.port.SortingDesk;
import dk.attestbro.port.UnsortedMail;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Deletes contents whose time is over: a case's as one, those of letters without a case, and mails
 * that were to be sorted. What is deleted stands in the evidence by the same commit, under the
 * versions of case and letters: once, however many nodes. A letter that is under way keeps its
 * content until it is at its end; at the longest time it is given up first.
 */
public final class DeleteContent {
  private static final int BATCH = 100;

  private final HeldContents held;
  private final SortingDesk desk;
  private final Records records;
  private final LetterWrites writes;
  private final CaseContacts contacts;
  private final Retention retention;
  private final Clock clock;

  public DeleteContent(
      HeldContents held,
      SortingDesk desk,
      Records records,
      LetterWrites writes,
      CaseContacts contacts,
      Retention retention,
      Clock clock) {
    this.held = held;
    this.desk = desk;
    this.records = records;
    this.writes = writes;
    this.contacts = contacts;
    this.retention = retention;
    this.clock = clock;
  }

  /**
   * Deletes all whose time is over now; returns how many letters lost their content. What cannot be
   * deleted holds up nothing else: what went wrong with it is thrown at the end.
   */
  public int due() {
    Instant now = clock.instant();
    List<RuntimeException> failures = new ArrayList<>();
    int deleted = ofCases(now, failures) + ofLetters(now, failures) + ofMails(now, failures);
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
    return deleted;
  }

  private int ofCases(Instant now, List<RuntimeException> failures) {
    int deleted = 0;
    Optional<CaseId> after = Optional.empty();
    List<CertificateCase> batch;
    do {
      batch = held.casesToEmpty(retention.endedBy(now), retention.begunBy(now), after, BATCH);
      for (CertificateCase over : batch) {
        try {
          deleted += RetentionRules.goes(over, retention).isAfter(now) ? 0 : empty(over, now);
        } catch (RuntimeException failed) {
          failures.add(failed);
        }
        after = Optional.of(over.id());
      }
    } while (batch.size() == BATCH);
    return deleted;
  }

  private int empty(CertificateCase over, Instant now) {
    List<Letter> letters = held.heldOf(over.id());
    List<Letter> going = letters.stream().filter(letter -> mayGo(letter, now)).toList();
    boolean last = going.size() == letters.size() && going.stream().allMatch(this::isAtRest);
    if (going.isEmpty() && !last) {
      return 0;
    }
    Change.Builder change = new Change.Builder();
    going.forEach(letter -> drop(change, letter, now));
    boolean contactHeld = last && contacts.drop(change, over);
    change.add(last ? new Change.EmptyCase(over) : new Change.UpdateCase(over));
    if (!going.isEmpty() || contactHeld) {
      change.add(
          new Change.AddEvidence(
              new Evidence(
                  over.id().chain(),
                  now,
                  TimelineCode.CONTENT_DELETED,
                  Optional.empty(),
                  String.valueOf(going.size()))));
    }
    return records.commit(change.build()) == Commit.DONE ? going.size() : 0;
  }

  private int ofLetters(Instant now, List<RuntimeException> failures) {
    int deleted = 0;
    Optional<LetterRef> after = Optional.empty();
    List<HeldLetter> batch;
    do {
      batch = held.lettersToEmpty(retention.endedBy(now), retention.begunBy(now), after, BATCH);
      for (HeldLetter found : batch) {
        try {
          deleted += empty(found, now) ? 1 : 0;
        } catch (RuntimeException failed) {
          failures.add(failed);
        }
        after = Optional.of(found.letter().ref());
      }
    } while (batch.size() == BATCH);
    return deleted;
  }

  private boolean empty(HeldLetter found, Instant now) {
    Letter letter = found.letter();
    if (RetentionRules.goes(letter, found.endedAt(), retention).isAfter(now)
        || !mayGo(letter, now)) {
      return false;
    }
    Change.Builder change = new Change.Builder();
    drop(change, letter, now);
    change.add(LetterWrites.note(letter, now, TimelineCode.CONTENT_DELETED, "1"));
    return records.commit(change.build()) == Commit.DONE;
  }

  /** Mails that were sorted, and those that nobody has sorted in the longest time. */
  private int ofMails(Instant now, List<RuntimeException> failures) {
    int deleted = 0;
    List<UnsortedMail> batch;
    int before;
    do {
      before = deleted;
      batch = desk.mailsToEmpty(retention.endedBy(now), retention.begunBy(now), BATCH);
      for (UnsortedMail mail : batch) {
        try {
          deleted += empty(mail, now) ? 1 : 0;
        } catch (RuntimeException failed) {
          failures.add(failed);
        }
      }
    } while (batch.size() == BATCH && deleted > before);
    return deleted;
  }

  private boolean empty(UnsortedMail mail, Instant now) {
    Change change =
        new Change(
            List.of(
                new Change.EmptyMail(mail.id()),
                new Change.DropContent(mail.place()),
                SortMails.note(mail, now, TimelineCode.CONTENT_DELETED, "1")));
    return records.commit(change) == Commit.DONE;
  }

  /** A letter that is under way is left alone before the longest time. */
  private boolean mayGo(Letter letter, Instant now) {
    return isAtRest(letter) || !RetentionRules.longest(letter, retention).isAfter(now);
  }

  private boolean isAtRest(Letter letter) {
    return RetentionRules.isAtItsEnd(letter) && records.row(letter.ref()).isEmpty();
  }

  private void drop(Change.Builder change, Letter letter, Instant now) {
    records
        .row(letter.ref())
        .ifPresentOrElse(
            row -> writes.outlive(change, letter, row, now),
            () -> change.add(new Change.UpdateLetter(letter)));
    letter
        .receiver()
        .ifPresent(receiver -> change.add(new Change.TakeInboxItem(receiver, letter.ref())));
    change.add(new Change.DropContent(letter.ref()));
  }
}
