package dk.attestbro.jdbc;

import static dk.attestbro.jdbc.Parameters.time;

import dk.attestbro.model.PartyId;
import dk.attestbro.port.Change;
import dk.attestbro.port.Commit;
import dk.attestbro.port.Order;
import dk.attestbro.port.SortingDesk;
import dk.attestbro.port.UnsortedMail;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The mails to be sorted: how their rows are written and found. */
final class DeskRows {
  private final JdbcClient jdbc;

  DeskRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  static Step keep(UnsortedMail mail) {
    return step(
        mail.id(),
        """
        insert into to_be_sorted (id, sha256, account, reason, sender, received_at, size) \
        values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing\
        """,
        to ->
            to.uuid(mail.id())
                .digest(mail.sha256())
                .text(mail.account())
                .text(mail.reason())
                .text(mail.sender().map(PartyId::value))
                .instant(mail.receivedAt())
                .number(mail.size()));
  }

  static Step close(Change.CloseMail close) {
    return step(
        close.id(),
        "update to_be_sorted set closed_at = ? where id = ? and closed_at is null",
        to -> to.instant(close.at()).uuid(close.id()));
  }

  static Step empty(Change.EmptyMail empty) {
    return step(
        empty.id(),
        "update to_be_sorted set holds_content = false where id = ? and holds_content",
        to -> to.uuid(empty.id()));
  }

  private static Step step(UUID id, String sql, Step.Binding binding) {
    return new Step(
        Step.Place.TO_BE_SORTED, id.toString(), sql, Optional.of(Commit.STALE), binding);
  }

  /** A mail's row never changes in what it is sorted by: the place of the last seen is in it. */
  List<UnsortedMail> open(Order<SortingDesk.By> order, Optional<UUID> after, int limit) {
    String columns = column(order.by()) + "received_at, id";
    String behind = order.descending() ? " < " : " > ";
    String way = order.descending() ? " desc" : "";
    JdbcClient.StatementSpec query =
        jdbc.sql(
            "select * from to_be_sorted where closed_at is null"
                + (after.isPresent()
                    ? " and ("
                        + columns
                        + ")"
                        + behind
                        + "(select "
                        + columns
                        + " from to_be_sorted where id = :after)"
                    : "")
                + " order by "
                + columns.replace(", ", way + ", ")
                + way
                + " limit :limit");
    if (after.isPresent()) {
      query = query.param("after", after.get());
    }
    return query.param("limit", limit).query((row, number) -> read(row)).list();
  }

  private static String column(SortingDesk.By by) {
    return switch (by) {
      case RECEIVED -> "";
      case ACCOUNT -> "account, ";
      case REASON -> "reason, ";
      case SENDER -> "coalesce(sender,''), ";
      case SIZE -> "size, ";
    };
  }

  Optional<UnsortedMail> one(UUID id) {
    return jdbc.sql("select * from to_be_sorted where id = ?")
        .param(id)
        .query((row, number) -> read(row))
        .optional();
  }

  long openCount() {
    return jdbc.sql("select count(*) from to_be_sorted where closed_at is null")
        .query(Long.class)
        .single();
  }

  List<UnsortedMail> toEmpty(Instant closedBy, Instant receivedBy, int limit) {
    return jdbc.sql(
            "select * from to_be_sorted where holds_content"
                + " and (closed_at <= ? or received_at <= ?) order by received_at, id limit ?")
        .params(time(closedBy), time(receivedBy), limit)
        .query((row, number) -> read(row))
        .list();
  }

  private static UnsortedMail read(ResultSet row) throws SQLException {
    return new UnsortedMail(
        Rows.digest(row, "sha256"),
        row.getString("account"),
        row.getString("reason"),
        Rows.text(row, "sender").map(PartyId::new),
        Rows.instant(row, "received_at"),
        row.getInt("size"),
        Rows.optionalInstant(row, "closed_at"));
  }
}
