package dk.attestbro.gateway.counter;

import dk.attestbro.gateway.api.PlainLetters;
import dk.attestbro.gateway.journey.Answer;
import dk.attestbro.gateway.journey.KeepDrafts;
import dk.attestbro.gateway.pages.LetterSheet;
import dk.attestbro.gateway.pages.PageInput;
import dk.attestbro.gateway.pages.PagePaths;
import dk.attestbro.gateway.pages.Shown;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.Consent;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.Form;
import dk.attestbro.model.Forms;
import dk.attestbro.model.LetterContentRules;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Party;
import dk.attestbro.model.Problem;
import dk.attestbro.model.Receipt;
import dk.attestbro.model.Refusal;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.KeptDraft;
import dk.attestbro.port.Staff;
import dk.attestbro.port.StaffRole;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A new request: choose a form, fill it in, keep it as a draft, look it over, send it. */
@Controller
final class RequestPages {
  static final String REQUESTS = PagePaths.COUNTER + "/requests";
  static final String NEW = REQUESTS + "/new";
  static final String RECEIVER = "receiver";

  /** The unit that was chosen anew for a request that is being written. */
  private static final String CHOSEN = "_receiver";

  private static final Set<String> OF_ONE_PAGE =
      Set.of("_csrf", "_do", ActPages.LETTER_ID, ReceiverPages.TYPED, CHOSEN, "confirmDuplicate");

  private final PlainLetters letters;
  private final Forms forms;
  private final Receivers receivers;
  private final OwnDrafts drafts;
  private final LetterSheet sheet;
  private final Shown shown;
  private final Clock clock;

  RequestPages(
      PlainLetters letters,
      Forms forms,
      Receivers receivers,
      OwnDrafts drafts,
      LetterSheet sheet,
      Shown shown,
      Clock clock) {
    this.letters = letters;
    this.forms = forms;
    this.receivers = receivers;
    this.drafts = drafts;
    this.sheet = sheet;
    this.shown = shown;
    this.clock = clock;
  }

  /** A form to choose. */
  record FormChoice(String code, String shownCode, String title) {}

  @GetMapping(path = NEW, params = "!form")
  String choose(@AuthenticationPrincipal Staff staff, Model model) {
    requireCaseworker(staff);
    model.addAttribute("forms", choices());
    return "counter/choose-form";
  }

  @GetMapping(
      path = NEW,
      params = {"form", RECEIVER})
  String begin(
      @AuthenticationPrincipal Staff staff,
      @RequestParam("form") String form,
      @RequestParam(RECEIVER) String receiver,
      Model model) {
    MultiValueMap<String, String> fields = new LinkedMultiValueMap<>();
    fields.add("form", form);
    fields.add(RECEIVER, receiver);
    fields.add("contact.name", staff.name());
    return page(staff, FilledForm.of(fields), model);
  }

  /** A request that was begun before, in its form. */
  String resume(Staff staff, FilledForm form, Model model) {
    return page(staff, form, model);
  }

  @PostMapping(REQUESTS)
  String post(
      @AuthenticationPrincipal Staff staff,
      @RequestParam("_do") Optional<String> what,
      @RequestParam MultiValueMap<String, String> sent,
      Model model,
      RedirectAttributes flash) {
    requireCaseworker(staff);
    MultiValueMap<String, String> fields = withCitizen(sent);
    if (fields.containsKey(CHOSEN)) {
      fields.set(RECEIVER, FilledForm.of(fields).value(CHOSEN));
      return page(staff, FilledForm.of(fields), model);
    }
    return switch (what.orElse("preview")) {
      case "edit" -> page(staff, FilledForm.of(fields), model);
      case "keep" -> keep(staff, fields, model, flash);
      case "send" -> send(staff, fields, model, flash);
      default -> preview(staff, fields, model);
    };
  }

  private String keep(
      Staff staff, MultiValueMap<String, String> fields, Model model, RedirectAttributes flash) {
    FilledForm filled = FilledForm.of(fields);
    KeptDraft.Subject subject =
        new KeptDraft.Subject(
            OwnCases.party(staff),
            KeptDraft.Kind.REQUEST,
            form(filled).id(),
            receiver(staff, filled).map(Party::id),
            Optional.empty());
    try {
      KeepDrafts.Saved saved = drafts.save(staff, subject, fields, List.of());
      return DraftPages.kept(saved, flash);
    } catch (MessageRefused notKept) {
      return page(staff, filled.refused(notKept.refusal()), model);
    }
  }

  private String preview(Staff staff, MultiValueMap<String, String> fields, Model model) {
    PlainLetters.Draft draft = letters.draft(FormBody.of(fields).json());
    List<Problem> problems = new ArrayList<>(draft.misread());
    LocalDate today = DeadlineRule.day(clock.instant());
    problems.addAll(
        new LetterContentRules(forms, today).check(draft.content(), "", OptionalInt.empty()));
    FilledForm filled = FilledForm.of(fields);
    boolean unnamed = filled.value("citizen.name.family").isBlank();
    if (draft.content().request().citizen().isEmpty() && unnamed) {
      // Without a number there is no citizen whose name could be missing, but the form asks for it.
      problems.add(new Problem(RefusalReason.FIELD_MISSING, "citizen.name.family"));
    }
    Optional<Party> receiver = receiver(staff, filled);
    if (receiver.isEmpty()) {
      problems.add(
          new Problem(
              draft.receiver().isEmpty()
                  ? RefusalReason.DESTINATION_MISSING
                  : RefusalReason.RECEIVER_UNKNOWN,
              RECEIVER));
    }
    return problems.isEmpty()
        ? look(draft, receiver.map(Party::name), filled, model)
        : page(staff, filled.refused(new Refusal(problems)), model);
  }

  private String look(
      PlainLetters.Draft draft, Optional<String> receiver, FilledForm form, Model model) {
    model.addAttribute("heading", "request.previewTitle");
    model.addAttribute("explain", Optional.empty());
    model.addAttribute("target", REQUESTS);
    model.addAttribute("entries", entries(form));
    model.addAttribute(
        "groups",
        sheet.of(draft.content(), forms.find(draft.content().request().form()), List.of()));
    model.addAttribute("to", receiver.orElse(""));
    model.addAttribute("newLetter", LetterId.random().value());
    model.addAttribute("earlier", earlier(form));
    return "counter/preview";
  }

  private String send(
      Staff staff, MultiValueMap<String, String> fields, Model model, RedirectAttributes flash) {
    byte[] json = FormBody.of(fields).json();
    Answer answer = letters.request(staff.caller(), ActPages.letterId(fields), json);
    if (answer instanceof Answer.Refused refused) {
      FilledForm form = FilledForm.of(fields).refused(refused.refusal());
      return refused.refusal().reason() == RefusalReason.DUPLICATE_REQUEST
          ? look(letters.draft(json), receiver(staff, form).map(Party::name), form, model)
          : page(staff, form, model);
    }
    drafts.sent(staff, fields);
    flash.addFlashAttribute("done", "requests");
    return "redirect:"
        + PagePaths.COUNTER
        + receipt(answer)
            .flatMap(Receipt::caseId)
            .map(CaseId::toString)
            .map(id -> "/cases/" + id)
            .orElse("");
  }

  private static Optional<Receipt> receipt(Answer answer) {
    if (answer instanceof Answer.Accepted accepted) {
      return Optional.of(accepted.receipt());
    }
    return answer instanceof Answer.Repeated repeated
        ? Optional.of(repeated.receipt())
        : Optional.empty();
  }

  /** The case that the same was asked in before. */
  private static Optional<String> earlier(FilledForm form) {
    return form.refusal().stream()
        .flatMap(refusal -> refusal.problems().stream())
        .filter(problem -> problem.reason() == RefusalReason.DUPLICATE_REQUEST)
        .map(Problem::hint)
        .findFirst();
  }

  private String page(Staff staff, FilledForm filled, Model model) {
    requireCaseworker(staff);
    Form form = form(filled);
    model.addAttribute("form", filled);
    model.addAttribute("chosen", choice(form));
    model.addAttribute("items", form.items());
    model.addAttribute(RECEIVER, receiver(staff, filled).map(Party::name).orElse(""));
    model.addAttribute("bases", Arrays.stream(Consent.Basis.values()).map(Enum::name).toList());
    return "counter/request";
  }

  private List<FormChoice> choices() {
    LocalDate today = DeadlineRule.day(clock.instant());
    return forms.all().stream().filter(form -> form.isValidOn(today)).map(this::choice).toList();
  }

  private FormChoice choice(Form form) {
    return new FormChoice(form.code(), CaseViews.shownCode(form.code()), shown.text(form.title()));
  }

  private Form form(FilledForm filled) {
    return forms
        .find(filled.value("form"))
        .orElseThrow(() -> new MessageRefused(RefusalReason.FORM_UNKNOWN));
  }

  /** The unit that was chosen, if it takes this request today. */
  private Optional<Party> receiver(Staff staff, FilledForm filled) {
    return forms
        .find(filled.value("form"))
        .flatMap(
            form ->
                receivers.find(
                    form, OwnCases.party(staff), PageInput.party(filled.value(RECEIVER))));
  }

  /** The one number of the citizen, under the name of its kind. */
  private static MultiValueMap<String, String> withCitizen(MultiValueMap<String, String> sent) {
    MultiValueMap<String, String> fields = new LinkedMultiValueMap<>(sent);
    String number = FilledForm.of(sent).value("_number").replaceAll("[\\s-]", "");
    String kind = FilledForm.of(sent).value("_kind");
    for (String path : List.of("citizen.cpr", "citizen.xEcpr", "citizen.dEcpr.value")) {
      fields.remove(path);
    }
    switch (kind) {
      case "xEcpr" -> fields.set("citizen.xEcpr", number);
      case "dEcpr" -> fields.set("citizen.dEcpr.value", number);
      default -> fields.set("citizen.cpr", number);
    }
    if (!kind.equals("dEcpr")) {
      fields.remove("citizen.dEcpr.system");
    }
    return fields;
  }

  /** Every field but those that belong to one page. */
  static List<Map.Entry<String, String>> entries(FilledForm form) {
    return form.fields().entrySet().stream()
        .filter(e -> !OF_ONE_PAGE.contains(e.getKey()))
        .flatMap(e -> e.getValue().stream().map(value -> Map.entry(e.getKey(), value)))
        .toList();
  }

  static void requireCaseworker(Staff staff) {
    if (!staff.is(StaffRole.CASEWORKER)) {
      throw new MessageRefused(RefusalReason.NOT_ALLOWED);
    }
  }
}
