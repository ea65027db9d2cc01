package dk.attestbro.gateway.api;

import dk.attestbro.gateway.api.Views.DeadlineView;
import dk.attestbro.gateway.api.Views.OwnTurnTaken;
import dk.attestbro.gateway.journey.KnownCases;
import dk.attestbro.gateway.journey.OwnTurns;
import dk.attestbro.model.AccessAct;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.CertificateRequestRules;
import dk.attestbro.model.Contact;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Problem;
import dk.attestbro.model.Refusal;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Takes what a party decides on its own side of a case, without a letter to the other. */
@RestController
final class OwnSideDoor {
  private static final String CASE = "/api/v1/cases/{caseId}/";

  private final OwnTurns turns;
  private final KnownCases cases;
  private final PlainDoor door;
  private final AccessNotes access;
  private final Clock clock;

  OwnSideDoor(OwnTurns turns, KnownCases cases, PlainDoor door, AccessNotes access, Clock clock) {
    this.turns = turns;
    this.cases = cases;
    this.door = door;
    this.access = access;
    this.clock = clock;
  }

  @PostMapping(CASE + "assignment")
  ResponseEntity<byte[]> assignment(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("caseId") String caseId,
      @RequestParam("party") Optional<String> party,
      HttpServletRequest call)
      throws IOException {
    CertificateCase known = known(caller, caseId);
    Fields body = door.body(call);
    Optional<Contact> handler = body.object("contact").map(PlainContent::contact);
    Optional<LocalDate> consultation = body.date("consultation");
    requireNone(body.misread(), CertificateRequestRules.check(handler));
    PartyId by = acting(caller, party, known);
    return taken(caller, by, turns.assign(known.id(), by, handler.orElseThrow(), consultation));
  }

  @PostMapping(CASE + "interim-acceptance")
  ResponseEntity<byte[]> interimAcceptance(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("caseId") String caseId,
      @RequestParam("party") Optional<String> party,
      HttpServletRequest call)
      throws IOException {
    CertificateCase known = known(caller, caseId);
    Fields body = door.body(call);
    String interim = body.text("letterId");
    Optional<LetterId> letter = LetterId.parse(interim);
    RefusalReason wrong =
        interim.isEmpty() ? RefusalReason.FIELD_MISSING : RefusalReason.FIELD_INVALID;
    requireNone(
        body.misread(), letter.isEmpty() ? List.of(new Problem(wrong, "letterId")) : List.of());
    PartyId by = acting(caller, party, known);
    return taken(caller, by, turns.acceptInterim(known.id(), by, letter.orElseThrow()));
  }

  private CertificateCase known(Caller caller, String caseId) {
    return CaseId.parse(caseId)
        .flatMap(id -> cases.find(id, clock.instant()))
        .filter(found -> caller.parties().stream().anyMatch(found::involves))
        .orElseThrow(() -> new MessageRefused(RefusalReason.NOT_FOUND));
  }

  private static PartyId acting(Caller caller, Optional<String> party, CertificateCase known) {
    Set<PartyId> own = new TreeSet<>(caller.parties());
    own.removeIf(one -> !known.involves(one));
    return Parties.sender(caller, party, Optional.empty()).orElseGet(() -> Parties.only(own));
  }

  private static void requireNone(List<Problem> misread, List<Problem> others) {
    List<Problem> all = new ArrayList<>(misread);
    others.stream()
        .filter(problem -> misread.stream().noneMatch(m -> m.path().equals(problem.path())))
        .forEach(all::add);
    if (!all.isEmpty()) {
      throw new MessageRefused(new Refusal(all));
    }
  }

  private ResponseEntity<byte[]> taken(Caller caller, PartyId by, CertificateCase after) {
    access.noteCase(caller, Set.of(by), AccessAct.CASE_CHANGED, after.id());
    return Responses.json(
        201,
        new OwnTurnTaken(
            after.id().toString(),
            after.state().name(),
            after.turn().name().toLowerCase(Locale.ROOT),
            DeadlineView.of(after.deadline().at(clock.instant()))));
  }
}
