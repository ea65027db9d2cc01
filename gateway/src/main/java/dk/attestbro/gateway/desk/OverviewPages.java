package dk.attestbro.gateway.desk;

import dk.attestbro.gateway.operations.Need;
import dk.attestbro.gateway.operations.Overview;
import dk.attestbro.gateway.operations.TakeOverview;
import dk.attestbro.gateway.pages.PagePaths;
import dk.attestbro.port.Staff;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * How everything stands. All who look share one picture, at most five seconds old; what only leads
 * can do, only leads are told to.
 */
@Controller
final class OverviewPages {
  private final TakeOverview take;

  OverviewPages(TakeOverview take) {
    this.take = take;
  }

  @GetMapping(PagePaths.DESK)
  String overview(@AuthenticationPrincipal Staff staff, Model model) {
    show(staff, model);
    return "desk/overview";
  }

  /** The part that renews itself. */
  @GetMapping(PagePaths.DESK + "/live")
  String live(@AuthenticationPrincipal Staff staff, Model model) {
    show(staff, model);
    return "desk/overview :: live";
  }

  private void show(Staff staff, Model model) {
    Overview overview = take.overview();
    model.addAttribute("overview", overview);
    model.addAttribute(
        "needs",
        overview.needs().stream()
            .filter(need -> need.kind() != Need.Kind.BREAK_GLASS_ASKED || DeskRoles.leads(staff))
            .toList());
  }
}
