package dk.attestbro.gateway.desk;

import dk.attestbro.gateway.api.LetterFilters;
import dk.attestbro.gateway.api.OperatorActs;
import dk.attestbro.gateway.api.OperatorActs.OnDead;
import dk.attestbro.gateway.api.Paging;
import dk.attestbro.gateway.pages.Listing;
import dk.attestbro.gateway.pages.Listing.Column;
import dk.attestbro.gateway.pages.PagePaths;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Refusal;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Caller;
import dk.attestbro.port.LetterQuery;
import dk.attestbro.port.OperationsRecords;
import dk.attestbro.port.Staff;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The letters that no one could take, and what is done with those that are ticked, or with all that
 * the filters find.
 */
@Controller
@RequestMapping(PagePaths.DESK + "/dead")
final class DeadLetterPages {
  /** What a page keeps when something is done on it. */
  private static final Set<String> KEPT =
      Set.of("party", "sender", "receiver", "event", "code", "from", "to", Listing.SORT);

  private static final List<Column> COLUMNS =
      List.of(
          new Column("desk.dead.choose", ""),
          new Column("desk.letter.received", "received"),
          new Column("desk.letter.event", "event"),
          new Column("desk.letter.sender", "sender"),
          new Column("desk.letter.receiver", "receiver"),
          new Column("desk.letter.trouble", ""));

  private final OperationsRecords operations;
  private final OperatorActs acts;
  private final DeadInBulk bulk;

  DeadLetterPages(OperationsRecords operations, OperatorActs acts, Clock clock) {
    this.operations = operations;
    this.acts = acts;
    this.bulk = new DeadInBulk(operations, clock);
  }

  @GetMapping
  String list(
      @AuthenticationPrincipal Staff staff,
      @RequestParam Map<String, String> parameters,
      Model model) {
    return page(staff, parameters, model);
  }

  @PostMapping("/{act}")
  String act(
      @AuthenticationPrincipal Staff staff,
      @PathVariable("act") String act,
      @RequestParam(name = "letter", required = false) Optional<List<String>> letters,
      @RequestParam(name = "all", defaultValue = "false") boolean all,
      @RequestParam(name = "rest") Optional<String> rest,
      @RequestParam(name = "reason", defaultValue = "") String reason,
      @RequestParam Map<String, String> parameters,
      HttpServletResponse response,
      Model model) {
    DeskRoles.require(DeskRoles.acts(staff));
    OnDead wanted = OnDead.shown(act);
    Map<String, String> kept = new LinkedHashMap<>(parameters);
    kept.keySet().retainAll(KEPT);
    Optional<String> lacking = lacking(letters, all, reason);
    if (lacking.isPresent()) {
      response.setStatus(RefusalReason.FIELD_MISSING.httpStatus());
      model.addAttribute("lacking", lacking.get());
      model.addAttribute("reason", reason);
      model.addAttribute("ticked", letters.orElse(List.of()));
      model.addAttribute("all", all);
      return page(staff, kept, model);
    }
    String why = DeskRoles.reason(reason);
    Caller caller = DeskRoles.caller(staff);
    DeadInBulk.Act one = letter -> acts.onDead(wanted, letter, why, caller);
    model.addAttribute("acted", wanted.shown());
    model.addAttribute(
        "outcome",
        all
            ? bulk.onAllFound(LetterFilters.deadLetters(from(rest, kept), Paging.MOST), one)
            : bulk.onThese(ticked(letters.orElse(List.of())), one));
    return page(staff, kept, model);
  }

  /** What was not said: the page stays, with what is ticked and written on it. */
  private static Optional<String> lacking(
      Optional<List<String>> letters, boolean all, String reason) {
    if (!all && letters.isEmpty()) {
      return Optional.of("letters");
    }
    return reason.isBlank() ? Optional.of("reason") : Optional.empty();
  }

  private static Map<String, String> from(Optional<String> rest, Map<String, String> filters) {
    Map<String, String> from = new LinkedHashMap<>(filters);
    rest.ifPresent(cursor -> from.put("after", cursor));
    return from;
  }

  private static List<LetterRef> ticked(List<String> letters) {
    if (letters.size() > Paging.MOST) {
      throw new MessageRefused(
          Refusal.of(RefusalReason.FIELD_INVALID, "letter", "max " + Paging.MOST));
    }
    return letters.stream().map(Paging::letter).toList();
  }

  private String page(Staff staff, Map<String, String> parameters, Model model) {
    LetterQuery query = LetterFilters.deadLetters(parameters, DeskList.SHOWN + 1);
    model.addAttribute(
        "listing",
        DeskList.of(
            operations.letters(query),
            PagePaths.DESK + "/dead",
            parameters,
            COLUMNS,
            query.order(),
            line -> Paging.cursor(query.order(), line)));
    model.addAttribute("given", parameters);
    model.addAttribute("events", EventCode.values());
    model.addAttribute("mayAct", DeskRoles.acts(staff));
    return "desk/dead";
  }
}
