package dk.attestbro.gateway.api;

import dk.attestbro.gateway.api.OperationsViews.LineView;
import dk.attestbro.gateway.api.OperationsViews.WayView;
import dk.attestbro.gateway.operations.ExplainLetter;
import dk.attestbro.model.AccessAct;
import dk.attestbro.model.Citizen;
import dk.attestbro.model.Digest;
import dk.attestbro.model.Letter;
import dk.attestbro.model.PartyId;
import dk.attestbro.port.Caller;
import dk.attestbro.port.LetterQuery;
import dk.attestbro.port.OperationsRecords;
import dk.attestbro.port.Records;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Any letter as operations see it: its way explained, never its content. */
@RestController
@RequestMapping("/api/v1/operations/letters")
final class OperationsLettersController {
  private final OperationsRecords operations;
  private final Records records;
  private final ExplainLetter explain;
  private final CitizenOf citizens;
  private final PlainDoor door;
  private final AccessNotes access;
  private final Clock clock;

  OperationsLettersController(
      OperationsRecords operations,
      Records records,
      ExplainLetter explain,
      CitizenOf citizens,
      PlainDoor door,
      AccessNotes access,
      Clock clock) {
    this.operations = operations;
    this.records = records;
    this.explain = explain;
    this.citizens = citizens;
    this.door = door;
    this.access = access;
    this.clock = clock;
  }

  @GetMapping
  ResponseEntity<byte[]> list(
      @RequestParam Map<String, String> parameters,
      @RequestParam("limit") Optional<Integer> limit) {
    int most = Paging.limit(limit);
    return page(LetterFilters.letters(parameters, most + 1), most);
  }

  /** The letters in a citizen's cases. The number is in the body, since an address is logged. */
  @PostMapping("/search")
  ResponseEntity<byte[]> ofCitizen(
      @AuthenticationPrincipal Caller caller,
      @RequestParam Map<String, String> parameters,
      @RequestParam("limit") Optional<Integer> limit,
      HttpServletRequest call)
      throws IOException {
    int most = Paging.limit(limit);
    LetterQuery query = LetterFilters.letters(parameters, most + 1);
    Fields body = door.body(call);
    Optional<Citizen> citizen = PlainContent.citizen(body);
    String reason = OperatorReason.in(body);
    if (citizen.isEmpty()) {
      body.missing("cpr");
    }
    body.end();
    Digest digest = citizens.digest(citizen.orElseThrow());
    access.noteSearch(caller, AccessAct.LETTERS_SEARCHED, digest, reason);
    return page(query.about(digest), most);
  }

  private ResponseEntity<byte[]> page(LetterQuery query, int most) {
    return Responses.json(
        200,
        Paging.page(
            operations.letters(query),
            most,
            LineView::of,
            line -> Paging.cursor(query.order(), line)));
  }

  @GetMapping("/{letterId}")
  ResponseEntity<byte[]> one(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("letterId") String letterId,
      @RequestParam("sender") Optional<String> sender) {
    Optional<PartyId> named = Parties.parameter("sender", sender);
    Letter letter =
        MessageController.only(
            records.letters(Parties.letter(letterId)).stream()
                .filter(found -> named.map(found.ref().sender()::equals).orElse(true))
                .toList());
    access.noteWay(caller, Set.of(), letter);
    return Responses.json(200, WayView.of(explain.explain(letter), clock.instant()));
  }
}
