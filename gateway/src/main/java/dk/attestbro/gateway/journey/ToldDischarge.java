package dk.attestbro.gateway.journey;

import dk.attestbro.model.Citizen;
import dk.attestbro.model.HospitalDischarge;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.MessageReading;
import java.time.LocalDate;
import java.util.Optional;

/** Who is discharged on which day, as a discharge notice or a HospitalNotification tells it. */
record ToldDischarge(Citizen citizen, LocalDate date) {
  static Optional<ToldDischarge> in(MessageReading reading) {
    return reading
        .content()
        .map(says -> says instanceof LetterContent.DischargeNotice notice ? notice : null)
        .flatMap(ToldDischarge::of)
        .or(
            () ->
                reading
                    .hospitalDischarge()
                    .map(says -> says instanceof HospitalDischarge.Told told ? told : null)
                    .map(told -> new ToldDischarge(told.citizen(), told.date())));
  }

  static Optional<ToldDischarge> of(LetterContent.DischargeNotice notice) {
    return notice
        .citizen()
        .flatMap(citizen -> notice.dischargeDate().map(date -> new ToldDischarge(citizen, date)));
  }

  @Override
  public String toString() {
    return "ToldDischarge[]";
  }
}
