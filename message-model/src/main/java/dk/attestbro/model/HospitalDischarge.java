package dk.attestbro.model;

import java.time.LocalDate;
import java.util.Optional;

/**
 * What a HospitalNotification of MedCom's says of the end of a stay: that an inpatient has gone
 * home, or that this is cancelled. Admission, leave, a visit without admission and death are
 * neither.
 */
public sealed interface HospitalDischarge {
  /** The notification that this one follows: the admission, or what it corrects or cancels. */
  Optional<LetterId> follows();

  /**
   * Discharged, or corrected to be so.
   *
   * @param date the day in Europe/Copenhagen on which the patient left
   */
  record Told(Citizen citizen, LocalDate date, Optional<LetterId> follows)
      implements HospitalDischarge {
    @Override
    public String toString() {
      return "Told[]";
    }
  }

  /** Not discharged after all. */
  record Cancelled(Optional<LetterId> follows) implements HospitalDischarge {}
}
