package dk.attestbro.port;

import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.PartyId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/**
 * Which cases operations ask for, of all parties, and in what order. Every filter is empty where it
 * does not matter, and all that are given must hold.
 *
 * @param party who asks or owes the reply today
 * @param turns whose turn it is; empty: anyone's
 * @param states the states wanted; empty: all
 * @param overdueOn only open cases whose deadline runs and whose last day is before this day
 * @param form a form's id
 * @param from when it was opened at the earliest
 * @param to before when it was opened
 * @param order cases that are alike in it go by their opening and ids, the same way round
 * @param after the case already seen last, in the same order
 * @param limit 1 to 1000
 */
public record CaseSearch(
    Optional<PartyId> party,
    Set<CertificateCase.Whose> turns,
    Set<CertificateCase.State> states,
    Optional<LocalDate> overdueOn,
    Optional<String> form,
    Optional<Instant> from,
    Optional<Instant> to,
    Order<By> order,
    Optional<Cursor> after,
    int limit) {
  public CaseSearch {
    turns = Set.copyOf(turns);
    states = Set.copyOf(states);
  }

  public static final Order<By> NEWEST_FIRST = new Order<>(By.OPENED, true);

  /** What cases are ordered by. One that nothing is due in comes last, either way round. */
  public enum By {
    OPENED,
    REQUESTER,
    RESPONDER,
    STATE,
    DUE;

    /** What a case has of it besides its opening, which all are ordered by in the end. */
    public Optional<String> key(CertificateCase found) {
      return switch (this) {
        case OPENED -> Optional.empty();
        case REQUESTER -> Optional.of(found.requester().value());
        case RESPONDER -> Optional.of(found.responder().value());
        case STATE -> Optional.of(found.state().name());
        case DUE -> found.deadline().due().map(LocalDate::toString);
      };
    }
  }

  /**
   * Where a listing goes on.
   *
   * @param key what the case seen last had of the order
   */
  public record Cursor(Optional<String> key, Instant openedAt, CaseId id) {
    /** Behind this case. */
    public static Cursor behind(CertificateCase seen, By by) {
      return new Cursor(by.key(seen), seen.openedAt(), seen.id());
    }
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
        NEWEST_FIRST,
        Optional.empty(),
        limit);
  }

  /** The same cases in this order, from there on. */
  public CaseSearch sorted(Order<By> wanted, Optional<Cursor> seen) {
    return new CaseSearch(party, turns, states, overdueOn, form, from, to, wanted, seen, limit);
  }
}
