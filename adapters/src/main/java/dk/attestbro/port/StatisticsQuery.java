package dk.attestbro.port;

import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.PartyId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which figures.
 *
 * @param from the first day of the period, in Europe/Copenhagen
 * @param to the last, included
 * @param by what to tell apart, without repetition; nothing gives totals alone
 * @param cutoff facts count as they stood then
 * @param onlyOf where given, only cases that one of these parties asked or was asked in
 */
public record StatisticsQuery(
    LocalDate from,
    LocalDate to,
    List<Dimension> by,
    Instant cutoff,
    Optional<Set<PartyId>> onlyOf) {
  public StatisticsQuery {
    if (from.isAfter(to)) {
      throw new IllegalArgumentException("the period ends before it begins");
    }
    by = List.copyOf(by);
    onlyOf = onlyOf.map(Set::copyOf);
  }

  /** What figures can be told apart by. */
  public enum Dimension {
    REGION,
    MUNICIPALITY,
    UNIT,
    FORM
  }

  public boolean isInPeriod(LocalDate day) {
    return !day.isBefore(from) && !day.isAfter(to);
  }

  /** The day of the cut-off: what was due before it is overdue. */
  public LocalDate today() {
    return cutoff.atZone(DeadlineRule.ZONE).toLocalDate();
  }

  /** Whether figures of a case or notice between these two are among those asked for. */
  public boolean concerns(PartyId one, PartyId other) {
    return onlyOf.map(parties -> parties.contains(one) || parties.contains(other)).orElse(true);
  }

  /** The group that something of these belongs to: its values in the order of {@code by}. */
  public List<String> group(String region, String municipality, PartyId unit, String form) {
    return by.stream()
        .map(
            dimension ->
                switch (dimension) {
                  case REGION -> region;
                  case MUNICIPALITY -> municipality;
                  case UNIT -> unit.value();
                  case FORM -> form;
                })
        .toList();
  }
}
