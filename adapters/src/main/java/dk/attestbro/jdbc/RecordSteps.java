package dk.attestbro.jdbc;

import dk.attestbro.model.AcknowledgementIssue;
import dk.attestbro.model.AcknowledgementState;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Problem;
import dk.attestbro.model.Receipt;
import dk.attestbro.model.RetentionRules;
import dk.attestbro.model.Transmission;
import dk.attestbro.port.Change;
import dk.attestbro.port.Commit;
import dk.attestbro.port.SealedContent;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns the writes of a change, but for its evidence, into statements in the order of locking. */
final class RecordSteps {
  /** Content is stored in parts of this many bytes. */
  static final int PART = 1 << 20;

  private static final Comparator<Step> LOCK_ORDER =
      Comparator.comparing(Step::place).thenComparing(Step::key);

  private final SealedTexts texts;

  RecordSteps(SealedTexts texts) {
    this.texts = texts;
  }

  /** The statements; those of one row keep the order of their writes. */
  List<Step> of(Change change) {
    List<Step> steps = new ArrayList<>();
    Set<LetterRef> added = new HashSet<>();
    for (Change.Write write : change.writes()) {
      if (write instanceof Change.AddLetter add) {
        added.add(add.letter().ref());
        addLetter(add.letter(), change, steps);
      } else if (write instanceof Change.UpdateLetter update) {
        updateLetter(update.letter(), change, steps);
      } else if (write instanceof Change.AddEnvelope add) {
        steps.add(addEnvelope(add));
      } else if (write instanceof Change.PutContent put) {
        putContent(put.letter(), put.content(), added.contains(put.letter()), steps);
      } else if (write instanceof Change.PutSignature put) {
        putSignature(put.letter(), put.signature(), added.contains(put.letter()), steps);
      } else if (write instanceof Change.DropContent drop) {
        HeldSteps.drop(drop.letter(), steps);
      } else if (write instanceof Change.AddRow add) {
        steps.add(addRow(add.row()));
      } else if (write instanceof Change.UpdateRow update) {
        steps.add(updateRow(update.row(), lastFailure(change, update.row().letter())));
      } else if (write instanceof Change.RemoveRow remove) {
        steps.add(removeRow(remove.row()));
      } else if (write instanceof Change.AddCase add) {
        steps.add(CaseRow.add(add.certificateCase(), add.requestNumber()));
      } else if (write instanceof Change.UpdateCase update) {
        steps.add(CaseRow.update(update.certificateCase()));
      } else if (write instanceof Change.EmptyCase empty) {
        steps.add(HeldSteps.empty(empty.certificateCase()));
      } else if (write instanceof Change.AddInboxItem add) {
        steps.add(addInboxItem(add));
      } else if (write instanceof Change.TakeInboxItem take) {
        steps.add(takeInboxItem(take));
      } else if (write instanceof Change.AddTransmission add) {
        steps.add(addTransmission(add.transmission()));
      } else if (write instanceof Change.PutCaseFact put) {
        FactSteps.put(put.fact(), steps);
      } else if (write instanceof Change.PutDischargeFact put) {
        FactSteps.put(put.fact(), steps);
      } else if (write instanceof Change.SetPaused set) {
        steps.add(setPaused(set));
      } else if (write instanceof Change.KeepMail keep) {
        steps.add(DeskRows.keep(keep.mail()));
      } else if (write instanceof Change.CloseMail close) {
        steps.add(DeskRows.close(close));
      } else if (write instanceof Change.EmptyMail empty) {
        steps.add(DeskRows.empty(empty));
      } else if (write instanceof Change.AskBreakGlass ask) {
        steps.add(JdbcBreakGlass.ask(ask.request()));
      } else if (write instanceof Change.GrantBreakGlass grant) {
        steps.add(JdbcBreakGlass.grant(grant));
      } else if (write instanceof Change.EndBreakGlass end) {
        steps.add(JdbcBreakGlass.end(end.request()));
      } else if (write instanceof Change.AddNotice add) {
        steps.add(JdbcNotices.add(add));
      } else if (!(write instanceof Change.AddEvidence)) {
        throw new IllegalStateException("not a known write: " + write.getClass().getSimpleName());
      }
    }
    steps.sort(LOCK_ORDER);
    return steps;
  }

  private void addLetter(Letter letter, Change change, List<Step> steps) {
    boolean opensCase = HeldSteps.opensCase(change, letter);
    boolean holds = HeldSteps.putsContent(change, letter.ref()) || SealedTexts.hasText(letter);
    steps.add(
        step(
            Step.Place.LETTER,
            letter.ref(),
            """
            insert into letter (bundle_id, event, receiver, case_id, received_at, sha256, \
            content_digest, media_type, status, problem_reasons, problem_paths, problem_hints, \
            refusal_id, acknowledges_sender, acknowledges_id, ack_code, ack_at, ack_issue_codes, \
            ack_issue_texts_sealed, ack_sender, ack_letter_id, version, letter_id, sender, \
            ended_at, holds_content, own_end) \
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, \
            not (? or exists (select from certificate_case where case_id = ?))) \
            on conflict (letter_id, sender) do nothing\
            """,
            Optional.of(Commit.LETTER_EXISTS),
            to -> {
              letterColumns(letter, to);
              to.number(letter.version());
              key(letter.ref(), to);
              to.instant(HeldSteps.endedAt(change, letter))
                  .flag(holds)
                  .flag(opensCase)
                  .uuid(letter.caseId().map(CaseId::value));
            }));
    if (holds && !opensCase) {
      letter.caseId().ifPresent(id -> steps.add(HeldSteps.holds(id)));
    }
    letter.receipt().ifPresent(receipt -> steps.add(putReceipt(letter.ref(), receipt)));
  }

  private void updateLetter(Letter letter, Change change, List<Step> steps) {
    steps.add(
        step(
            Step.Place.LETTER,
            letter.ref(),
            """
            update letter set bundle_id = ?, event = ?, receiver = ?, case_id = ?, \
            received_at = ?, sha256 = ?, content_digest = ?, media_type = ?, status = ?, \
            problem_reasons = ?, problem_paths = ?, problem_hints = ?, refusal_id = ?, \
            acknowledges_sender = ?, acknowledges_id = ?, ack_code = ?, ack_at = ?, \
            ack_issue_codes = ?, ack_issue_texts_sealed = ?, ack_sender = ?, ack_letter_id = ?, \
            ended_at = case when ? then coalesce(ended_at, ?) end, \
            holds_content = holds_content or ?, version = version + 1 \
            where letter_id = ? and sender = ? and version = ?\
            """,
            Optional.of(Commit.STALE),
            to -> {
              letterColumns(letter, to);
              to.flag(RetentionRules.isAtItsEnd(letter))
                  .instant(HeldSteps.endedAt(change, letter))
                  .flag(SealedTexts.hasText(letter));
              key(letter.ref(), to);
              to.number(letter.version());
            }));
    if (SealedTexts.hasText(letter)) {
      letter.caseId().ifPresent(id -> steps.add(HeldSteps.holds(id)));
    }
  }

  private void letterColumns(Letter letter, Parameters to) throws SQLException {
    to.text(letter.bundleId().map(Object::toString))
        .text(letter.event())
        .text(letter.receiver().map(PartyId::value))
        .uuid(letter.caseId().map(CaseId::value))
        .instant(letter.receivedAt())
        .digest(letter.sha256())
        .digest(letter.contentDigest())
        .text(letter.mediaType().name())
        .text(letter.status().name())
        .texts(letter.problems().stream().map(problem -> problem.reason().name()).toList())
        .texts(letter.problems().stream().map(Problem::path).toList())
        .texts(letter.problems().stream().map(Problem::hint).toList())
        .text(letter.refusalId().map(Object::toString))
        .text(letter.acknowledges().map(ref -> ref.sender().value()))
        .text(letter.acknowledges().map(ref -> ref.id().value()));
    Optional<AcknowledgementState> counts = letter.acknowledgement();
    List<AcknowledgementIssue> issues =
        counts.map(AcknowledgementState::issues).orElseGet(List::of);
    to.text(counts.map(known -> known.code().code()))
        .instant(counts.map(AcknowledgementState::at))
        .texts(issues.stream().map(AcknowledgementIssue::code).toList())
        .bytes(texts.seal(letter.ref(), issues))
        .text(counts.map(known -> known.letter().sender().value()))
        .text(counts.map(known -> known.letter().id().value()));
  }

  private static Step putReceipt(LetterRef ref, Receipt receipt) {
    return step(
        Step.Place.RECEIPT,
        ref,
        """
        insert into receipt (bundle_id, receiver, case_id, sha256, received_at, validated_by, \
        warnings, jws, letter_id, sender) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) \
        on conflict (letter_id, sender) do nothing\
        """,
        Optional.empty(),
        to -> {
          to.text(receipt.bundleId().value())
              .text(receipt.receiver().value())
              .uuid(receipt.caseId().map(CaseId::value))
              .digest(receipt.sha256())
              .text(receipt.receivedAt().toString())
              .texts(receipt.validatedBy())
              .texts(receipt.warnings())
              .text(receipt.jws());
          key(ref, to);
        });
  }

  private static Step addEnvelope(Change.AddEnvelope add) {
    return new Step(
        Step.Place.ENVELOPE,
        add.sender() + "/" + add.bundleId(),
        """
        insert into envelope (sender, bundle_id, letter_id, letter_sender) values (?, ?, ?, ?) \
        on conflict (sender, bundle_id) do nothing\
        """,
        Optional.of(Commit.BUNDLE_EXISTS),
        to -> {
          to.text(add.sender().value()).text(add.bundleId().value());
          key(add.letter(), to);
        });
  }

  private static void putContent(
      LetterRef ref, SealedContent content, boolean letterIsNew, List<Step> steps) {
    if (!letterIsNew) {
      steps.add(
          step(
              Step.Place.CONTENT,
              ref,
              "delete from content where letter_id = ? and sender = ?",
              Optional.empty(),
              to -> key(ref, to)));
      HeldSteps.holds(ref, steps);
    }
    putParts(
        Step.Place.CONTENT,
        ref,
        """
        insert into content (letter_id, sender, part, bytes, media_type) \
        values (?, ?, ?, ?, ?) on conflict (letter_id, sender, part) do nothing\
        """,
        content.bytes(),
        to -> to.text(content.mediaType().name()),
        steps);
  }

  private static void putSignature(
      LetterRef ref, SealedContent signature, boolean letterIsNew, List<Step> steps) {
    if (!letterIsNew) {
      steps.add(HeldSteps.dropSignature(ref));
    }
    putParts(
        Step.Place.SIGNATURE,
        ref,
        """
        insert into sender_signature (letter_id, sender, part, bytes) \
        values (?, ?, ?, ?) on conflict (letter_id, sender, part) do nothing\
        """,
        signature.bytes(),
        to -> {},
        steps);
  }

  private static void putParts(
      Step.Place place,
      LetterRef ref,
      String sql,
      byte[] bytes,
      Step.Binding more,
      List<Step> steps) {
    int parts = Math.max(1, (bytes.length + PART - 1) / PART);
    for (int part = 0; part < parts; part++) {
      int number = part;
      int offset = part * PART;
      steps.add(
          step(
              place,
              ref,
              sql,
              Optional.of(Commit.STALE),
              to -> {
                key(ref, to);
                to.number(number).bytes(bytes, offset, Math.min(PART, bytes.length - offset));
                more.bind(to);
              }));
    }
  }

  private static Step addRow(OutboxRow row) {
    return step(
        Step.Place.OUTBOX,
        row.letter(),
        """
        insert into outbox (receiver, bundle_id, phase, attempts, resends, perhaps_delivered, \
        due_at, expires_at, last_reason, via_fallback, version, letter_id, sender, recorded_at) \
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, \
        coalesce((select received_at from letter where letter_id = ? and sender = ?), ?)) \
        on conflict (letter_id, sender) do nothing\
        """,
        Optional.of(Commit.STALE),
        to -> {
          rowColumns(row, to);
          to.number(row.version());
          key(row.letter(), to);
          key(row.letter(), to);
          to.instant(row.dueAt());
        });
  }

  private static Step updateRow(OutboxRow row, Optional<Instant> failedAt) {
    return step(
        Step.Place.OUTBOX,
        row.letter(),
        """
        update outbox set receiver = ?, bundle_id = ?, phase = ?, attempts = ?, resends = ?, \
        perhaps_delivered = ?, due_at = ?, expires_at = ?, last_reason = ?, via_fallback = ?, \
        failed_at = coalesce(?, failed_at), version = version + 1 \
        where letter_id = ? and sender = ? and version = ?\
        """,
        Optional.of(Commit.STALE),
        to -> {
          rowColumns(row, to);
          to.instant(failedAt);
          key(row.letter(), to);
          to.number(row.version());
        });
  }

  private static void rowColumns(OutboxRow row, Parameters to) throws SQLException {
    to.text(row.receiver().value())
        .text(row.bundleId().value())
        .text(row.phase().name())
        .number(row.attempts())
        .number(row.resends())
        .flag(row.perhapsDelivered())
        .instant(row.dueAt())
        .instant(row.expiresAt())
        .text(row.lastReason())
        .flag(row.viaFallback());
  }

  /** When the letter's attempt failed that this change records, if it records one. */
  private static Optional<Instant> lastFailure(Change change, LetterRef letter) {
    Optional<Instant> last = Optional.empty();
    for (Change.Write write : change.writes()) {
      if (write instanceof Change.AddTransmission add
          && add.transmission().letter().equals(letter)
          && add.transmission().outcome() != Transmission.Outcome.DELIVERED) {
        last = Optional.of(add.transmission().at());
      }
    }
    return last;
  }

  private static Step removeRow(OutboxRow row) {
    return step(
        Step.Place.OUTBOX,
        row.letter(),
        "delete from outbox where letter_id = ? and sender = ? and version = ?",
        Optional.of(Commit.STALE),
        to -> {
          key(row.letter(), to);
          to.number(row.version());
        });
  }

  private static Step addTransmission(Transmission added) {
    return step(
        Step.Place.TRANSMISSION,
        added.letter(),
        """
        insert into transmission (letter_id, sender, bundle_id, attempt, at, outcome, reason, \
        next_attempt_at) values (?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        Optional.empty(),
        to -> {
          key(added.letter(), to);
          to.text(added.bundleId().value())
              .number(added.attempt())
              .instant(added.at())
              .text(added.outcome().name())
              .text(added.reason())
              .instant(added.nextAttemptAt());
        });
  }

  private static Step setPaused(Change.SetPaused set) {
    return new Step(
        Step.Place.PAUSE,
        set.party().value(),
        set.paused()
            ? "insert into paused_party (party) values (?) on conflict (party) do nothing"
            : "delete from paused_party where party = ?",
        Optional.empty(),
        to -> to.text(set.party().value()));
  }

  // The number of an item that is there already is lost; sequences rise, they need not be gapless.
  private static Step addInboxItem(Change.AddInboxItem add) {
    return new Step(
        Step.Place.INBOX,
        add.receiver().value(),
        """
        with counter as (insert into inbox_counter (receiver, last) values (?, 1) \
        on conflict (receiver) do update set last = inbox_counter.last + 1 returning last) \
        insert into inbox (receiver, sequence, letter_id, sender, put_at) \
        select ?, last, ?, ?, ? from counter \
        on conflict (receiver, letter_id, sender) do nothing\
        """,
        Optional.empty(),
        to -> {
          to.text(add.receiver().value()).text(add.receiver().value());
          key(add.letter(), to);
          to.instant(add.at());
        });
  }

  private static Step takeInboxItem(Change.TakeInboxItem take) {
    return new Step(
        Step.Place.INBOX,
        take.receiver().value(),
        "delete from inbox where receiver = ? and letter_id = ? and sender = ?",
        Optional.empty(),
        to -> {
          to.text(take.receiver().value());
          key(take.letter(), to);
        });
  }

  private static Step step(
      Step.Place place,
      LetterRef ref,
      String sql,
      Optional<Commit> otherwise,
      Step.Binding binding) {
    return new Step(place, ref.toString(), sql, otherwise, binding);
  }

  static void key(LetterRef ref, Parameters to) throws SQLException {
    to.text(ref.id().value()).text(ref.sender().value());
  }
}
