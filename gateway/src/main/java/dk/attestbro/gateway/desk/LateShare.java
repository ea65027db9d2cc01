package dk.attestbro.gateway.desk;

import dk.attestbro.gateway.cases.PublishedFigures;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One bar of the board.
 *
 * @param value of what is told apart; empty for the total
 * @param late in a hundred; empty where too few are counted to be told
 * @param due how many replies were due; empty where masked
 * @param medianDays from receipt to reply
 */
public record LateShare(
    String value, OptionalLong late, OptionalLong due, OptionalDouble medianDays) {

  static LateShare of(PublishedFigures.Row row) {
    OptionalDouble share = row.derived().getOrDefault("shareLate", OptionalDouble.empty());
    return new LateShare(
        row.values().isEmpty() ? "" : row.values().get(0),
        share.isPresent()
            ? OptionalLong.of(Math.round(100 * share.getAsDouble()))
            : OptionalLong.empty(),
        row.counts().getOrDefault("due", OptionalLong.empty()),
        row.derived().getOrDefault("medianDaysToReply", OptionalDouble.empty()));
  }
}
