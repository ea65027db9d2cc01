package dk.attestbro.gateway.desk;

import dk.attestbro.gateway.api.AccessNotes;
import dk.attestbro.gateway.api.LetterFilters;
import dk.attestbro.gateway.api.Paging;
import dk.attestbro.gateway.journey.BreakGlass;
import dk.attestbro.gateway.operations.ExplainLetter;
import dk.attestbro.gateway.pages.Listing;
import dk.attestbro.gateway.pages.PageInput;
import dk.attestbro.gateway.pages.PagePaths;
import dk.attestbro.model.AccessAct;
import dk.attestbro.model.Citizen;
import dk.attestbro.model.CitizenRules;
import dk.attestbro.model.Digest;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Refusal;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.CitizenDigests;
import dk.attestbro.port.LetterLine;
import dk.attestbro.port.LetterQuery;
import dk.attestbro.port.OperationsRecords;
import dk.attestbro.port.Records;
import dk.attestbro.port.Staff;
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

/** Any letter by any filter, and the way of one. */
@Controller
@RequestMapping(PagePaths.DESK + "/letters")
final class LetterPages {
  private static final int MOST_OF_A_CITIZEN = 200;

  private final OperationsRecords operations;
  private final Records records;
  private final ExplainLetter explain;
  private final CitizenDigests digests;
  private final AccessNotes access;

  /** Empty where it is not allowed. */
  private final Optional<BreakGlass> breakGlass;

  LetterPages(
      OperationsRecords operations,
      Records records,
      ExplainLetter explain,
      CitizenDigests digests,
      AccessNotes access,
      Optional<BreakGlass> breakGlass) {
    this.operations = operations;
    this.records = records;
    this.explain = explain;
    this.digests = digests;
    this.access = access;
    this.breakGlass = breakGlass;
  }

  @GetMapping
  String search(@RequestParam Map<String, String> parameters, Model model) {
    LetterQuery query = LetterFilters.letters(parameters, DeskList.SHOWN + 1);
    return page(
        DeskList.of(
            operations.letters(query),
            PagePaths.DESK + "/letters",
            parameters,
            LetterLines.COLUMNS,
            query.order(),
            line -> Paging.cursor(query.order(), line)),
        parameters,
        model);
  }

  /** The letters in a citizen's cases: the number stays out of the address, and it is noted. */
  @PostMapping("/citizen")
  String ofCitizen(
      @AuthenticationPrincipal Staff staff,
      @RequestParam(name = "cpr", defaultValue = "") String cpr,
      @RequestParam(name = "reason", defaultValue = "") String reason,
      Model model) {
    String why = DeskRoles.reason(reason);
    Digest digest = digests.of(citizen(cpr));
    access.noteSearch(DeskRoles.caller(staff), AccessAct.LETTERS_SEARCHED, digest, why);
    List<LetterLine> found =
        operations.letters(LetterQuery.newest(MOST_OF_A_CITIZEN).about(digest));
    model.addAttribute("ofCitizen", true);
    return page(LetterLines.all(found, PagePaths.DESK + "/letters"), Map.of(), model);
  }

  /** As it is written in a letter: without a space or a hyphen. */
  static Citizen citizen(String cpr) {
    String bare = cpr.replaceAll("[\\s-]", "");
    if (bare.length() != 10) {
      throw new MessageRefused(Refusal.of(RefusalReason.FIELD_INVALID, "cpr"));
    }
    return new Citizen(Citizen.IdKind.CPR, CitizenRules.CPR_SYSTEM, bare, "", List.of());
  }

  private static String page(
      Listing<LetterLine> listing, Map<String, String> parameters, Model model) {
    model.addAttribute("listing", listing);
    model.addAttribute("given", parameters);
    model.addAttribute("events", EventCode.values());
    model.addAttribute("statuses", LetterStatus.values());
    return "desk/letters";
  }

  @GetMapping("/{letterId}")
  String one(
      @AuthenticationPrincipal Staff staff,
      @PathVariable("letterId") String letterId,
      @RequestParam("sender") Optional<String> sender,
      Model model) {
    List<Letter> found =
        records.letters(PageInput.letter(letterId)).stream()
            .filter(l -> sender.map(l.ref().sender().value()::equals).orElse(true))
            .toList();
    if (found.size() != 1) {
      throw new MessageRefused(
          found.isEmpty() ? RefusalReason.NOT_FOUND : RefusalReason.SENDER_AMBIGUOUS);
    }
    Letter letter = found.get(0);
    access.noteWay(DeskRoles.caller(staff), Set.of(), letter);
    model.addAttribute("way", explain.explain(letter));
    model.addAttribute("mayAct", DeskRoles.acts(staff));
    breakGlass
        .filter(allowed -> DeskRoles.acts(staff))
        .map(allowed -> allowed.live(letter.ref(), DeskRoles.person(staff)))
        .ifPresent(own -> model.addAttribute("breakGlass", own));
    return "desk/letter";
  }
}
