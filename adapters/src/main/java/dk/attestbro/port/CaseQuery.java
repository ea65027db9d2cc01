package dk.attestbro.port;

import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Deadline;
import dk.attestbro.model.PartyId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/**
 * Which cases of some parties are wanted, oldest opened first. Every filter is empty where it does
 * not matter.
 *
 * @param parties whose cases: those that they ask in or owe the reply in today
 * @param mine whether it must be one of these parties' turn
 * @param turns whose turn it is
 * @param states the states wanted; empty: all
 * @param overdueOn only open cases whose deadline runs and whose last day is before this day
 * @param dueBy only open cases whose deadline runs and whose last day is this day or before
 * @param forms the ids of the forms wanted
 * @param after the case already seen last
 * @param limit 1 to 500
 */
public record CaseQuery(
    Set<PartyId> parties,
    boolean mine,
    Set<CertificateCase.Whose> turns,
    Set<CertificateCase.State> states,
    Optional<LocalDate> overdueOn,
    Optional<LocalDate> dueBy,
    Set<String> forms,
    Optional<Cursor> after,
    int limit) {
  public CaseQuery {
    parties = Set.copyOf(parties);
    turns = Set.copyOf(turns);
    states = Set.copyOf(states);
    forms = Set.copyOf(forms);
  }

  /** Where a listing goes on. */
  public record Cursor(Instant openedAt, CaseId id) {}

  /** All cases of these parties. */
  public static CaseQuery of(Set<PartyId> parties, int limit) {
    return new CaseQuery(
        parties,
        false,
        Set.of(),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Optional.empty(),
        limit);
  }

  /** Whether the case is wanted, apart from {@code after} and {@code limit}. */
  public boolean wants(CertificateCase found) {
    boolean asks = parties.contains(found.requester());
    boolean owes = parties.contains(found.responder());
    return (asks || owes)
        && (!mine
            || (asks && found.turn() == CertificateCase.Whose.REQUESTER)
            || (owes && found.turn() == CertificateCase.Whose.RESPONDER))
        && (turns.isEmpty() || turns.contains(found.turn()))
        && (states.isEmpty() || states.contains(found.state()))
        && overdueOn.map(day -> runsOut(found, day.minusDays(1))).orElse(true)
        && dueBy.map(day -> runsOut(found, day)).orElse(true)
        && (forms.isEmpty() || forms.contains(found.form()));
  }

  private static boolean runsOut(CertificateCase found, LocalDate by) {
    return found.state().isOpen()
        && found.deadline().state() == Deadline.State.RUNNING
        && found.deadline().due().filter(due -> !due.isAfter(by)).isPresent();
  }
}
