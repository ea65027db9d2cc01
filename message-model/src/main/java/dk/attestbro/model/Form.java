package dk.attestbro.model;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A certificate form as data: its code ({@code LAE125}, shown as {@code LÆ125}), titles, validity
 * (both days included), deadline rule and questions.
 */
public record Form(
    String id,
    String code,
    Text title,
    String canonical,
    LocalDate validFrom,
    Optional<LocalDate> validTo,
    DeadlineRule deadlineRule,
    List<FormItem> items) {
  public Form {
    items = List.copyOf(items);
  }

  public boolean isValidOn(LocalDate date) {
    return !date.isBefore(validFrom) && validTo.map(to -> !date.isAfter(to)).orElse(true);
  }

  /** The question with this linkId. */
  public Optional<FormItem> item(String linkId) {
    return items.stream().filter(i -> i.linkId().equals(linkId)).findFirst();
  }
}
