package dk.attestbro.jdbc;

import static dk.attestbro.jdbc.Parameters.time;

import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.LetterRef;
import dk.attestbro.port.HeldContents.HeldLetter;
import dk.attestbro.port.SealedContent;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds what is held and should go. */
final class HeldQueries {

  private static final String KEY_NEEDED =
      "select exists (select from content where part = 0 and "
          + keyOf("bytes")
          + " = :key) or exists (select from sender_signature where part = 0 and "
          + keyOf("bytes")
          + " = :key) or exists (select from letter where ack_issue_texts_sealed is not null and "
          + keyOf("ack_issue_texts_sealed")
          + " = :key)";

  /** An index answers each of the two. */
  private static final String LETTERS_TO_EMPTY =
      "select case when l.own_end then l.ended_at end as own_ended_at, "
          + Rows.LETTER
          + " from "
          + Rows.LETTERS
          + " where l.holds_content"
          + " and ((l.own_end and l.ended_at <= :endedBy) or l.received_at <= :receivedBy)";

  private final JdbcClient jdbc;
  private final Rows rows;

  HeldQueries(JdbcClient jdbc, Rows rows) {
    this.jdbc = jdbc;
    this.rows = rows;
  }

  /** The id of the storage key in a column, as the indexes have it: positions count from 1. */
  static String keyOf(String column) {
    return "substring(" + column + " from " + (SealedContent.KEY_ID_AT + 1) + " for 4)";
  }

  boolean isHeld(LetterRef ref) {
    return jdbc.sql(
            "select exists (select from letter where letter_id = ? and sender = ? and holds_content)")
        .params(ref.id().value(), ref.sender().value())
        .query(Boolean.class)
        .single();
  }

  List<CertificateCase> casesToEmpty(
      Instant doneBy, Instant movedBy, Optional<CaseId> after, int limit) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("doneBy", time(doneBy));
    parameters.put("movedBy", time(movedBy));
    parameters.put("limit", limit);
    after.ifPresent(id -> parameters.put("after", id.value()));
    return jdbc.sql(
            "select * from certificate_case where holds_content and (done_at <= :doneBy"
                + " or (opened_at <= :movedBy and updated_at <= :movedBy))"
                + (after.isPresent() ? " and case_id > :after" : "")
                + " order by case_id limit :limit")
        .params(parameters)
        .query((row, number) -> CaseRow.read(row))
        .list();
  }

  List<HeldLetter> lettersToEmpty(
      Instant endedBy, Instant receivedBy, Optional<LetterRef> after, int limit) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("endedBy", time(endedBy));
    parameters.put("receivedBy", time(receivedBy));
    parameters.put("limit", limit);
    after.ifPresent(
        ref -> {
          parameters.put("id", ref.id().value());
          parameters.put("sender", ref.sender().value());
        });
    return jdbc.sql(
            LETTERS_TO_EMPTY
                + (after.isPresent() ? " and (l.letter_id, l.sender) > (:id, :sender)" : "")
                + " order by l.letter_id, l.sender limit :limit")
        .params(parameters)
        .query(
            (row, number) ->
                new HeldLetter(rows.letter(row), Rows.optionalInstant(row, "own_ended_at")))
        .list();
  }

  boolean isKeyNeeded(int keyId) {
    return jdbc.sql(KEY_NEEDED)
        .param("key", ByteBuffer.allocate(Integer.BYTES).putInt(keyId).array())
        .query(Boolean.class)
        .single();
  }
}
