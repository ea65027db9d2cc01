package dk.attestbro.gateway.api;

import dk.attestbro.gateway.journey.KnownCases;
import dk.attestbro.model.Access;
import dk.attestbro.model.AccessAct;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.Citizen;
import dk.attestbro.model.Digest;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.AccessLog;
import dk.attestbro.port.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tells who saw or did what: a party about its own case, operations about a citizen. */
@RestController
final class AccessLogController {
  private static final int MOST = 10_000;
  private static final int LONGEST_REASON = 500;
  private static final String CSV = "text/csv";

  private final AccessLog log;
  private final AccessNotes access;
  private final CitizenOf citizens;
  private final KnownCases cases;
  private final PlainDoor door;
  private final Clock clock;

  AccessLogController(
      AccessLog log,
      AccessNotes access,
      CitizenOf citizens,
      KnownCases cases,
      PlainDoor door,
      Clock clock) {
    this.log = log;
    this.access = access;
    this.citizens = citizens;
    this.cases = cases;
    this.door = door;
    this.clock = clock;
  }

  /** The caller's own side of one of its cases, and what operations did to it. */
  @GetMapping("/api/v1/access-log")
  ResponseEntity<byte[]> ofCase(
      @AuthenticationPrincipal Caller caller,
      @RequestParam("caseId") Optional<String> caseId,
      @RequestParam("party") Optional<String> party,
      @RequestParam("format") Optional<String> format,
      @RequestHeader("Accept") Optional<String> accept) {
    boolean csv = csv(format, accept);
    Set<PartyId> own = cases.withPredecessors(Parties.all(caller, party), clock.instant());
    String wanted =
        caseId.orElseThrow(() -> new MessageRefused(RefusalReason.PARAMETER_INVALID, "caseId"));
    CaseId id =
        CaseId.parse(wanted)
            .filter(
                known ->
                    cases
                        .find(known, clock.instant())
                        .filter(found -> own.stream().anyMatch(found::involves))
                        .isPresent())
            .orElseThrow(() -> new MessageRefused(RefusalReason.NOT_FOUND));
    access.noteCase(caller, own, AccessAct.ACCESS_LOG_READ, id);
    List<Access> theirs =
        log.ofCase(id, MOST + 1).stream()
            .filter(
                one -> one.actor().operator() || !Collections.disjoint(one.actor().parties(), own))
            .toList();
    return answer(AccessLogView.of(theirs, MOST, true), csv);
  }

  /** Everything about a citizen. The number is in the body, since an address is logged. */
  @PostMapping("/api/v1/operations/access-log/search")
  ResponseEntity<byte[]> ofCitizen(
      @AuthenticationPrincipal Caller caller,
      @RequestParam("format") Optional<String> format,
      @RequestHeader("Accept") Optional<String> accept,
      HttpServletRequest call)
      throws IOException {
    boolean csv = csv(format, accept);
    Fields body = door.body(call);
    Optional<Citizen> citizen = PlainContent.citizen(body);
    boolean shown = isShown(body);
    String reason = body.text("reason");
    if (citizen.isEmpty()) {
      body.missing("cpr");
    }
    if (reason.length() > LONGEST_REASON) {
      body.invalid("reason", "max " + LONGEST_REASON);
    } else if (shown && reason.isBlank()) {
      body.missing("reason");
    }
    body.end();
    Digest digest = citizens.digest(citizen.orElseThrow());
    access.noteSearch(
        caller,
        shown ? AccessAct.ACCESS_LOG_UNMASKED : AccessAct.ACCESS_LOG_SEARCHED,
        digest,
        reason);
    return answer(AccessLogView.of(log.ofCitizen(digest, MOST + 1), MOST, !shown), csv);
  }

  private static boolean isShown(Fields body) {
    Optional<String> staff = body.givenText("staff");
    if (staff.filter(given -> !List.of("masked", "shown").contains(given)).isPresent()) {
      body.invalid("staff", "masked|shown");
    }
    return staff.equals(Optional.of("shown"));
  }

  private static ResponseEntity<byte[]> answer(AccessLogView view, boolean csv) {
    return csv
        ? Responses.bytes(200, CSV + ";charset=UTF-8", view.csv())
        : Responses.json(200, view);
  }

  private static boolean csv(Optional<String> format, Optional<String> accept) {
    if (format.filter(given -> !List.of("json", "csv").contains(given)).isPresent()) {
      throw new MessageRefused(RefusalReason.PARAMETER_INVALID, "format");
    }
    return format.map("csv"::equals).orElseGet(() -> accept.orElse("").contains(CSV));
  }
}
