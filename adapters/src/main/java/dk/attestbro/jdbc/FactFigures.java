package dk.attestbro.jdbc;

import dk.attestbro.port.StatisticsQuery;
import dk.attestbro.port.Tally;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What reports read of one fact of a case. A million of them are read for one report, so they are
 * plain numbers: days are counted from 1970-01-01, and {@link #NONE} stands where there is nothing.
 *
 * @param endReason empty where the case has not left the base of lateness
 */
record FactFigures(
    int place,
    int openedOn,
    int acknowledgementSeconds,
    int requestDays,
    int due,
    int repliedOn,
    int replyDays,
    int pausedDays,
    int reminders,
    int interimReplies,
    int questions,
    int endedOn,
    String endReason) {
  static final int NONE = Integer.MIN_VALUE;

  /** The columns in the order that {@link #of} reads them. */
  static final String COLUMNS =
      """
      place, opened_on - date '1970-01-01', ack_seconds, request_days, due - date '1970-01-01', \
      replied_on - date '1970-01-01', reply_days, paused_days, reminders, interim_replies, \
      questions, ended_on - date '1970-01-01', end_reason""";

  /** Out of a row that begins with {@link #COLUMNS}. */
  static FactFigures of(ResultSet row) throws SQLException {
    return new FactFigures(
        row.getInt(1),
        row.getInt(2),
        number(row, 3),
        number(row, 4),
        number(row, 5),
        number(row, 6),
        number(row, 7),
        row.getInt(8),
        row.getInt(9),
        row.getInt(10),
        row.getInt(11),
        number(row, 12),
        row.getString(13));
  }

  private static int number(ResultSet row, int column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? NONE : value;
  }

  /** Whether it is of a request of the period that is proven received. */
  boolean isDeliveredIn(Period period) {
    return acknowledgementSeconds != NONE && period.has(openedOn);
  }

  boolean hasLeft() {
    return !endReason.isEmpty();
  }

  /** Where it stands in the figures of lateness: its due day, without one the day of the reply. */
  int placedOn() {
    return due == NONE ? repliedOn : due;
  }

  /** Counts it where its days lie in the period; the tally is asked for only then. */
  void count(Period period, Supplier<Tally> tally) {
    if (period.has(openedOn)) {
      tally.get().requests(optional(acknowledgementSeconds), 1);
      if (requestDays != NONE) {
        tally.get().requestedAfter(requestDays, 1);
      }
    }
    if (hasLeft()) {
      if (period.has(endedOn)) {
        tally.get().ended(endReason, 1);
      }
    } else if (period.has(placedOn())) {
      countLateness(period, tally.get());
    }
  }

  private void countLateness(Period period, Tally tally) {
    tally.followedUp(reminders, interimReplies, questions);
    if (repliedOn == NONE) {
      tally.open(daysLate(period.today()), 1);
    } else {
      tally.replied(optional(replyDays), pausedDays, daysLate(repliedOn), 1);
    }
  }

  private long daysLate(int day) {
    return due == NONE ? 0 : Math.max(0, (long) day - due);
  }

  private static Optional<Long> optional(int number) {
    return number == NONE ? Optional.empty() : Optional.of((long) number);
  }

  /** The period of a query and the day of its cut-off. */
  record Period(int from, int to, int today) {
    static Period of(StatisticsQuery query) {
      return new Period(day(query.from()), day(query.to()), day(query.today()));
    }

    /** Never {@link #NONE}, which is before all days. */
    boolean has(int day) {
      return day >= from && day <= to;
    }

    private static int day(LocalDate date) {
      return Math.toIntExact(date.toEpochDay());
    }
  }
}
