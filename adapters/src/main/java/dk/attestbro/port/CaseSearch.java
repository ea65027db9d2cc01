package dk.attestbro.port;

import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.PartyId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/**
 * Which cases operations ask for, of all parties, newest opened first. Every filter is empty where
 * it does not matter, and all that are given must hold.
 *
 * @param party who asks or owes the reply today
 * @param turns whose turn it is; empty: anyone's
 * @param states the states wanted; empty: all
 * @param overdueOn only open cases whose deadline runs and whose last day is before this day
 * @param form a form's id
 * @param from when it was opened at the earliest
 * @param to before when it was opened
 * @param after the case already seen last
 * @param limit 1 to 500
 */
public record CaseSearch(
    Optional<PartyId> party,
    Set<CertificateCase.Whose> turns,
    Set<CertificateCase.State> states,
    Optional<LocalDate> overdueOn,
    Optional<String> form,
    Optional<Instant> from,
    Optional<Instant> to,
    Optional<CaseQuery.Cursor> after,
    int limit) {
  public CaseSearch {
    turns = Set.copyOf(turns);
    states = Set.copyOf(states);
  }

  /** All cases, the newest so many. */
  public static CaseSearch newest(int limit) {
    return new CaseSearch(
        Optional.empty(),
        Set.of(),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        limit);
  }
}
