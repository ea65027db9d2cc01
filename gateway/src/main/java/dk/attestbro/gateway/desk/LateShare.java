package dk.attestbro.gateway.desk;

import dk.attestbro.gateway.cases.PublishedFigures;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One row of the board.
 *
 * @param value of what is told apart; empty for the total
 * @param late in a hundred, or a star where too few are counted to be told
 * @param due how many replies were due; empty where masked
 * @param medianDays from receipt to reply
 */
public record LateShare(String value, String late, OptionalLong due, OptionalDouble medianDays) {

  static LateShare of(PublishedFigures.Row row) {
    return new LateShare(
        row.values().isEmpty() ? "" : row.values().get(0),
        percent(row.shareLate()),
        row.counts().getOrDefault("due", OptionalLong.empty()),
        row.derived().getOrDefault("medianDaysToReply", OptionalDouble.empty()));
  }

  static String percent(OptionalDouble share) {
    return share.isPresent() ? Math.round(100 * share.getAsDouble()) + " %" : "*";
  }
}
