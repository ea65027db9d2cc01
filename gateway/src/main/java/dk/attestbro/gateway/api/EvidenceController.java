package dk.attestbro.gateway.api;

import dk.attestbro.gateway.evidence.EvidenceScope;
import dk.attestbro.gateway.evidence.WriteEvidence;
import dk.attestbro.gateway.journey.KnownCases;
import dk.attestbro.model.AccessAct;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Caller;
import dk.attestbro.port.Records;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Gives the evidence of a case: to operations without contents, to a party with its own. */
@RestController
final class EvidenceController {
  private static final String ZIP = "application/zip";

  private final WriteEvidence evidence;
  private final Records records;
  private final KnownCases cases;
  private final AccessNotes access;
  private final Clock clock;

  EvidenceController(
      WriteEvidence evidence, Records records, KnownCases cases, AccessNotes access, Clock clock) {
    this.evidence = evidence;
    this.records = records;
    this.cases = cases;
    this.access = access;
    this.clock = clock;
  }

  @GetMapping("/api/v1/operations/evidence/{caseId}")
  void forOperations(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("caseId") String caseId,
      HttpServletResponse response)
      throws IOException {
    CaseId id = CaseId.parse(caseId).filter(evidence::knows).orElseThrow(EvidenceController::none);
    access.noteCase(caller, Set.of(), AccessAct.EVIDENCE_EXPORTED_BARE, id);
    write(id, EvidenceScope.OPERATIONS, response);
  }

  @GetMapping("/api/v1/cases/{caseId}/evidence")
  void forParty(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("caseId") String caseId,
      @RequestParam("party") Optional<String> party,
      HttpServletResponse response)
      throws IOException {
    Set<PartyId> parties = cases.withPredecessors(Parties.all(caller, party), clock.instant());
    CaseId id =
        CaseId.parse(caseId)
            .filter(known -> isOf(parties, known))
            .filter(evidence::knows)
            .orElseThrow(EvidenceController::none);
    access.noteCase(caller, parties, AccessAct.EVIDENCE_EXPORTED, id);
    write(id, EvidenceScope.of(parties), response);
  }

  /** Whether it is a case of theirs; a discharge has letters and no certificate case. */
  private boolean isOf(Set<PartyId> parties, CaseId id) {
    return cases
        .find(id, clock.instant())
        .map(known -> parties.stream().anyMatch(known::involves))
        .orElseGet(
            () ->
                records.lettersOf(id).stream()
                    .anyMatch(letter -> VisibleLetters.mayBeSeen(letter, parties)));
  }

  private static MessageRefused none() {
    return new MessageRefused(RefusalReason.NOT_FOUND);
  }

  private void write(CaseId id, EvidenceScope scope, HttpServletResponse response)
      throws IOException {
    response.setContentType(ZIP);
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"evidence-" + id + ".zip\"");
    evidence.write(id, scope, response.getOutputStream());
  }
}
