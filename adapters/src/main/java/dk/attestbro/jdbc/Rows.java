package dk.attestbro.jdbc;

import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.AcknowledgementState;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.Digest;
import dk.attestbro.model.Evidence;
import dk.attestbro.model.EvidenceLink;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Problem;
import dk.attestbro.model.Receipt;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.model.Transmission;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads rows back into the words of the model. */
final class Rows {
  /** The columns of a letter and its receipt; the tables are {@link #LETTERS}. */
  static final String LETTER =
      """
      l.letter_id, l.sender, l.bundle_id, l.event, l.receiver, l.case_id, l.received_at, \
      l.sha256, l.content_digest, l.media_type, l.status, l.problem_reasons, l.problem_paths, \
      l.problem_hints, l.refusal_id, l.acknowledges_sender, l.acknowledges_id, l.ack_code, \
      l.ack_at, l.ack_issue_codes, l.ack_issue_texts_sealed, l.ack_sender, l.ack_letter_id, \
      l.version, r.bundle_id as receipt_bundle_id, r.receiver as receipt_receiver, \
      r.case_id as receipt_case_id, r.sha256 as receipt_sha256, \
      r.received_at as receipt_received_at, r.validated_by, r.warnings, r.jws\
      """;

  static final String LETTERS = "letter l left join receipt r using (letter_id, sender)";

  /** What the columns of {@link #OUTBOX_OF_LETTER} begin with. */
  static final String OF_OUTBOX = "outbox_";

  /** The columns of an outbox row beside those of its letter. */
  static final String OUTBOX_OF_LETTER =
      """
      o.receiver as outbox_receiver, o.bundle_id as outbox_bundle_id, o.phase as outbox_phase, \
      o.attempts as outbox_attempts, o.resends as outbox_resends, \
      o.perhaps_delivered as outbox_perhaps_delivered, o.due_at as outbox_due_at, \
      o.expires_at as outbox_expires_at, o.last_reason as outbox_last_reason, \
      o.via_fallback as outbox_via_fallback, o.version as outbox_version\
      """;

  private final SealedTexts texts;

  Rows(SealedTexts texts) {
    this.texts = texts;
  }

  Letter letter(ResultSet row) throws SQLException {
    LetterRef ref = ref(row, "sender", "letter_id");
    return new Letter(
        ref,
        text(row, "bundle_id").map(BundleId::new),
        row.getString("event"),
        text(row, "receiver").map(PartyId::new),
        caseId(row, "case_id"),
        instant(row, "received_at"),
        digest(row, "sha256"),
        digest(row, "content_digest"),
        MediaType.valueOf(row.getString("media_type")),
        LetterStatus.valueOf(row.getString("status")),
        receipt(ref, row),
        problems(row),
        text(row, "refusal_id").map(LetterId::new),
        text(row, "acknowledges_id").isPresent()
            ? Optional.of(ref(row, "acknowledges_sender", "acknowledges_id"))
            : Optional.empty(),
        acknowledgement(ref, row),
        row.getInt("version"));
  }

  private static Optional<Receipt> receipt(LetterRef ref, ResultSet row) throws SQLException {
    Optional<String> jws = text(row, "jws");
    if (jws.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Receipt(
            ref.id(),
            new BundleId(row.getString("receipt_bundle_id")),
            ref.sender(),
            new PartyId(row.getString("receipt_receiver")),
            caseId(row, "receipt_case_id"),
            digest(row, "receipt_sha256"),
            Instant.parse(row.getString("receipt_received_at")),
            texts(row, "validated_by"),
            texts(row, "warnings"),
            jws.get()));
  }

  private static List<Problem> problems(ResultSet row) throws SQLException {
    List<String> reasons = texts(row, "problem_reasons");
    List<String> paths = texts(row, "problem_paths");
    List<String> hints = texts(row, "problem_hints");
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < reasons.size(); i++) {
      problems.add(new Problem(RefusalReason.valueOf(reasons.get(i)), paths.get(i), hints.get(i)));
    }
    return problems;
  }

  private Optional<AcknowledgementState> acknowledgement(LetterRef ref, ResultSet row)
      throws SQLException {
    Optional<String> code = text(row, "ack_code");
    if (code.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new AcknowledgementState(
            AcknowledgementCode.parse(code.get()).orElseThrow(),
            instant(row, "ack_at"),
            texts.open(
                ref,
                texts(row, "ack_issue_codes"),
                Optional.ofNullable(row.getBytes("ack_issue_texts_sealed"))),
            ref(row, "ack_sender", "ack_letter_id")));
  }

  static LetterRef ref(ResultSet row) throws SQLException {
    return ref(row, "sender", "letter_id");
  }

  static OutboxRow outboxRow(ResultSet row) throws SQLException {
    return outboxRow(row, "");
  }

  /**
   * @param prefix what the names of its columns begin with, except those of the reference
   */
  static OutboxRow outboxRow(ResultSet row, String prefix) throws SQLException {
    return new OutboxRow(
        ref(row),
        new PartyId(row.getString(prefix + "receiver")),
        new BundleId(row.getString(prefix + "bundle_id")),
        OutboxRow.Phase.valueOf(row.getString(prefix + "phase")),
        row.getInt(prefix + "attempts"),
        row.getInt(prefix + "resends"),
        row.getBoolean(prefix + "perhaps_delivered"),
        instant(row, prefix + "due_at"),
        instant(row, prefix + "expires_at"),
        text(row, prefix + "last_reason"),
        row.getBoolean(prefix + "via_fallback"),
        row.getInt(prefix + "version"));
  }

  static Transmission transmission(ResultSet row) throws SQLException {
    return new Transmission(
        ref(row),
        new BundleId(row.getString("bundle_id")),
        row.getInt("attempt"),
        instant(row, "at"),
        Transmission.Outcome.valueOf(row.getString("outcome")),
        row.getString("reason"),
        optionalInstant(row, "next_attempt_at"));
  }

  static EvidenceLink evidenceLink(ResultSet row) throws SQLException {
    return new EvidenceLink(
        new Evidence(
            row.getString("chain"),
            Instant.parse(row.getString("at")),
            TimelineCode.valueOf(row.getString("code")),
            text(row, "letter_id").isPresent()
                ? Optional.of(ref(row, "letter_sender", "letter_id"))
                : Optional.empty(),
            row.getString("detail")),
        row.getLong("sequence"),
        digest(row, "hash"));
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static Optional<Instant> optionalInstant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  static LetterRef ref(ResultSet row, String sender, String id) throws SQLException {
    return new LetterRef(new PartyId(row.getString(sender)), new LetterId(row.getString(id)));
  }

  private static Optional<CaseId> caseId(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, UUID.class)).map(CaseId::new);
  }

  static Digest digest(ResultSet row, String column) throws SQLException {
    return new Digest(HexFormat.of().formatHex(row.getBytes(column)));
  }

  static Optional<Digest> optionalDigest(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getBytes(column))
        .map(bytes -> new Digest(HexFormat.of().formatHex(bytes)));
  }

  static List<String> texts(ResultSet row, String column) throws SQLException {
    @Nullable Array array = row.getArray(column);
    return array == null ? List.of() : List.of((String[]) array.getArray());
  }
}
