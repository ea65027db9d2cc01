package dk.attestbro.model;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a region has agreed with one municipality or with all, for some forms or for all: deadlines
 * in place of the forms' own, the follow-up, and who is told of an escalation. {@code forms} holds
 * form ids; empty means all forms.
 *
 * @param followsHospitalNotifications whether a HospitalNotification about a discharge begins the
 *     same follow-up as a discharge notice
 */
public record Agreement(
    String id,
    String region,
    Optional<String> municipality,
    Set<String> forms,
    List<DeadlineRule> deadlineRules,
    FollowUpSchedule followUp,
    Optional<String> contact,
    boolean followsHospitalNotifications) {
  public Agreement {
    forms = Set.copyOf(forms);
    deadlineRules = List.copyOf(deadlineRules);
  }

  /** Whether it holds for a request on this form from that municipality to that region. */
  public boolean covers(Party requester, Party responder, String formId) {
    return responder.region().filter(region::equals).isPresent()
        && (municipality.isEmpty() || municipality.equals(requester.municipality()))
        && (forms.isEmpty() || forms.contains(formId));
  }

  /** The agreed rule in force that day; empty where the form's own applies. */
  public Optional<DeadlineRule> deadlineRuleOn(LocalDate day) {
    return DeadlineRule.inForce(deadlineRules, day);
  }

  /** The municipality weighs more than the form. */
  int specificity() {
    return (municipality.isPresent() ? 2 : 0) + (forms.isEmpty() ? 0 : 1);
  }
}
