package dk.attestbro.gateway.desk;

import dk.attestbro.gateway.operations.TakeOverview;
import dk.attestbro.gateway.pages.PagePaths;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** How everything stands. All who look share one picture, at most five seconds old. */
@Controller
final class OverviewPages {
  private final TakeOverview take;

  OverviewPages(TakeOverview take) {
    this.take = take;
  }

  @GetMapping(PagePaths.DESK)
  String overview(Model model) {
    model.addAttribute("overview", take.overview());
    return "desk/overview";
  }

  /** The part that renews itself. */
  @GetMapping(PagePaths.DESK + "/live")
  String live(Model model) {
    model.addAttribute("overview", take.overview());
    return "desk/overview :: live";
  }
}
