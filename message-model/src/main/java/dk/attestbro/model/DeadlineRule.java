package dk.attestbro.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * When a reply is due: so many calendar days after the request was proven received. The day of the
 * event is not counted; the last day ends at midnight Europe/Copenhagen. {@code ownDefault} marks a
 * rule that no source gives and that we chose.
 */
public record DeadlineRule(String id, int version, int calendarDays, boolean ownDefault) {
  /** The zone in which dates are meant. */
  public static final ZoneId ZONE = ZoneId.of("Europe/Copenhagen");

  /** The id and version as a case stores it, for example {@code LAE125-14D/1}. */
  public String reference() {
    return id + "/" + version;
  }

  /** The last day on which the reply is in time. */
  public LocalDate dueAfter(Instant received) {
    return received.atZone(ZONE).toLocalDate().plusDays(calendarDays);
  }
}
