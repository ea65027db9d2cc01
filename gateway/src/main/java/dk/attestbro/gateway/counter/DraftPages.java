package dk.attestbro.gateway.counter;

import dk.attestbro.gateway.journey.DraftContent;
import dk.attestbro.gateway.journey.KeepDrafts;
import dk.attestbro.gateway.pages.PageInput;
import dk.attestbro.gateway.pages.PagePaths;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.KeptDraft;
import dk.attestbro.port.Staff;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A draft is taken up again in the form that it was written in, or deleted. */
@Controller
final class DraftPages {
  private static final String DRAFT = PagePaths.COUNTER + "/drafts/{draft}";
  private static final String DELETION = DRAFT + "/deletion";

  /** What a form says about the draft that it shows: kept, beside, file or full. */
  static final String NOTE = "draftNote";

  private final OwnDrafts drafts;
  private final DraftList list;
  private final RequestPages requests;
  private final ReplyPages replies;

  DraftPages(OwnDrafts drafts, DraftList list, RequestPages requests, ReplyPages replies) {
    this.drafts = drafts;
    this.list = list;
    this.requests = requests;
    this.replies = replies;
  }

  @GetMapping(DRAFT)
  String takeUp(
      @AuthenticationPrincipal Staff staff, @PathVariable("draft") String id, Model model) {
    KeptDraft draft = drafts.find(staff, id);
    DraftContent content = drafts.read(staff, draft);
    FilledForm form = OwnDrafts.showing(draft, FilledForm.of(content.fields()).fields());
    return switch (draft.subject().kind()) {
      case REQUEST -> requests.resume(staff, form, model);
      case REPLY, CORRECTION -> replies.resume(staff, draft, form, content.documents(), model);
    };
  }

  /** To the draft that was kept, which says so. */
  static String kept(KeepDrafts.Saved saved, RedirectAttributes flash) {
    flash.addFlashAttribute(NOTE, saved.beside() ? "beside" : "kept");
    return "redirect:" + OwnDrafts.link(saved.draft());
  }

  @GetMapping(DELETION)
  String confirm(
      @AuthenticationPrincipal Staff staff, @PathVariable("draft") String id, Model model) {
    KeptDraft draft = drafts.find(staff, id);
    model.addAttribute("draft", list.line(draft, staff));
    model.addAttribute("version", draft.version());
    return "counter/delete-draft";
  }

  @PostMapping(DELETION)
  String delete(
      @AuthenticationPrincipal Staff staff,
      @PathVariable("draft") String id,
      @RequestParam(name = OwnDrafts.VERSION, defaultValue = "") String version,
      RedirectAttributes flash) {
    KeptDraft draft = drafts.find(staff, id);
    boolean asSeen = PageInput.count(version).orElse(0) == draft.version();
    if (!asSeen || !drafts.delete(staff, draft)) {
      throw new MessageRefused(RefusalReason.STATE_CONFLICT);
    }
    flash.addFlashAttribute("done", "draftDeleted");
    return "redirect:" + PagePaths.COUNTER + "?tab=" + WorklistPage.DRAFTS;
  }
}
