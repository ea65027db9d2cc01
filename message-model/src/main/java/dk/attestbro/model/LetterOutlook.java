package dk.attestbro.model;

import java.time.Instant;
import java.util.Optional;

/**
 * What happens to a letter next without anyone doing anything, when at the latest, and who must act
 * for it to come to a good end: told from its records alone.
 */
public record LetterOutlook(Step step, Optional<Instant> at, WhoActs whoActs) {

  /** The next automatic steps. */
  public enum Step {
    HAND_OVER(
        "Brevet sendes, så snart det er dets tur.", "The letter is sent as soon as it is due."),
    UNDER_WAY(
        "Brevet er på vej; går noget galt, sendes det igen.",
        "The letter is on its way; should that fail, it is sent again."),
    RETRY("Der prøves igen af sig selv.", "It is tried again by itself."),
    TAKE_FALLBACK(
        "Er brevet ikke afleveret til den tid, går det til reserveadressen.",
        "If it is not delivered by then, it goes to the fallback."),
    HELD_BACK(
        "Modtageren er på pause: intet sker, før driften starter den igen.",
        "The receiver is paused: nothing happens until operations resume it."),
    RESEND(
        "Kommer kvitteringen ikke til den tid, sendes brevet igen i en ny kuvert.",
        "If the acknowledgement does not come by then, the letter is sent again in a new"
            + " envelope."),
    GIVE_UP(
        "Kommer kvitteringen ikke til den tid, opgives brevet, og afsenderen får besked.",
        "If the acknowledgement does not come by then, the letter is given up and the sender"
            + " told."),
    NOTHING_DEAD(
        "Intet sker af sig selv. Afsenderen har fået besked; driften kan sende igen eller lukke.",
        "Nothing happens by itself. The sender was told; operations can send it again or close"
            + " it."),
    NOTHING_STUCK(
        "Brevet venter på intet og burde være kommet videre: en fejl i gatewayen.",
        "The letter waits for nothing and should have moved: a fault of the gateway."),
    NOTHING(
        "Brevet er ved sin ende; mere sker ikke.", "The letter has ended; nothing more happens.");

    private final Text text;

    Step(String da, String en) {
      this.text = new Text(da, en);
    }

    public Text text() {
      return text;
    }
  }

  /**
   * @param row what it waits for, where it does
   * @param receiver as the directory has it today
   * @param paused whether operations have paused the receiver
   * @param senderResendsItself whether its sender repeats letters and the gateway does not
   */
  public static LetterOutlook of(
      Letter letter,
      Optional<OutboxRow> row,
      Optional<Party> receiver,
      boolean paused,
      boolean senderResendsItself) {
    return row.map(waiting -> waiting(letter, waiting, receiver, paused, senderResendsItself))
        .orElseGet(() -> ended(letter));
  }

  private static LetterOutlook ended(Letter letter) {
    return switch (letter.status()) {
      case DEAD -> new LetterOutlook(Step.NOTHING_DEAD, Optional.empty(), WhoActs.OPERATOR);
      case ACKNOWLEDGED, CLOSED ->
          new LetterOutlook(Step.NOTHING, Optional.empty(), WhoActs.NOBODY);
      case REFUSED_BY_RECEIVER -> new LetterOutlook(Step.NOTHING, Optional.empty(), WhoActs.SENDER);
      case REFUSED ->
          new LetterOutlook(
              Step.NOTHING,
              Optional.empty(),
              letter.problems().stream()
                  .findFirst()
                  .map(problem -> problem.reason().whoActs())
                  .orElse(WhoActs.SENDER));
      case SENT ->
          letter.isAcknowledgement()
              ? new LetterOutlook(Step.NOTHING, Optional.empty(), WhoActs.NOBODY)
              : stuck();
      case RECORDED, QUEUED -> stuck();
    };
  }

  private static LetterOutlook stuck() {
    return new LetterOutlook(Step.NOTHING_STUCK, Optional.empty(), WhoActs.OPERATOR);
  }

  private static LetterOutlook waiting(
      Letter letter,
      OutboxRow row,
      Optional<Party> receiver,
      boolean paused,
      boolean senderResendsItself) {
    return switch (row.phase()) {
      case HANDED_OVER, CLAIMED ->
          new LetterOutlook(Step.UNDER_WAY, Optional.of(row.dueAt()), WhoActs.NOBODY);
      case AWAITING -> awaiting(row, receiver, senderResendsItself);
      case TO_SEND ->
          paused
              ? new LetterOutlook(Step.HELD_BACK, Optional.empty(), WhoActs.OPERATOR)
              : toSend(letter, row, receiver);
    };
  }

  private static LetterOutlook awaiting(
      OutboxRow row, Optional<Party> receiver, boolean senderResendsItself) {
    int resends = receiver.flatMap(party -> party.endpointOf(row)).map(Endpoint::resends).orElse(0);
    boolean again =
        !senderResendsItself && row.resends() < resends && row.dueAt().isBefore(row.expiresAt());
    return new LetterOutlook(
        again ? Step.RESEND : Step.GIVE_UP, Optional.of(row.dueAt()), WhoActs.RECEIVER);
  }

  private static LetterOutlook toSend(Letter letter, OutboxRow row, Optional<Party> receiver) {
    if (row.lastReason().isEmpty()) {
      return new LetterOutlook(Step.HAND_OVER, Optional.of(row.dueAt()), WhoActs.NOBODY);
    }
    WhoActs who = DeliveryFault.of(row.lastReason().get()).whoActs();
    Optional<Instant> fallback =
        receiver
            .flatMap(party -> party.fallbackAt(letter))
            .filter(at -> row.mayFallBack() && !at.isAfter(row.dueAt()));
    return fallback.isPresent()
        ? new LetterOutlook(Step.TAKE_FALLBACK, fallback, who)
        : new LetterOutlook(Step.RETRY, Optional.of(row.dueAt()), who);
  }
}
