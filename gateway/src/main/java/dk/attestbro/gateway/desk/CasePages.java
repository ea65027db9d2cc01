package dk.attestbro.gateway.desk;

import dk.attestbro.gateway.api.AccessNotes;
import dk.attestbro.gateway.api.LetterFilters;
import dk.attestbro.gateway.api.Paging;
import dk.attestbro.gateway.evidence.EvidenceScope;
import dk.attestbro.gateway.evidence.WriteEvidence;
import dk.attestbro.gateway.journey.KnownCases;
import dk.attestbro.gateway.operations.ExplainLetter;
import dk.attestbro.gateway.pages.Listing;
import dk.attestbro.gateway.pages.Listing.Column;
import dk.attestbro.gateway.pages.PagePaths;
import dk.attestbro.model.AccessAct;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.CaseSearch;
import dk.attestbro.port.OperationsRecords;
import dk.attestbro.port.Staff;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The cases of all parties, one of them with its timeline, and its evidence to take out. */
@Controller
@RequestMapping(PagePaths.DESK + "/cases")
final class CasePages {
  private static final int MOST_LETTERS = 500;
  private static final List<Column> COLUMNS =
      List.of(
          new Column("desk.case.opened", "opened"),
          new Column("desk.case.form", ""),
          new Column("desk.case.requester", "requester"),
          new Column("desk.case.responder", "responder"),
          new Column("desk.case.state", "state"),
          new Column("desk.case.turn", ""),
          new Column("desk.case.due", "due"));

  private final OperationsRecords operations;
  private final KnownCases cases;
  private final ExplainLetter explain;
  private final WriteEvidence evidence;
  private final AccessNotes access;
  private final Clock clock;

  CasePages(
      OperationsRecords operations,
      KnownCases cases,
      ExplainLetter explain,
      WriteEvidence evidence,
      AccessNotes access,
      Clock clock) {
    this.operations = operations;
    this.cases = cases;
    this.explain = explain;
    this.evidence = evidence;
    this.access = access;
    this.clock = clock;
  }

  @GetMapping
  String list(@RequestParam Map<String, String> parameters, Model model) {
    Instant now = clock.instant();
    CaseSearch search = LetterFilters.cases(parameters, DeadlineRule.day(now), DeskList.SHOWN + 1);
    Listing<CertificateCase> listing =
        DeskList.of(
            operations.cases(search),
            PagePaths.DESK + "/cases",
            parameters,
            COLUMNS,
            search.order(),
            found -> Paging.cursor(search.order(), found));
    model.addAttribute("listing", listing);
    model.addAttribute("given", parameters);
    model.addAttribute("states", CertificateCase.State.values());
    model.addAttribute("now", now);
    return "desk/cases";
  }

  @GetMapping("/{caseId}")
  String one(
      @AuthenticationPrincipal Staff staff, @PathVariable("caseId") String caseId, Model model) {
    Instant now = clock.instant();
    CertificateCase known =
        CaseId.parse(caseId).flatMap(id -> cases.find(id, now)).orElseThrow(CasePages::none);
    access.noteCase(DeskRoles.caller(staff), Set.of(), AccessAct.CASE_READ, known.id());
    model.addAttribute("known", known);
    model.addAttribute("deadline", known.deadline().at(now));
    model.addAttribute(
        "listing",
        LetterLines.all(
            operations.letters(
                LetterFilters.letters(Map.of("case", known.id().toString()), MOST_LETTERS)),
            PagePaths.DESK + "/cases/" + known.id()));
    model.addAttribute("timeline", explain.timeline(known.id()));
    model.addAttribute("mayExport", DeskRoles.exports(staff));
    return "desk/case";
  }

  /** The evidence as operations may have it: without contents. */
  @GetMapping("/{caseId}/evidence")
  void evidence(
      @AuthenticationPrincipal Staff staff,
      @PathVariable("caseId") String caseId,
      HttpServletResponse response)
      throws IOException {
    DeskRoles.require(DeskRoles.exports(staff));
    CaseId id = CaseId.parse(caseId).filter(evidence::knows).orElseThrow(CasePages::none);
    access.noteCase(DeskRoles.caller(staff), Set.of(), AccessAct.EVIDENCE_EXPORTED_BARE, id);
    response.setContentType("application/zip");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"evidence-" + id + ".zip\"");
    evidence.write(id, EvidenceScope.OPERATIONS, response.getOutputStream());
  }

  private static MessageRefused none() {
    return new MessageRefused(RefusalReason.NOT_FOUND);
  }
}
