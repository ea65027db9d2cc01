package dk.attestbro.model;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What regions and municipalities have agreed. */
public interface Agreements {
  /** Nothing is agreed: every form has its own rule and the follow-up its default. */
  Agreements NONE = of(List.of());

  /**
   * The agreement that decides alone for this form between the two: of those that cover it the most
   * specific (municipality and form, then municipality, then form, then the region alone).
   */
  Optional<Agreement> between(Party requester, Party responder, String formId);

  /** The agreed rule that is in force that day, else the form's own. */
  default DeadlineRule ruleFor(Form form, Party requester, Party responder, LocalDate on) {
    return between(requester, responder, form.id())
        .flatMap(agreement -> agreement.deadlineRuleOn(on))
        .orElseGet(() -> form.deadlineRuleOn(on));
  }

  /** The agreed follow-up, else the default. */
  default FollowUpSchedule followUpFor(Form form, Party requester, Party responder) {
    return between(requester, responder, form.id())
        .map(Agreement::followUp)
        .orElse(FollowUpSchedule.DEFAULT);
  }

  /**
   * The agreement by which a HospitalNotification about a discharge begins its follow-up between
   * the two. One that is for some forms says nothing of discharges.
   */
  default Optional<Agreement> followingHospitalNotifications(Party municipality, Party hospital) {
    return between(municipality, hospital, DischargeFact.FORM)
        .filter(Agreement::followsHospitalNotifications);
  }

  /** These agreements; of two that are equally specific the first. */
  static Agreements of(List<Agreement> agreements) {
    List<Agreement> mostSpecificFirst =
        agreements.stream()
            .sorted(Comparator.comparingInt(Agreement::specificity).reversed())
            .toList();
    return (requester, responder, formId) ->
        mostSpecificFirst.stream()
            .filter(agreement -> agreement.covers(requester, responder, formId))
            .findFirst();
  }
}
