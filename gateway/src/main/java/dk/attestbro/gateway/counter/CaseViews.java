package dk.attestbro.gateway.counter;

import dk.attestbro.gateway.api.NextSteps;
import dk.attestbro.gateway.journey.CaseContacts;
import dk.attestbro.gateway.pages.Shown;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Contact;
import dk.attestbro.model.DaysTaken;
import dk.attestbro.model.Deadline;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.Form;
import dk.attestbro.model.Forms;
import dk.attestbro.model.PartyId;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** How cases look to one of their parties. */
final class CaseViews {
  private static final int SHORT = 8;

  /** A deadline this near is shown as near. */
  static final int NEAR_DAYS = 7;

  private final Forms forms;
  private final NextSteps nextSteps;
  private final CaseContacts contacts;
  private final Shown shown;
  private final Clock clock;

  CaseViews(Forms forms, NextSteps nextSteps, CaseContacts contacts, Shown shown, Clock clock) {
    this.forms = forms;
    this.nextSteps = nextSteps;
    this.contacts = contacts;
    this.shown = shown;
    this.clock = clock;
  }

  /**
   * A case in a list.
   *
   * @param number the beginning of its id
   * @param turn mine, theirs, gateway or none
   * @param tone of the deadline: bad, warn, good or empty
   */
  record Item(
      String id,
      String number,
      String form,
      String other,
      String state,
      String turn,
      Optional<LocalDate> due,
      String deadline,
      String tone,
      Instant openedAt,
      Instant updatedAt) {}

  /**
   * A case by itself.
   *
   * @param agreed whether a date that was accepted is the deadline, instead of the rule's
   * @param endReason the key of the words for why it ended; empty where nothing was said
   */
  record Whole(
      Item item,
      String formTitle,
      boolean requester,
      String next,
      Optional<Instant> nextAt,
      Optional<DaysTaken> days,
      List<Limit> limits,
      boolean agreed,
      String rule,
      Optional<LocalDate> expectedBy,
      Optional<Contact> contact,
      Optional<String> endReason) {}

  /** One limit of the deadline's rule: the key of its words and the number in them. */
  record Limit(String key, int length) {}

  Item item(CertificateCase known, PartyId party) {
    Instant now = clock.instant();
    Deadline deadline = known.deadline().at(now);
    return new Item(
        known.id().toString(),
        number(known.id().toString()),
        form(known).map(Form::code).map(CaseViews::shownCode).orElse(known.form()),
        shown.party(known.counterpart(party)),
        known.state().name(),
        turn(known, party),
        deadline.due(),
        deadline.state().name(),
        tone(deadline, DeadlineRule.day(now)),
        known.openedAt(),
        known.updatedAt());
  }

  Whole whole(CertificateCase known, PartyId party) {
    NextSteps.NextStep next = nextSteps.of(known);
    return new Whole(
        item(known, party),
        form(known).map(Form::title).map(shown::text).orElse(known.form()),
        known.requester().equals(party),
        next.code(),
        next.at(),
        DaysTaken.of(known, clock.instant()),
        known.opening().rule().limits().stream().map(CaseViews::limit).toList(),
        known.standing().agreedBy().isPresent(),
        known.deadline().rule(),
        known.standing().expectedBy(),
        contacts.of(known.id(), party),
        endReason(known));
  }

  private static Optional<String> endReason(CertificateCase known) {
    String code = known.standing().endReason();
    return switch (known.state()) {
      case RETURNED -> Optional.of("return." + code);
      case CANCELLED -> Optional.of("cancel." + code);
      default -> Optional.empty();
    };
  }

  String name(PartyId party) {
    return shown.party(party);
  }

  Optional<Form> form(CertificateCase known) {
    return forms.find(known.form());
  }

  /** The beginning of an id, by which people tell cases apart. */
  static String number(String id) {
    return id.substring(0, Math.min(SHORT, id.length()));
  }

  /** LAE125 is written LÆ125. */
  static String shownCode(String code) {
    return code.startsWith("LAE") ? "LÆ" + code.substring("LAE".length()) : code;
  }

  private static String turn(CertificateCase known, PartyId party) {
    return switch (known.turn()) {
      case REQUESTER -> known.requester().equals(party) ? "mine" : "theirs";
      case RESPONDER -> known.responder().equals(party) ? "mine" : "theirs";
      case GATEWAY -> "gateway";
      case NONE -> "none";
    };
  }

  private static String tone(Deadline deadline, LocalDate today) {
    return switch (deadline.state()) {
      case MISSED -> "bad";
      case MET -> "good";
      case RUNNING ->
          deadline.due().filter(due -> ChronoUnit.DAYS.between(today, due) <= NEAR_DAYS).isPresent()
              ? "warn"
              : "";
      case NOT_STARTED, PAUSED, VOID -> "";
    };
  }

  private static Limit limit(DeadlineRule.Limit limit) {
    return new Limit("limit." + limit.start() + "." + limit.unit(), limit.length());
  }
}
