package dk.attestbro.jdbc;

import static dk.attestbro.jdbc.Parameters.time;

import dk.attestbro.model.CaseId;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.PartyId;
import dk.attestbro.port.Drafts;
import dk.attestbro.port.KeptDraft;
import dk.attestbro.port.SealedContent;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The drafts in PostgreSQL: a row each, in it what was written as cipher text. */
public final class JdbcDrafts implements Drafts {
  private static final String HEAD =
      "select id, party, kind, form, other, case_id, staff, saved_at, version from draft ";

  private final JdbcClient jdbc;

  /** Works on a database that {@link Database} has migrated. */
  public JdbcDrafts(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  @Override
  public boolean add(KeptDraft draft, SealedContent content, int most) {
    return one(
        () ->
            written(
                    """
                    insert into draft (id, party, kind, form, other, case_id, staff, saved_at, \
                    version, media_type, bytes) select :id, :party, :kind, :form, :other, \
                    :caseId::uuid, :staff, :savedAt, :version, :mediaType, :bytes \
                    where (select count(*) from draft where party = :party) < :most\
                    """,
                    draft,
                    content)
                .param("most", most)
                .update());
  }

  @Override
  public boolean replace(KeptDraft draft, SealedContent content) {
    return one(
        () ->
            written(
                    """
                    update draft set kind = :kind, form = :form, other = :other, \
                    case_id = :caseId::uuid, staff = :staff, saved_at = :savedAt, \
                    version = :version, media_type = :mediaType, bytes = :bytes \
                    where id = :id and party = :party and version = :version - 1\
                    """,
                    draft,
                    content)
                .update());
  }

  private JdbcClient.StatementSpec written(String sql, KeptDraft draft, SealedContent content) {
    KeptDraft.Subject subject = draft.subject();
    return jdbc.sql(sql)
        .param("id", draft.id())
        .param("party", subject.party().value())
        .param("kind", subject.kind().name())
        .param("form", subject.form())
        .param("other", subject.other().map(PartyId::value).orElse(null))
        .param("caseId", subject.caseId().map(CaseId::toString).orElse(null))
        .param("staff", draft.staff())
        .param("savedAt", time(draft.savedAt()))
        .param("version", draft.version())
        .param("mediaType", content.mediaType().name())
        .param("bytes", content.bytes());
  }

  @Override
  public Optional<KeptDraft> find(PartyId party, UUID id) {
    return query(
        () ->
            jdbc.sql(HEAD + "where id = ? and party = ?")
                .params(id, party.value())
                .query((row, number) -> draft(row))
                .optional());
  }

  @Override
  public Optional<SealedContent> content(KeptDraft draft) {
    return query(
        () ->
            jdbc.sql(
                    "select media_type, bytes from draft"
                        + " where id = ? and party = ? and version = ?")
                .params(draft.id(), draft.subject().party().value(), draft.version())
                .query(
                    (row, number) ->
                        new SealedContent(
                            MediaType.valueOf(row.getString("media_type")), row.getBytes("bytes")))
                .optional());
  }

  @Override
  public List<KeptDraft> of(PartyId party, int skipped, int limit) {
    return query(
        () ->
            jdbc.sql(HEAD + "where party = ? order by saved_at desc, id::text offset ? limit ?")
                .params(party.value(), skipped, limit)
                .query((row, number) -> draft(row))
                .list());
  }

  @Override
  public int count(PartyId party) {
    return query(
        () ->
            jdbc.sql("select count(*) from draft where party = ?")
                .param(party.value())
                .query(Integer.class)
                .single());
  }

  @Override
  public boolean delete(PartyId party, UUID id, int version) {
    return one(
        () ->
            jdbc.sql("delete from draft where id = ? and party = ? and version = ?")
                .params(id, party.value(), version)
                .update());
  }

  @Override
  public int deleteSavedBefore(Instant time) {
    return query(() -> jdbc.sql("delete from draft where saved_at < ?").param(time(time)).update());
  }

  @Override
  public boolean isKeyNeeded(int keyId) {
    return query(
        () ->
            jdbc.sql(
                    "select exists (select from draft where "
                        + HeldQueries.keyOf("bytes")
                        + " = ?)")
                .param(ByteBuffer.allocate(Integer.BYTES).putInt(keyId).array())
                .query(Boolean.class)
                .single());
  }

  private static KeptDraft draft(ResultSet row) throws SQLException {
    return new KeptDraft(
        row.getObject("id", UUID.class),
        new KeptDraft.Subject(
            new PartyId(row.getString("party")),
            KeptDraft.Kind.valueOf(row.getString("kind")),
            row.getString("form"),
            Rows.text(row, "other").map(PartyId::new),
            Optional.ofNullable(row.getObject("case_id", UUID.class)).map(CaseId::new)),
        row.getString("staff"),
        Rows.instant(row, "saved_at"),
        row.getInt("version"));
  }

  private static boolean one(Supplier<Integer> update) {
    return query(update) == 1;
  }

  private static <T> T query(Supplier<T> query) {
    try {
      return query.get();
    } catch (DataAccessException failure) {
      throw SqlFailures.translated(failure);
    }
  }
}
