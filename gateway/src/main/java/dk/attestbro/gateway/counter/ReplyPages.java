package dk.attestbro.gateway.counter;

import dk.attestbro.gateway.api.PlainLetters;
import dk.attestbro.gateway.journey.Answer;
import dk.attestbro.gateway.pages.PagePaths;
import dk.attestbro.gateway.pages.Shown;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.CertificateRequest;
import dk.attestbro.model.Form;
import dk.attestbro.model.FormItem;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Staff;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The reply to a request, and its correction: the form's own questions and documents. */
@Controller
final class ReplyPages {
  private static final String CASE = PagePaths.COUNTER + "/cases/{caseId}/";

  private final OwnCases own;
  private final CaseViews views;
  private final CaseReading reading;
  private final LetterSheet sheet;
  private final PlainLetters letters;
  private final Shown shown;

  ReplyPages(
      OwnCases own,
      CaseViews views,
      CaseReading reading,
      LetterSheet sheet,
      PlainLetters letters,
      Shown shown) {
    this.own = own;
    this.views = views;
    this.reading = reading;
    this.sheet = sheet;
    this.letters = letters;
    this.shown = shown;
  }

  /** Questions that stand together; {@code style} as in {@link LetterSheet}. */
  record Section(String heading, String style, List<Question> questions) {}

  /** One question of the reply. */
  record Question(
      String name,
      String text,
      String type,
      boolean required,
      boolean repeats,
      int maxLength,
      List<ActPages.Choice> options) {}

  @GetMapping({CASE + "replies", CASE + "corrections"})
  String form(
      @AuthenticationPrincipal Staff staff,
      @PathVariable("caseId") String caseId,
      HttpServletRequest request,
      Model model) {
    CertificateCase known = own.find(staff, caseId);
    MultiValueMap<String, String> fields = new LinkedMultiValueMap<>();
    fields.add("author.name", staff.name());
    return page(staff, known, act(request), FilledForm.of(fields), model);
  }

  @PostMapping({CASE + "replies", CASE + "corrections"})
  String send(
      @AuthenticationPrincipal Staff staff,
      @PathVariable("caseId") String caseId,
      @RequestParam MultiValueMap<String, String> fields,
      @RequestParam(value = "document", required = false) List<MultipartFile> documents,
      HttpServletRequest request,
      Model model,
      RedirectAttributes flash)
      throws IOException {
    CertificateCase known = own.find(staff, caseId);
    CaseAct act = act(request);
    FormBody body = FormBody.of(fields, views.form(known));
    for (MultipartFile document : documents == null ? List.<MultipartFile>of() : documents) {
      attach(body, document);
    }
    Answer answer =
        letters.aboutCase(
            staff.caller(), known, act.path(), ActPages.letterId(fields), body.json());
    if (answer instanceof Answer.Refused refused) {
      return page(staff, known, act, FilledForm.of(fields).refused(refused.refusal()), model);
    }
    flash.addFlashAttribute("done", act.path());
    return CasePages.redirect(Optional.of(known));
  }

  private static void attach(FormBody body, MultipartFile document) throws IOException {
    if (!document.isEmpty()) {
      // SECURITY: the name on someone's disk may name a person; the letter does not carry it.
      body.attach("Bilag", String.valueOf(document.getContentType()), document.getBytes());
    }
  }

  private String page(
      Staff staff, CertificateCase known, CaseAct act, FilledForm filled, Model model) {
    PartyId party = OwnCases.party(staff);
    if (!act.isOpen(known, party) && filled.refusal().isEmpty()) {
      throw new MessageRefused(RefusalReason.CASE_STATE_FORBIDS);
    }
    Form form = views.form(known).orElseThrow(() -> new MessageRefused(RefusalReason.FORM_UNKNOWN));
    Optional<CertificateRequest> asked = reading.request(staff, known);
    model.addAttribute("known", views.whole(known, party));
    model.addAttribute("act", act);
    model.addAttribute("form", filled);
    model.addAttribute("newLetter", LetterId.random().value());
    model.addAttribute("corrects", known.standing().reply().map(LetterId::value).orElse(""));
    model.addAttribute("sections", sections(form, asked));
    model.addAttribute("authorIsDoctor", form.authorIsDoctor());
    model.addAttribute(
        "asked",
        asked
            .map(
                request ->
                    sheet.of(new LetterContent.Request(request), Optional.of(form), List.of()))
            .orElse(List.of()));
    return "counter/reply";
  }

  private List<Section> sections(Form form, Optional<CertificateRequest> asked) {
    List<Section> sections = new ArrayList<>();
    for (FormItem item : form.items()) {
      String heading = shown.text(item.group());
      String style = LetterSheet.style(item.linkId());
      if (sections.isEmpty()
          || !sections.get(sections.size() - 1).heading().equals(heading)
          || !sections.get(sections.size() - 1).style().equals(style)) {
        sections.add(new Section(heading, style, new ArrayList<>()));
      }
      sections.get(sections.size() - 1).questions().add(question(item));
    }
    List<Question> free = new ArrayList<>();
    List<String> questions = asked.map(CertificateRequest::questions).orElse(List.of());
    for (int i = 0; i < questions.size(); i++) {
      free.add(
          new Question(
              "answers.question." + (i + 1), questions.get(i), "TEXT", false, false, 0, List.of()));
    }
    if (!free.isEmpty()) {
      sections.add(0, new Section("", "free", free));
    }
    return sections;
  }

  private Question question(FormItem item) {
    return new Question(
        "answers." + item.linkId(),
        shown.text(item.text()),
        item.type().name(),
        item.required(),
        item.repeats(),
        item.maxLength(),
        item.options().stream()
            .map(option -> new ActPages.Choice(option.code(), shown.text(option.display())))
            .toList());
  }

  private static CaseAct act(HttpServletRequest request) {
    return request.getRequestURI().endsWith("/corrections") ? CaseAct.CORRECT : CaseAct.REPLY;
  }
}
