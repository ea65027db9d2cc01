package dk.attestbro.jdbc;

import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.RetentionRules;
import dk.attestbro.port.Change;
import dk.attestbro.port.Commit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The statements that keep count of what is held: a letter's and a case's row say whether anything
 * sealed is, so that what was deleted is never looked at again.
 */
final class HeldSteps {
  private HeldSteps() {}

  /** When the letter came to the end that it is at, as the change tells it. */
  static Optional<Instant> endedAt(Change change, Letter letter) {
    return RetentionRules.isAtItsEnd(letter) ? change.toldAt(letter.ref()) : Optional.empty();
  }

  static boolean putsContent(Change change, LetterRef letter) {
    return change.writes().stream()
        .anyMatch(write -> write instanceof Change.PutContent put && put.letter().equals(letter));
  }

  /** Whether the letter's case is added with it. */
  static boolean opensCase(Change change, Letter letter) {
    return change.writes().stream()
        .anyMatch(
            write ->
                write instanceof Change.AddCase add
                    && letter.caseId().filter(add.certificateCase().id()::equals).isPresent());
  }

  /** The case holds something, from this commit on. */
  static Step holds(CaseId id) {
    return new Step(
        Step.Place.CASE,
        id.toString(),
        "update certificate_case set holds_content = true where case_id = ? and not holds_content",
        Optional.empty(),
        to -> to.uuid(id.value()));
  }

  /** A letter that is there already holds something, and its case with it. */
  static void holds(LetterRef ref, List<Step> steps) {
    steps.add(
        new Step(
            Step.Place.LETTER,
            ref.toString(),
            "update letter set holds_content = true"
                + " where letter_id = ? and sender = ? and not holds_content",
            Optional.empty(),
            to -> RecordSteps.key(ref, to)));
    steps.add(
        new Step(
            Step.Place.CASE,
            ref.toString(),
            "update certificate_case set holds_content = true where not holds_content"
                + " and case_id = (select case_id from letter where letter_id = ? and sender = ?)",
            Optional.empty(),
            to -> RecordSteps.key(ref, to)));
  }

  /** Deletes what is sealed of a letter. */
  static void drop(LetterRef ref, List<Step> steps) {
    steps.add(
        new Step(
            Step.Place.LETTER,
            ref.toString(),
            "update letter set ack_issue_texts_sealed = null, holds_content = false"
                + " where letter_id = ? and sender = ?",
            Optional.empty(),
            to -> RecordSteps.key(ref, to)));
    steps.add(
        new Step(
            Step.Place.CONTENT,
            ref.toString(),
            "delete from content where letter_id = ? and sender = ?",
            Optional.empty(),
            to -> RecordSteps.key(ref, to)));
    steps.add(dropSignature(ref));
  }

  /** Deletes what the letter's sender signed. */
  static Step dropSignature(LetterRef ref) {
    return new Step(
        Step.Place.SIGNATURE,
        ref.toString(),
        "delete from sender_signature where letter_id = ? and sender = ?",
        Optional.empty(),
        to -> RecordSteps.key(ref, to));
  }

  static Step empty(CertificateCase emptied) {
    return new Step(
        Step.Place.CASE,
        emptied.id().toString(),
        "update certificate_case set holds_content = false, version = version + 1"
            + " where case_id = ? and version = ?",
        Optional.of(Commit.STALE),
        to -> to.uuid(emptied.id().value()).number(emptied.version()));
  }
}
