package dk.attestbro.gateway.api;

import dk.attestbro.gateway.api.JourneyCalls.OnLetter;
import dk.attestbro.gateway.api.JourneyCalls.OnParty;
import dk.attestbro.gateway.api.Views.ActDone;
import dk.attestbro.gateway.api.Views.DeadLetterView;
import dk.attestbro.gateway.api.Views.QueueView;
import dk.attestbro.model.AccessAct;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Refusal;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Caller;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.Outbox;
import dk.attestbro.port.QueueFigures;
import dk.attestbro.port.Records;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What operations see and do: ids, parties, codes and times, never content. */
@RestController
@RequestMapping("/api/v1/operations")
final class OperationsController {
  private static final int LONGEST_REASON = 500;

  private final Records records;
  private final Outbox outbox;
  private final DirectorySource directory;
  private final JourneyCalls journey;
  private final PlainDoor door;
  private final AccessNotes access;
  private final Clock clock;

  OperationsController(
      Records records,
      Outbox outbox,
      DirectorySource directory,
      JourneyCalls journey,
      PlainDoor door,
      AccessNotes access,
      Clock clock) {
    this.records = records;
    this.outbox = outbox;
    this.directory = directory;
    this.journey = journey;
    this.door = door;
    this.access = access;
    this.clock = clock;
  }

  /** One row per party that can receive, and per party that has letters waiting. */
  @GetMapping("/queues")
  ResponseEntity<byte[]> queues() {
    Instant now = clock.instant();
    Map<PartyId, QueueView> rows = new TreeMap<>();
    for (Party party : directory.current().parties()) {
      if (party.endpoint().isPresent()) {
        rows.put(party.id(), idle(party.id()));
      }
    }
    for (QueueFigures figures : outbox.figures(now)) {
      rows.put(figures.party(), row(figures, now));
    }
    return Responses.json(200, List.copyOf(rows.values()));
  }

  @PostMapping("/queues/{party}/pause")
  ResponseEntity<byte[]> pause(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("party") String party,
      HttpServletRequest call)
      throws IOException {
    return onParty("pause", AccessAct.PARTY_PAUSED, journey.pause(), caller, party, call);
  }

  @PostMapping("/queues/{party}/resume")
  ResponseEntity<byte[]> resume(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("party") String party,
      HttpServletRequest call)
      throws IOException {
    return onParty("resume", AccessAct.PARTY_RESUMED, journey.resume(), caller, party, call);
  }

  @GetMapping("/dead-letters")
  ResponseEntity<byte[]> deadLetters(
      @RequestParam("after") Optional<String> after,
      @RequestParam("limit") Optional<Integer> limit) {
    int most = Paging.limit(limit);
    return Responses.json(
        200,
        Paging.page(
            records.deadLetters(Paging.letterCursor(after), most + 1),
            most,
            OperationsController::deadLetter,
            letter -> Paging.cursor(letter.ref())));
  }

  @PostMapping("/dead-letters/{letterId}/resend")
  ResponseEntity<byte[]> resend(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("letterId") String letterId,
      @RequestParam("sender") Optional<String> sender,
      HttpServletRequest call)
      throws IOException {
    return onLetter(
        "resend", AccessAct.LETTER_RESENT, journey.resend(), caller, letterId, sender, call);
  }

  @PostMapping("/dead-letters/{letterId}/close")
  ResponseEntity<byte[]> close(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("letterId") String letterId,
      @RequestParam("sender") Optional<String> sender,
      HttpServletRequest call)
      throws IOException {
    return onLetter(
        "close", AccessAct.LETTER_CLOSED, journey.close(), caller, letterId, sender, call);
  }

  private ResponseEntity<byte[]> onParty(
      String act,
      AccessAct noted,
      OnParty operation,
      Caller caller,
      String party,
      HttpServletRequest call)
      throws IOException {
    PartyId known =
        directory.current().parties().stream()
            .map(Party::id)
            .filter(id -> id.value().equals(party))
            .findFirst()
            .orElseThrow(() -> new MessageRefused(RefusalReason.NOT_FOUND));
    String reason = reason(door.body(call));
    requireDone(operation.act(known, reason, caller.label()));
    access.noteOperator(caller, noted, known, reason);
    return Responses.json(200, new ActDone(act, known.value()));
  }

  private ResponseEntity<byte[]> onLetter(
      String act,
      AccessAct noted,
      OnLetter operation,
      Caller caller,
      String letterId,
      Optional<String> sender,
      HttpServletRequest call)
      throws IOException {
    Optional<PartyId> named = Parties.parameter("sender", sender);
    Letter letter =
        MessageController.only(
            deadOnesFirst(
                records.letters(Parties.letter(letterId)).stream()
                    .filter(l -> named.map(l.ref().sender()::equals).orElse(true))
                    .toList()));
    String reason = reason(door.body(call));
    requireDone(operation.act(letter.ref(), reason, caller.label()));
    access.noteOperator(caller, noted, letter, reason);
    return Responses.json(200, new ActDone(act, letter.ref().id().value()));
  }

  /** Where one of several letters with an id is dead, that one is meant. */
  private static List<Letter> deadOnesFirst(List<Letter> letters) {
    List<Letter> dead =
        letters.stream().filter(letter -> letter.status() == LetterStatus.DEAD).toList();
    return dead.isEmpty() ? letters : dead;
  }

  /** Why an operator does what is asked for, in words that are not kept. */
  static String reason(Fields body) {
    String reason = body.text("reason");
    if (reason.length() > LONGEST_REASON) {
      body.invalid("reason", "max " + LONGEST_REASON);
    } else if (reason.isBlank()
        && (!body.node().hasNonNull("reason") || body.node().get("reason").isString())) {
      body.missing("reason");
    }
    body.end();
    return reason;
  }

  private static void requireDone(Optional<Refusal> refusal) {
    if (refusal.isPresent()) {
      throw new MessageRefused(refusal.get());
    }
  }

  private static QueueView idle(PartyId party) {
    return new QueueView(party.value(), 0, Optional.empty(), 0, 0, 0, false, Optional.empty());
  }

  private static QueueView row(QueueFigures figures, Instant now) {
    return new QueueView(
        figures.party().value(),
        figures.depth(),
        figures.oldest().map(oldest -> Math.max(0, Duration.between(oldest, now).toSeconds())),
        figures.inFlight(),
        figures.waitingForRetry(),
        figures.awaitingAcknowledgement(),
        figures.paused(),
        figures.lastError());
  }

  private static DeadLetterView deadLetter(Letter letter) {
    return new DeadLetterView(
        letter.ref().id().value(),
        letter.event(),
        letter.ref().sender().value(),
        letter.receiver().map(PartyId::value),
        letter.caseId().map(CaseId::toString),
        letter.receivedAt(),
        letter.problems().stream().map(p -> p.reason().name()).distinct().toList());
  }
}
