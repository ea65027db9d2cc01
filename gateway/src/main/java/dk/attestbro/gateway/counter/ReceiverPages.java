package dk.attestbro.gateway.counter;

import dk.attestbro.model.Form;
import dk.attestbro.model.Forms;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Staff;
import java.util.List;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The choice of the unit that a request goes to. Before anything is written it is a form that asks
 * by its address; once something is, nothing of that comes into an address.
 */
@Controller
final class ReceiverPages {
  /** What was typed to find a unit. */
  static final String TYPED = "_q";

  private static final String FORM = "form";
  private final Receivers receivers;
  private final Forms forms;

  ReceiverPages(Receivers receivers, Forms forms) {
    this.receivers = receivers;
    this.forms = forms;
  }

  @GetMapping(
      path = RequestPages.NEW,
      params = {FORM, "!" + RequestPages.RECEIVER})
  String choose(
      @AuthenticationPrincipal Staff staff,
      @RequestParam(FORM) String form,
      @RequestParam(name = TYPED, defaultValue = "") String typed,
      Model model) {
    model.addAttribute("entries", List.of());
    return page(staff, form, typed, model);
  }

  /** Another unit for a request that is being written. */
  @PostMapping(path = RequestPages.REQUESTS, params = "_do=receiver")
  String change(
      @AuthenticationPrincipal Staff staff,
      @RequestParam MultiValueMap<String, String> fields,
      Model model) {
    FilledForm written = FilledForm.of(fields);
    model.addAttribute("entries", RequestPages.entries(written));
    return page(staff, written.value(FORM), written.value(TYPED), model);
  }

  /** What is found while someone types. */
  @GetMapping(RequestPages.REQUESTS + "/receivers")
  String found(
      @AuthenticationPrincipal Staff staff,
      @RequestParam(FORM) String form,
      @RequestParam(name = TYPED, defaultValue = "") String typed,
      @RequestParam(name = "written", defaultValue = "false") boolean written,
      Model model) {
    look(staff, form, typed, written, model);
    return "counter/choose-receiver :: found";
  }

  private String page(Staff staff, String form, String typed, Model model) {
    boolean written = !List.of().equals(model.getAttribute("entries"));
    model.addAttribute("chosen", form);
    model.addAttribute("typed", typed);
    look(staff, form, typed, written, model);
    return "counter/choose-receiver";
  }

  private void look(Staff staff, String code, String typed, boolean written, Model model) {
    RequestPages.requireCaseworker(staff);
    Form form = forms.find(code).orElseThrow(() -> new MessageRefused(RefusalReason.FORM_UNKNOWN));
    model.addAttribute("written", written);
    model.addAttribute("found", receivers.find(form, OwnCases.party(staff), typed));
  }
}
