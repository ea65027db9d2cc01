package dk.attestbro.gateway.desk;

import dk.attestbro.gateway.api.OperatorActs;
import dk.attestbro.gateway.api.SortParameter;
import dk.attestbro.gateway.pages.Listing;
import dk.attestbro.gateway.pages.Listing.Column;
import dk.attestbro.gateway.pages.PagePaths;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Refusal;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Order;
import dk.attestbro.port.SortingDesk;
import dk.attestbro.port.Staff;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The mails that wait for a person: codes and times, never what they say. */
@Controller
@RequestMapping(PagePaths.DESK + "/sorting")
final class SortingPages {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("desk.letter.received", "received"),
          new Column("desk.sorting.account", "account"),
          new Column("desk.letter.trouble", "reason"),
          new Column("desk.letter.sender", "sender"),
          new Column("desk.sorting.size", "size"),
          new Column("desk.sorting.close", ""));

  private final OperatorActs acts;

  SortingPages(OperatorActs acts) {
    this.acts = acts;
  }

  @GetMapping
  String list(
      @AuthenticationPrincipal Staff staff,
      @RequestParam Map<String, String> parameters,
      Model model) {
    Optional<UUID> after = Optional.ofNullable(parameters.get("after")).map(SortingPages::id);
    Order<SortingDesk.By> order =
        SortParameter.read(
            Optional.ofNullable(parameters.get(Listing.SORT)),
            SortingDesk.By.values(),
            SortingDesk.OLDEST_FIRST);
    model.addAttribute(
        "listing",
        DeskList.of(
            acts.mailsToSort(order, after, DeskList.SHOWN + 1, DeskRoles.caller(staff)),
            PagePaths.DESK + "/sorting",
            parameters,
            COLUMNS,
            order,
            mail -> mail.id().toString()));
    model.addAttribute("mayAct", DeskRoles.acts(staff));
    return "desk/sorting";
  }

  @PostMapping("/{id}/close")
  String close(
      @AuthenticationPrincipal Staff staff,
      @PathVariable("id") String id,
      @RequestParam(name = "reason", defaultValue = "") String reason) {
    DeskRoles.require(DeskRoles.acts(staff));
    Optional<Refusal> refusal =
        acts.closeMail(id(id), DeskRoles.reason(reason), DeskRoles.caller(staff));
    if (refusal.isPresent()) {
      throw new MessageRefused(refusal.get());
    }
    return "redirect:" + PagePaths.DESK + "/sorting";
  }

  private static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException noId) {
      throw new MessageRefused(RefusalReason.NOT_FOUND);
    }
  }
}
