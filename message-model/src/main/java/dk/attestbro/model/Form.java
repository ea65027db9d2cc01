package dk.attestbro.model;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A certificate form as data: its code ({@code LAE125}, shown as {@code LÆ125}), titles, validity
 * (both days included), deadline rules, whether its reply must have a doctor as author, and
 * questions.
 */
public record Form(
    String id,
    String code,
    Text title,
    String canonical,
    LocalDate validFrom,
    Optional<LocalDate> validTo,
    List<DeadlineRule> deadlineRules,
    boolean authorIsDoctor,
    List<FormItem> items) {
  public Form {
    deadlineRules = List.copyOf(deadlineRules);
    items = List.copyOf(items);
    if (deadlineRules.isEmpty()) {
      throw new IllegalArgumentException("form " + id + " has no deadline rule");
    }
  }

  public boolean isValidOn(LocalDate date) {
    return !date.isBefore(validFrom) && validTo.map(to -> !date.isAfter(to)).orElse(true);
  }

  /** The form's own rule in force that day; its newest where none is. */
  public DeadlineRule deadlineRuleOn(LocalDate day) {
    return DeadlineRule.inForce(deadlineRules, day)
        .orElseGet(() -> Collections.max(deadlineRules, DeadlineRule.NEWEST));
  }

  /** The question with this linkId. */
  public Optional<FormItem> item(String linkId) {
    return items.stream().filter(i -> i.linkId().equals(linkId)).findFirst();
  }
}
