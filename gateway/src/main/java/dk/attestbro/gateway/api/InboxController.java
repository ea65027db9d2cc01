package dk.attestbro.gateway.api;

import dk.attestbro.gateway.api.Views.AcknowledgementTaken;
import dk.attestbro.gateway.api.Views.InboxEntry;
import dk.attestbro.gateway.api.Views.ReceiptView;
import dk.attestbro.gateway.journey.Answer;
import dk.attestbro.model.AccessAct;
import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.AcknowledgementIssue;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Receipt;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Caller;
import dk.attestbro.port.HeldContents;
import dk.attestbro.port.Inbox;
import dk.attestbro.port.Records;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What waits for a party that fetches its letters itself. */
@RestController
@RequestMapping("/api/v1/inbox")
final class InboxController {
  private final Inbox inbox;
  private final Records records;
  private final HeldContents held;
  private final JourneyCalls journey;
  private final InboxBody bodies;
  private final PlainDoor door;
  private final AccessNotes access;

  InboxController(
      Inbox inbox,
      Records records,
      HeldContents held,
      JourneyCalls journey,
      InboxBody bodies,
      PlainDoor door,
      AccessNotes access) {
    this.inbox = inbox;
    this.records = records;
    this.held = held;
    this.journey = journey;
    this.bodies = bodies;
    this.door = door;
    this.access = access;
  }

  @GetMapping
  ResponseEntity<byte[]> list(
      @AuthenticationPrincipal Caller caller,
      @RequestParam("party") Optional<String> party,
      @RequestParam("after") Optional<Long> after,
      @RequestParam("limit") Optional<Integer> limit) {
    int most = Paging.limit(limit);
    List<Inbox.Item> found =
        inbox.items(Parties.one(caller, party), Paging.sequence(after), most + 1);
    return Responses.json(
        200, Paging.page(found, most, InboxController::entry, Inbox.Item::sequence));
  }

  @GetMapping("/{letterId}")
  ResponseEntity<byte[]> one(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("letterId") String letterId,
      @RequestParam("sender") Optional<String> sender,
      @RequestParam("party") Optional<String> party,
      @RequestHeader(HttpHeaders.ACCEPT) Optional<String> accept) {
    List<InboxFormat> formats = InboxFormat.acceptable(accept);
    Optional<PartyId> from = Parties.parameter("sender", sender);
    PartyId receiver = Parties.one(caller, party);
    LetterId id = Parties.letter(letterId);
    List<Letter> found =
        inbox.items(receiver, id).stream()
            .map(Inbox.Item::letter)
            .filter(l -> from.map(l.ref().sender()::equals).orElse(true))
            .toList();
    if (found.isEmpty() && wasDeleted(receiver, id, from)) {
      throw new MessageRefused(RefusalReason.CONTENT_DELETED);
    }
    Letter letter = MessageController.only(found);
    Payload payload =
        journey
            .open()
            .apply(letter.ref())
            .orElseThrow(() -> new MessageRefused(RefusalReason.CONTENT_DELETED));
    ResponseEntity<byte[]> answer = bodies.of(letter, payload, formats);
    access.noteContent(caller, receiver, AccessAct.CONTENT_READ, letter.ref(), letter.caseId());
    return answer;
  }

  /** Whether a letter was taken for this party and its content is held no longer. */
  private boolean wasDeleted(PartyId receiver, LetterId id, Optional<PartyId> from) {
    return records.letters(id).stream()
        .filter(letter -> VisibleLetters.mayBeSeen(letter, Set.of(receiver)))
        .filter(letter -> letter.receiver().filter(receiver::equals).isPresent())
        .filter(letter -> from.map(letter.ref().sender()::equals).orElse(true))
        .anyMatch(letter -> !held.isHeld(letter.ref()));
  }

  @PostMapping("/{letterId}/acknowledgement")
  ResponseEntity<byte[]> acknowledge(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("letterId") String letterId,
      @RequestParam("sender") Optional<String> sender,
      @RequestParam("party") Optional<String> party,
      HttpServletRequest call)
      throws IOException {
    PartyId receiver = Parties.one(caller, party);
    LetterId id = Parties.letter(letterId);
    Optional<PartyId> from = Parties.parameter("sender", sender);
    Fields body = door.body(call);
    Optional<AcknowledgementCode> code = code(body);
    List<AcknowledgementIssue> issues = issues(body);
    body.end();
    Answer answer =
        journey.acknowledge().take(caller, receiver, id, from, code.orElseThrow(), issues);
    ResponseEntity<byte[]> answered = answered(answer, id, code.get());
    noteAcknowledged(caller, receiver, id, from);
    return answered;
  }

  private void noteAcknowledged(
      Caller caller, PartyId receiver, LetterId id, Optional<PartyId> from) {
    records.letters(id).stream()
        .filter(letter -> letter.receiver().equals(Optional.of(receiver)))
        .filter(letter -> from.map(letter.ref().sender()::equals).orElse(true))
        .forEach(
            letter ->
                access.noteContent(
                    caller,
                    receiver,
                    AccessAct.LETTER_ACKNOWLEDGED,
                    letter.ref(),
                    letter.caseId()));
  }

  private static InboxEntry entry(Inbox.Item item) {
    Letter letter = item.letter();
    return new InboxEntry(
        item.sequence(),
        letter.ref().id().value(),
        letter.event(),
        letter.ref().sender().value(),
        letter.caseId().map(CaseId::toString),
        letter.receivedAt());
  }

  private static Optional<AcknowledgementCode> code(Fields body) {
    Optional<String> given = body.givenText("code");
    Optional<AcknowledgementCode> code = given.flatMap(AcknowledgementCode::parse);
    if (given.isPresent() && code.isEmpty()) {
      body.invalid("code", "ok|transient-error|fatal-error");
    } else if (!body.node().hasNonNull("code")) {
      body.missing("code");
    }
    return code;
  }

  private static List<AcknowledgementIssue> issues(Fields body) {
    List<AcknowledgementIssue> issues = new ArrayList<>();
    for (Fields issue : body.objects("issues")) {
      String code = issue.text("code");
      if (dk.attestbro.model.AcknowledgementCodes.systemOf(code).isEmpty()) {
        issue.problem(RefusalReason.CODE_UNKNOWN, "code", "MSG_*");
      }
      issues.add(new AcknowledgementIssue(code, issue.text("text")));
    }
    return issues;
  }

  private static ResponseEntity<byte[]> answered(
      Answer answer, LetterId id, AcknowledgementCode code) {
    if (answer instanceof Answer.Refused refused) {
      throw new MessageRefused(refused.refusal());
    }
    if (answer instanceof Answer.Accepted accepted) {
      Receipt receipt = accepted.receipt();
      return Responses.jsonAt(
          201,
          receipt.letterId(),
          new AcknowledgementTaken(
              id.value(),
              code.code(),
              Optional.of(receipt.letterId().value()),
              Optional.of(ReceiptView.of(receipt))));
    }
    boolean takenOut = answer instanceof Answer.TakenFromInbox;
    return Responses.json(
        takenOut ? 201 : 200,
        new AcknowledgementTaken(id.value(), code.code(), Optional.empty(), Optional.empty()));
  }
}
