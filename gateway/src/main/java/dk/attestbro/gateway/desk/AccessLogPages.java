package dk.attestbro.gateway.desk;

import dk.attestbro.gateway.api.AccessLogView;
import dk.attestbro.gateway.api.AccessNotes;
import dk.attestbro.gateway.pages.PagePaths;
import dk.attestbro.model.AccessAct;
import dk.attestbro.model.Digest;
import dk.attestbro.port.AccessLog;
import dk.attestbro.port.CitizenDigests;
import dk.attestbro.port.Staff;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who saw or did anything about a citizen, for auditors; each search is noted itself. */
@Controller
@RequestMapping(PagePaths.DESK + "/access-log")
final class AccessLogPages {
  private static final int MOST = 10_000;

  private final AccessLog log;
  private final AccessNotes access;
  private final CitizenDigests digests;

  AccessLogPages(AccessLog log, AccessNotes access, CitizenDigests digests) {
    this.log = log;
    this.access = access;
    this.digests = digests;
  }

  @GetMapping
  String form(@AuthenticationPrincipal Staff staff) {
    DeskRoles.require(DeskRoles.audits(staff));
    return "desk/access-log";
  }

  @PostMapping
  String search(
      @AuthenticationPrincipal Staff staff,
      @RequestParam(name = "cpr", defaultValue = "") String cpr,
      @RequestParam(name = "reason", defaultValue = "") String reason,
      @RequestParam(name = "shown", defaultValue = "false") boolean shown,
      Model model) {
    model.addAttribute("found", found(staff, cpr, reason, shown));
    return "desk/access-log";
  }

  @PostMapping("/csv")
  ResponseEntity<byte[]> csv(
      @AuthenticationPrincipal Staff staff,
      @RequestParam(name = "cpr", defaultValue = "") String cpr,
      @RequestParam(name = "reason", defaultValue = "") String reason,
      @RequestParam(name = "shown", defaultValue = "false") boolean shown) {
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType("text/csv;charset=UTF-8"))
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"access-log.csv\"")
        .body(found(staff, cpr, reason, shown).csv());
  }

  private AccessLogView found(Staff staff, String cpr, String reason, boolean shown) {
    DeskRoles.require(DeskRoles.audits(staff));
    String why = DeskRoles.reason(reason);
    Digest digest = digests.of(LetterPages.citizen(cpr));
    access.noteSearch(
        DeskRoles.caller(staff),
        shown ? AccessAct.ACCESS_LOG_UNMASKED : AccessAct.ACCESS_LOG_SEARCHED,
        digest,
        why);
    return AccessLogView.of(log.ofCitizen(digest, MOST + 1), MOST, !shown);
  }
}
