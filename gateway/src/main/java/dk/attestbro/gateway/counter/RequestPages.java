package dk.attestbro.gateway.counter;

import dk.attestbro.gateway.api.PlainLetters;
import dk.attestbro.gateway.journey.Answer;
import dk.attestbro.gateway.pages.PagePaths;
import dk.attestbro.gateway.pages.Shown;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateRequest;
import dk.attestbro.model.Consent;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Form;
import dk.attestbro.model.Forms;
import dk.attestbro.model.LetterContentRules;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Problem;
import dk.attestbro.model.Receipt;
import dk.attestbro.model.Refusal;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.DirectorySource;
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
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A new request: choose a form, fill it in, look it over, send it. */
@Controller
final class RequestPages {
  private static final String REQUESTS = PagePaths.COUNTER + "/requests";
  private static final String NEW = REQUESTS + "/new";

  private final PlainLetters letters;
  private final Forms forms;
  private final DirectorySource directory;
  private final LetterSheet sheet;
  private final Shown shown;
  private final Clock clock;

  RequestPages(
      PlainLetters letters,
      Forms forms,
      DirectorySource directory,
      LetterSheet sheet,
      Shown shown,
      Clock clock) {
    this.letters = letters;
    this.forms = forms;
    this.directory = directory;
    this.sheet = sheet;
    this.shown = shown;
    this.clock = clock;
  }

  /** A form to choose. */
  record FormChoice(String code, String shownCode, String title) {}

  @GetMapping(NEW)
  String choose(
      @AuthenticationPrincipal Staff staff,
      @RequestParam("form") Optional<String> form,
      Model model) {
    requireCaseworker(staff);
    if (form.isEmpty()) {
      model.addAttribute("forms", choices());
      return "counter/choose-form";
    }
    MultiValueMap<String, String> fields = new LinkedMultiValueMap<>();
    fields.add("form", form.get());
    fields.add("contact.name", staff.name());
    return page(staff, FilledForm.of(fields), model);
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
    return switch (what.orElse("preview")) {
      case "edit" -> page(staff, FilledForm.of(fields), model);
      case "send" -> send(staff, fields, model, flash);
      default -> preview(staff, fields, model);
    };
  }

  private String preview(Staff staff, MultiValueMap<String, String> fields, Model model) {
    PlainLetters.Draft draft = letters.draft(FormBody.of(fields).json());
    List<Problem> problems = new ArrayList<>(draft.misread());
    LocalDate today = DeadlineRule.day(clock.instant());
    problems.addAll(
        new LetterContentRules(forms, today).check(draft.content(), "", OptionalInt.empty()));
    if (draft.receiver().isEmpty()) {
      problems.add(new Problem(RefusalReason.DESTINATION_MISSING, "receiver"));
    }
    return problems.isEmpty()
        ? look(draft.content().request(), FilledForm.of(fields), model)
        : page(staff, FilledForm.of(fields).refused(new Refusal(problems)), model);
  }

  private String look(CertificateRequest request, FilledForm form, Model model) {
    model.addAttribute("form", form);
    model.addAttribute("entries", entries(form));
    model.addAttribute(
        "groups",
        sheet.of(
            new dk.attestbro.model.LetterContent.Request(request),
            forms.find(request.form()),
            List.of()));
    model.addAttribute("receiver", shown.party(new PartyId(form.value("receiver"))));
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
          ? look(letters.draft(json).content().request(), form, model)
          : page(staff, form, model);
    }
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
    Form form =
        forms
            .find(filled.value("form"))
            .orElseThrow(() -> new MessageRefused(RefusalReason.FORM_UNKNOWN));
    model.addAttribute("form", filled);
    model.addAttribute("chosen", choice(form));
    model.addAttribute("items", form.items());
    model.addAttribute("receivers", receivers(form, OwnCases.party(staff)));
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

  private List<ActPages.Choice> receivers(Form form, PartyId own) {
    LocalDate today = DeadlineRule.day(clock.instant());
    return directory.current().parties().stream()
        .filter(party -> party.isValidOn(today) && !party.id().equals(own))
        .filter(party -> takes(party, form))
        .map(party -> new ActPages.Choice(party.id().value(), party.name()))
        .toList();
  }

  private static boolean takes(Party party, Form form) {
    return party.kind() != Party.Kind.MUNICIPALITY
        && party
            .endpoint()
            .filter(e -> e.takes(EventCode.CERTIFICATE_REQUEST.code()) && e.takesForm(form.id()))
            .isPresent();
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
  private static List<Map.Entry<String, String>> entries(FilledForm form) {
    return form.fields().entrySet().stream()
        .filter(e -> !List.of("_csrf", "_do", "_letter", "confirmDuplicate").contains(e.getKey()))
        .flatMap(e -> e.getValue().stream().map(value -> Map.entry(e.getKey(), value)))
        .toList();
  }

  private static void requireCaseworker(Staff staff) {
    if (!staff.is(StaffRole.CASEWORKER)) {
      throw new MessageRefused(RefusalReason.NOT_ALLOWED);
    }
  }
}
