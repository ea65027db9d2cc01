package dk.attestbro.jdbc;

import dk.attestbro.model.Digest;
import dk.attestbro.model.Evidence;
import dk.attestbro.model.LetterRef;
import dk.attestbro.port.Change;
import dk.attestbro.port.Commit;
import dk.attestbro.port.RecordsUnavailable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * Writes a change in one transaction. An ordinary change costs two round trips: all its rows and
 * the lock on its evidence chains, then the evidence and the commit. One of a single row costs one.
 */
final class ChangeWriter {
  /** Up to so many statements travel together as one; more are batched statement by statement. */
  private static final int TOGETHER = 20;

  private static final String LOCK_HEADS =
      """
      insert into evidence_head (chain, sequence, hash) \
      select chain, 0, ? from unnest(?::text[]) with ordinality as wanted (chain, place) \
      order by place \
      on conflict (chain) do update set sequence = evidence_head.sequence \
      returning chain, sequence, hash\
      """;

  private static final Step COMMIT =
      new Step(Step.Place.EVIDENCE, "", "commit", Optional.empty(), to -> {});

  private final DataSource dataSource;
  private final RecordSteps steps;

  ChangeWriter(DataSource dataSource, RecordSteps steps) {
    this.dataSource = dataSource;
    this.steps = steps;
  }

  Commit write(Change change) {
    List<Step> rows = steps.of(change);
    List<Evidence> evidence = evidence(change);
    if (rows.isEmpty() && evidence.isEmpty()) {
      return Commit.DONE;
    }
    try (Connection connection = connection()) {
      if (rows.size() == 1 && evidence.isEmpty()) {
        // It changes its row or nothing, in a transaction of its own.
        return together(rows, List.of(), Map.of(), connection).orElse(Commit.DONE);
      }
      connection.setAutoCommit(false);
      try {
        return write(rows, evidence, connection);
      } catch (SQLException | RuntimeException failure) {
        rollBack(connection, failure);
        throw failure;
      }
    } catch (SQLException failure) {
      if (SqlFailures.isConflict(failure)) {
        return Commit.STALE;
      }
      throw SqlFailures.translated(failure);
    }
  }

  private Connection connection() {
    try {
      return dataSource.getConnection();
    } catch (SQLException failure) {
      throw new RecordsUnavailable(failure);
    }
  }

  private static Commit write(List<Step> rows, List<Evidence> evidence, Connection connection)
      throws SQLException {
    Map<String, Head> heads = new HashMap<>();
    Optional<Commit> refused =
        rows.size() <= TOGETHER
            ? together(rows, chains(evidence), heads, connection)
            : batched(rows, chains(evidence), heads, connection);
    if (refused.isPresent()) {
      connection.rollback();
      return refused.get();
    }
    if (evidence.isEmpty()) {
      connection.commit();
    } else {
      commitWith(evidence, heads, connection);
    }
    return Commit.DONE;
  }

  private static List<Evidence> evidence(Change change) {
    List<Evidence> evidence = new ArrayList<>();
    for (Change.Write write : change.writes()) {
      if (write instanceof Change.AddEvidence add) {
        evidence.add(add.evidence());
      }
    }
    return evidence;
  }

  private static List<String> chains(List<Evidence> evidence) {
    return evidence.stream().map(Evidence::chain).distinct().sorted().toList();
  }

  private static Optional<Commit> together(
      List<Step> rows, List<String> chains, Map<String, Head> heads, Connection connection)
      throws SQLException {
    List<String> statements = new ArrayList<>(rows.stream().map(Step::sql).toList());
    if (!chains.isEmpty()) {
      statements.add(LOCK_HEADS);
    }
    if (statements.isEmpty()) {
      return Optional.empty();
    }
    try (PreparedStatement statement = connection.prepareStatement(String.join(";", statements))) {
      Parameters parameters = new Parameters(statement);
      for (Step row : rows) {
        row.binding().bind(parameters);
      }
      if (!chains.isEmpty()) {
        parameters.digest(Evidence.START).texts(chains);
      }
      statement.execute();
      for (Step row : rows) {
        if (row.otherwise().isPresent() && statement.getUpdateCount() != 1) {
          return row.otherwise();
        }
        statement.getMoreResults();
      }
      if (!chains.isEmpty()) {
        read(statement.getResultSet(), heads);
      }
      return Optional.empty();
    }
  }

  private static Optional<Commit> batched(
      List<Step> rows, List<String> chains, Map<String, Head> heads, Connection connection)
      throws SQLException {
    int from = 0;
    while (from < rows.size()) {
      int to = from + 1;
      while (to < rows.size() && rows.get(to).sql().equals(rows.get(from).sql())) {
        to++;
      }
      Optional<Commit> refused = batch(rows.subList(from, to), connection);
      if (refused.isPresent()) {
        return refused;
      }
      from = to;
    }
    return together(List.of(), chains, heads, connection);
  }

  private static Optional<Commit> batch(List<Step> same, Connection connection)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(same.get(0).sql())) {
      for (Step step : same) {
        step.binding().bind(new Parameters(statement));
        statement.addBatch();
      }
      int[] counts = statement.executeBatch();
      for (int i = 0; i < counts.length; i++) {
        if (same.get(i).otherwise().isPresent() && counts[i] != 1) {
          return same.get(i).otherwise();
        }
      }
      return Optional.empty();
    }
  }

  /**
   * Links each entry to the one before it; the heads are locked until the commit, which travels
   * with the entries. Where the evidence cannot be written nothing is.
   */
  private static void commitWith(
      List<Evidence> evidence, Map<String, Head> heads, Connection connection) throws SQLException {
    List<Step> links = links(evidence, heads);
    try {
      if (links.size() <= TOGETHER) {
        links.add(COMMIT);
        together(links, List.of(), heads, connection);
      } else {
        batched(links, List.of(), heads, connection);
        connection.commit();
      }
    } catch (SQLException failure) {
      if (SqlFailures.isConflict(failure)) {
        throw failure;
      }
      throw new RecordsUnavailable(failure);
    }
  }

  private static List<Step> links(List<Evidence> evidence, Map<String, Head> heads) {
    List<Step> links = new ArrayList<>();
    Map<String, Instant> since = new TreeMap<>();
    for (Evidence entry : evidence) {
      Head head = head(entry.chain(), heads);
      long sequence = head.sequence() + 1;
      Digest hash = entry.hashAfter(head.hash(), sequence);
      heads.put(entry.chain(), new Head(sequence, hash));
      since.put(entry.chain(), entry.at());
      links.add(link(entry, sequence, hash));
    }
    since.forEach((chain, at) -> links.add(advance(chain, head(chain, heads))));
    since.forEach((chain, at) -> links.add(uncovered(chain, head(chain, heads), at)));
    return links;
  }

  private static Head head(String chain, Map<String, Head> heads) {
    Head head = heads.get(chain);
    if (head == null) {
      throw new IllegalStateException("the head of an evidence chain was not locked");
    }
    return head;
  }

  private static Step link(Evidence entry, long sequence, Digest hash) {
    return new Step(
        Step.Place.EVIDENCE,
        entry.chain(),
        """
        insert into evidence (chain, sequence, at, code, letter_sender, letter_id, detail, hash) \
        values (?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        Optional.empty(),
        to ->
            to.text(entry.chain())
                .number(sequence)
                .text(entry.at().toString())
                .text(entry.code().name())
                .text(entry.letter().map(LetterRef::sender).map(Object::toString))
                .text(entry.letter().map(LetterRef::id).map(Object::toString))
                .text(entry.detail())
                .digest(hash));
  }

  private static Step advance(String chain, Head head) {
    return new Step(
        Step.Place.EVIDENCE,
        chain,
        "update evidence_head set sequence = ?, hash = ? where chain = ?",
        Optional.empty(),
        to -> to.number(head.sequence()).digest(head.hash()).text(chain));
  }

  /** For the next checkpoint. */
  private static Step uncovered(String chain, Head head, Instant at) {
    return new Step(
        Step.Place.EVIDENCE,
        chain,
        "insert into evidence_uncovered (chain, sequence, hash, since) values (?, ?, ?, ?)",
        Optional.empty(),
        to -> to.text(chain).number(head.sequence()).digest(head.hash()).instant(at));
  }

  private static void read(ResultSet rows, Map<String, Head> heads) throws SQLException {
    while (rows.next()) {
      heads.put(
          rows.getString(1),
          new Head(rows.getLong(2), new Digest(HexFormat.of().formatHex(rows.getBytes(3)))));
    }
  }

  private static void rollBack(Connection connection, Exception failure) {
    try {
      connection.rollback();
    } catch (SQLException gone) {
      // The connection is lost, and with it the transaction: the server rolls it back.
      failure.addSuppressed(gone);
    }
  }

  /** The newest entry of a chain. */
  private record Head(long sequence, Digest hash) {}
}
