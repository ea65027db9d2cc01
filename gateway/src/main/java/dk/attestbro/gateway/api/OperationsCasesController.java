package dk.attestbro.gateway.api;

import dk.attestbro.gateway.api.OperationsViews.CaseLine;
import dk.attestbro.gateway.api.OperationsViews.CaseWay;
import dk.attestbro.gateway.api.OperationsViews.EntryView;
import dk.attestbro.gateway.api.OperationsViews.LineView;
import dk.attestbro.gateway.journey.KnownCases;
import dk.attestbro.gateway.operations.ExplainLetter;
import dk.attestbro.model.AccessAct;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Caller;
import dk.attestbro.port.CaseSearch;
import dk.attestbro.port.OperationsRecords;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Any case as operations see it: state, turn, deadline, parties and letters; never its purpose. */
@RestController
@RequestMapping("/api/v1/operations/cases")
final class OperationsCasesController {
  private final OperationsRecords operations;
  private final KnownCases cases;
  private final ExplainLetter explain;
  private final AccessNotes access;
  private final Clock clock;

  OperationsCasesController(
      OperationsRecords operations,
      KnownCases cases,
      ExplainLetter explain,
      AccessNotes access,
      Clock clock) {
    this.operations = operations;
    this.cases = cases;
    this.explain = explain;
    this.access = access;
    this.clock = clock;
  }

  @GetMapping
  ResponseEntity<byte[]> list(
      @RequestParam Map<String, String> parameters,
      @RequestParam("limit") Optional<Integer> limit) {
    int most = Paging.limit(limit);
    Instant now = clock.instant();
    CaseSearch search = LetterFilters.cases(parameters, DeadlineRule.day(now), most + 1);
    return Responses.json(
        200,
        Paging.page(
            operations.cases(search),
            most,
            found -> CaseLine.of(cases.asOf(found, now), now),
            found -> Paging.cursor(search.order(), found)));
  }

  @GetMapping("/{caseId}")
  ResponseEntity<byte[]> one(
      @AuthenticationPrincipal Caller caller, @PathVariable("caseId") String caseId) {
    Instant now = clock.instant();
    CertificateCase known =
        CaseId.parse(caseId)
            .flatMap(id -> cases.find(id, now))
            .orElseThrow(() -> new MessageRefused(RefusalReason.NOT_FOUND));
    access.noteCase(caller, Set.of(), AccessAct.CASE_READ, known.id());
    return Responses.json(
        200,
        new CaseWay(
            CaseLine.of(known, now),
            operations.letters(LetterFilters.letters(Map.of("case", caseId), Paging.MOST)).stream()
                .map(LineView::of)
                .toList(),
            explain.timeline(known.id()).stream().map(EntryView::of).toList()));
  }
}
