package dk.attestbro.gateway.desk;

import dk.attestbro.gateway.api.OperatorActs;
import dk.attestbro.gateway.api.OperatorActs.OnDead;
import dk.attestbro.gateway.api.Paging;
import dk.attestbro.gateway.pages.Listing.Column;
import dk.attestbro.gateway.pages.PagePaths;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Refusal;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Records;
import dk.attestbro.port.Staff;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The letters that no one could take, and what is done with those that are ticked. */
@Controller
@RequestMapping(PagePaths.DESK + "/dead")
final class DeadLetterPages {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("desk.dead.choose", ""),
          new Column("desk.letter.received", ""),
          new Column("desk.letter.event", ""),
          new Column("desk.letter.sender", ""),
          new Column("desk.letter.receiver", ""),
          new Column("desk.letter.trouble", ""));

  private final Records records;
  private final OperatorActs acts;

  DeadLetterPages(Records records, OperatorActs acts) {
    this.records = records;
    this.acts = acts;
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
      @RequestParam(name = "reason", defaultValue = "") String reason,
      Model model) {
    DeskRoles.require(DeskRoles.acts(staff));
    OnDead wanted =
        Arrays.stream(OnDead.values())
            .filter(one -> one.shown().equals(act))
            .findFirst()
            .orElseThrow(() -> new MessageRefused(RefusalReason.NOT_FOUND));
    String why = DeskRoles.reason(reason);
    List<String> chosen = letters.orElse(List.of());
    if (chosen.isEmpty() || chosen.size() > Paging.MOST) {
      throw new MessageRefused(Refusal.of(RefusalReason.FIELD_MISSING, "letter"));
    }
    List<Refusal> refused = new ArrayList<>();
    for (String one : chosen) {
      LetterRef ref = Paging.letterCursor(Optional.of(one)).orElseThrow();
      acts.onDead(wanted, ref, why, DeskRoles.caller(staff)).ifPresent(refused::add);
    }
    model.addAttribute("acted", wanted.shown());
    model.addAttribute("done", chosen.size() - refused.size());
    model.addAttribute("refused", refused.stream().distinct().toList());
    return page(staff, Map.of(), model);
  }

  private String page(Staff staff, Map<String, String> parameters, Model model) {
    Optional<LetterRef> after = Paging.letterCursor(Optional.ofNullable(parameters.get("after")));
    List<Letter> found = records.deadLetters(after, DeskList.SHOWN + 1);
    model.addAttribute(
        "listing",
        DeskList.of(
            found,
            PagePaths.DESK + "/dead",
            parameters,
            COLUMNS,
            letter -> Paging.cursor(letter.ref())));
    model.addAttribute("mayAct", DeskRoles.acts(staff));
    return "desk/dead";
  }
}
