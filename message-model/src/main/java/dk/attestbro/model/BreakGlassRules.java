package dk.attestbro.model;

import java.time.Instant;
import java.util.Optional;

/**
 * Who of operations may see what a letter says, as pure functions: only who asked for that letter,
 * and only after another person has allowed it, for a short time.
 */
public final class BreakGlassRules {
  private BreakGlassRules() {}

  /** Someone at the desk. Two sessions with one id are one person. */
  public record Person(String id, boolean operator, boolean lead) {

    /** Who it is is personal data of staff: never shown by accident. */
    @Override
    public String toString() {
      return "Person[" + (operator ? "operator " : "") + (lead ? "lead" : "") + "]";
    }
  }

  /**
   * Why this person may not ask for a letter.
   *
   * @param held whether its content is held
   * @param earlier what the person has asked for this letter already
   */
  public static Optional<RefusalReason> whyNotAsk(
      Person by, boolean held, Optional<BreakGlassRequest> earlier, Instant now) {
    if (!by.operator() && !by.lead()) {
      return Optional.of(RefusalReason.NOT_ALLOWED);
    }
    if (!held) {
      return Optional.of(RefusalReason.CONTENT_DELETED);
    }
    return earlier.filter(request -> request.isLive(now)).isPresent()
        ? Optional.of(RefusalReason.STATE_CONFLICT)
        : Optional.empty();
  }

  /** Why this person may neither allow nor decline it. */
  public static Optional<RefusalReason> whyNotDecide(
      BreakGlassRequest request, Person by, Instant now) {
    if (!by.lead()) {
      return Optional.of(RefusalReason.NOT_ALLOWED);
    }
    if (request.askedBy().equals(by.id())) {
      return Optional.of(RefusalReason.BREAK_GLASS_OWN_REQUEST);
    }
    return request.at(now) == BreakGlassRequest.State.WAITING
        ? Optional.empty()
        : Optional.of(RefusalReason.STATE_CONFLICT);
  }

  /** Why this person does not see the letter under it now. */
  public static Optional<RefusalReason> whyNotSee(
      BreakGlassRequest request, Person by, Instant now) {
    boolean stillAtTheDesk = by.operator() || by.lead();
    boolean open = request.at(now) == BreakGlassRequest.State.OPEN;
    return stillAtTheDesk && open && request.askedBy().equals(by.id())
        ? Optional.empty()
        : Optional.of(RefusalReason.BREAK_GLASS_NOT_OPEN);
  }
}
