package dk.attestbro.gateway.api;

import dk.attestbro.gateway.api.OperationsViews.BulkDone;
import dk.attestbro.gateway.api.OperationsViews.BulkLine;
import dk.attestbro.gateway.api.OperatorActs.OnDead;
import dk.attestbro.gateway.api.Views.ActDone;
import dk.attestbro.gateway.api.Views.DeadLetterView;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Refusal;
import dk.attestbro.port.Caller;
import dk.attestbro.port.LetterLine;
import dk.attestbro.port.LetterQuery;
import dk.attestbro.port.OperationsRecords;
import dk.attestbro.port.Records;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The letters that no one could take, and what operations do with them. */
@RestController
@RequestMapping("/api/v1/operations/dead-letters")
final class DeadLettersController {
  private final Records records;
  private final OperationsRecords operations;
  private final OperatorActs acts;
  private final PlainDoor door;

  DeadLettersController(
      Records records, OperationsRecords operations, OperatorActs acts, PlainDoor door) {
    this.records = records;
    this.operations = operations;
    this.acts = acts;
    this.door = door;
  }

  @GetMapping
  ResponseEntity<byte[]> list(
      @RequestParam Map<String, String> parameters,
      @RequestParam("limit") Optional<Integer> limit) {
    int most = Paging.limit(limit);
    LetterQuery query = LetterFilters.deadLetters(parameters, most + 1);
    return Responses.json(
        200,
        Paging.page(
            operations.letters(query),
            most,
            DeadLettersController::view,
            line -> Paging.cursor(query.order(), line)));
  }

  /** One act on several letters, for one reason; each is done or refused for itself. */
  @PostMapping({"/resend", "/redirect", "/close"})
  ResponseEntity<byte[]> several(@AuthenticationPrincipal Caller caller, HttpServletRequest call)
      throws IOException {
    OnDead wanted = act(call);
    Fields body = door.body(call);
    String reason = OperatorReason.in(body);
    List<LetterRef> letters = letters(body);
    List<BulkLine> lines = new ArrayList<>();
    for (LetterRef ref : letters) {
      Optional<Refusal> refusal = acts.onDead(wanted, ref, reason, caller);
      lines.add(
          new BulkLine(
              ref.id().value(), ref.sender().value(), refusal.map(no -> no.reason().name())));
    }
    int done = (int) lines.stream().filter(line -> line.refused().isEmpty()).count();
    return Responses.json(200, new BulkDone(wanted.shown(), done, lines));
  }

  private static List<LetterRef> letters(Fields body) {
    List<Fields> items = body.objects("letters");
    List<LetterRef> letters = new ArrayList<>();
    if (items.isEmpty() && !body.node().hasNonNull("letters")) {
      body.missing("letters");
    } else if (items.size() > Paging.MOST) {
      body.invalid("letters", "max " + Paging.MOST);
    }
    for (Fields item : items) {
      try {
        letters.add(
            new LetterRef(new PartyId(item.text("sender")), new LetterId(item.text("letterId"))));
      } catch (IllegalArgumentException noId) {
        item.invalid("letterId", "letterId, sender");
      }
    }
    body.end();
    return letters;
  }

  @PostMapping({"/{letterId}/resend", "/{letterId}/redirect", "/{letterId}/close"})
  ResponseEntity<byte[]> one(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("letterId") String letterId,
      @RequestParam("sender") Optional<String> sender,
      HttpServletRequest call)
      throws IOException {
    OnDead wanted = act(call);
    Optional<PartyId> named = Parties.parameter("sender", sender);
    Letter letter =
        MessageController.only(
            deadOnesFirst(
                records.letters(Parties.letter(letterId)).stream()
                    .filter(l -> named.map(l.ref().sender()::equals).orElse(true))
                    .toList()));
    String reason = OperatorReason.only(door.body(call));
    OperatorReason.requireDone(acts.onDead(wanted, letter.ref(), reason, caller));
    return Responses.json(200, new ActDone(wanted.shown(), letter.ref().id().value()));
  }

  /** The last part of the address says which. */
  private static OnDead act(HttpServletRequest call) {
    String path = call.getRequestURI();
    return OnDead.shown(path.substring(path.lastIndexOf('/') + 1));
  }

  /** Where one of several letters with an id is dead, that one is meant. */
  private static List<Letter> deadOnesFirst(List<Letter> letters) {
    List<Letter> dead =
        letters.stream().filter(letter -> letter.status() == LetterStatus.DEAD).toList();
    return dead.isEmpty() ? letters : dead;
  }

  private static DeadLetterView view(LetterLine line) {
    return new DeadLetterView(
        line.ref().id().value(),
        line.event(),
        line.ref().sender().value(),
        line.receiver().map(PartyId::value),
        line.caseId().map(CaseId::toString),
        line.receivedAt(),
        line.reasons());
  }
}
