package dk.attestbro.gateway.counter;

import dk.attestbro.gateway.api.PlainLetters;
import dk.attestbro.gateway.journey.Answer;
import dk.attestbro.gateway.journey.KeepDrafts;
import dk.attestbro.gateway.pages.Documents;
import dk.attestbro.gateway.pages.LetterSheet;
import dk.attestbro.gateway.pages.PagePaths;
import dk.attestbro.gateway.pages.Shown;
import dk.attestbro.model.Attachment;
import dk.attestbro.model.AttachmentTypes;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.CertificateRequest;
import dk.attestbro.model.Form;
import dk.attestbro.model.FormItem;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Problem;
import dk.attestbro.model.Refusal;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.KeptDraft;
import dk.attestbro.port.Staff;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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

/**
 * The reply to a request, and its correction: the form's own questions and a document. Nothing is
 * sent whose draft another has saved meanwhile, and what is refused with a document is kept as a
 * draft, so that the document need not be chosen again.
 */
@Controller
final class ReplyPages {
  /** Where a problem with the document stands. */
  private static final String DOCUMENT = "attachments[0].data";

  private static final String CASE = PagePaths.COUNTER + "/cases/{caseId}/";

  private final OwnCases own;
  private final CaseViews views;
  private final CaseReading reading;
  private final LetterSheet sheet;
  private final PlainLetters letters;
  private final Receiving receiving;
  private final OwnDrafts drafts;
  private final LookOver lookOver;
  private final Shown shown;

  ReplyPages(
      OwnCases own,
      CaseViews views,
      CaseReading reading,
      LetterSheet sheet,
      PlainLetters letters,
      Receiving receiving,
      OwnDrafts drafts,
      LookOver lookOver,
      Shown shown) {
    this.own = own;
    this.views = views;
    this.reading = reading;
    this.sheet = sheet;
    this.letters = letters;
    this.receiving = receiving;
    this.drafts = drafts;
    this.lookOver = lookOver;
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
    CaseAct act = act(request);
    requireOpen(act, known, staff);
    return page(staff, known, act, FilledForm.of(fields), List.of(), model);
  }

  /** A reply that was begun before, in its form; where the case has ended, to be read only. */
  String resume(
      Staff staff, KeptDraft draft, FilledForm form, List<Attachment> documents, Model model) {
    String caseId = draft.subject().caseId().map(CaseId::toString).orElse("");
    CertificateCase known = own.find(staff, caseId);
    CaseAct act =
        draft.subject().kind() == KeptDraft.Kind.CORRECTION ? CaseAct.CORRECT : CaseAct.REPLY;
    FilledForm shownForm =
        act.isOpen(known, OwnCases.party(staff))
            ? form
            : form.refused(Refusal.of(RefusalReason.CASE_STATE_FORBIDS));
    return page(staff, known, act, shownForm, documents, model);
  }

  @PostMapping({CASE + "replies", CASE + "corrections"})
  String post(
      @AuthenticationPrincipal Staff staff,
      @PathVariable("caseId") String caseId,
      @RequestParam("_do") Optional<String> what,
      @RequestParam MultiValueMap<String, String> fields,
      @RequestParam(value = "document", required = false) List<MultipartFile> documents,
      HttpServletRequest request,
      Model model,
      RedirectAttributes flash)
      throws IOException {
    CertificateCase known = own.find(staff, caseId);
    List<Attachment> chosen = chosen(documents);
    List<Attachment> kept = drafts.documents(staff, fields);
    Written written =
        new Written(staff, known, act(request), fields, chosen.isEmpty() ? kept : chosen);
    Optional<Refusal> wrong = wrong(chosen);
    if (wrong.isPresent()) {
      return page(staff, known, written.act(), written.form().refused(wrong.get()), kept, model);
    }
    String act = what.orElse("preview");
    if (act.equals("edit")) {
      return page(staff, known, written.act(), written.form(), kept, model);
    }
    if (act.equals("keep") || drafts.isOvertaken(staff, fields)) {
      return keep(written, model, flash);
    }
    return act.equals("send") ? send(written, model, flash) : look(written, model);
  }

  /** A reply as it came from its form. */
  private record Written(
      Staff staff,
      CertificateCase known,
      CaseAct act,
      MultiValueMap<String, String> fields,
      List<Attachment> documents) {

    FilledForm form() {
      return FilledForm.of(fields);
    }

    Written without() {
      return new Written(staff, known, act, fields, List.of());
    }

    KeptDraft.Subject subject() {
      return new KeptDraft.Subject(
          OwnCases.party(staff),
          act == CaseAct.CORRECT ? KeptDraft.Kind.CORRECTION : KeptDraft.Kind.REPLY,
          known.form(),
          Optional.of(known.requester()),
          Optional.of(known.id()));
    }
  }

  /** The new documents; they take the place of those that were kept before. */
  private static List<Attachment> chosen(@Nullable List<MultipartFile> documents)
      throws IOException {
    List<Attachment> chosen = new ArrayList<>();
    for (MultipartFile document : documents == null ? List.<MultipartFile>of() : documents) {
      if (!document.isEmpty()) {
        // SECURITY: the name on someone's disk may name a person; it is neither kept nor sent.
        chosen.add(
            new Attachment(
                "Bilag", String.valueOf(document.getContentType()), document.getBytes()));
      }
    }
    return chosen;
  }

  /** What is no document is told at once and not kept: it can never be sent. */
  private static Optional<Refusal> wrong(List<Attachment> chosen) {
    List<Problem> problems =
        chosen.stream()
            .flatMap(one -> AttachmentTypes.check(one.contentType(), one.data()).stream())
            .map(reason -> new Problem(reason, DOCUMENT))
            .toList();
    return problems.isEmpty() ? Optional.empty() : Optional.of(new Refusal(problems));
  }

  private String keep(Written written, Model model, RedirectAttributes flash) {
    requireSide(written);
    try {
      return DraftPages.kept(save(written), flash);
    } catch (MessageRefused notKept) {
      if (!written.documents().isEmpty()) {
        model.addAttribute(DraftPages.NOTE, "full");
      }
      return page(
          written.staff(),
          written.known(),
          written.act(),
          written.form().refused(notKept.refusal()),
          drafts.documents(written.staff(), written.fields()),
          model);
    }
  }

  private KeepDrafts.Saved save(Written written) {
    return drafts.save(written.staff(), written.subject(), written.fields(), written.documents());
  }

  /** The reply as it will be sent; a document is kept as a draft until it is. */
  private String look(Written written, Model model) {
    CertificateCase known = written.known();
    requireSide(written);
    try {
      List<String> questions =
          reading
              .request(written.staff(), known)
              .map(CertificateRequest::questions)
              .orElse(List.of());
      model.addAttribute("groups", lookOver.of(known, written.act(), json(written), questions));
    } catch (MessageRefused refused) {
      return refused(written, refused.refusal(), model);
    }
    FilledForm form = written.form();
    if (!written.documents().isEmpty()) {
      try {
        form = OwnDrafts.showing(save(written).draft(), written.fields());
      } catch (MessageRefused noRoom) {
        return refused(written, noRoom.refusal(), model);
      }
    }
    model.addAttribute("heading", "act." + written.act().path());
    model.addAttribute("to", views.name(known.requester()));
    model.addAttribute("explain", Optional.empty());
    model.addAttribute("target", CasePages.link(known) + "/" + written.act().path());
    model.addAttribute("entries", RequestPages.entries(form));
    model.addAttribute("documents", Documents.of(written.documents()));
    model.addAttribute("newLetter", LetterId.random().value());
    model.addAttribute("earlier", Optional.empty());
    return "counter/preview";
  }

  private byte[] json(Written written) {
    FormBody body = FormBody.of(written.fields(), views.form(written.known()));
    written
        .documents()
        .forEach(
            document -> body.attach(document.title(), document.contentType(), document.data()));
    return body.json();
  }

  private String send(Written written, Model model, RedirectAttributes flash) {
    Answer answer =
        letters.aboutCase(
            written.staff().caller(),
            written.known(),
            written.act().path(),
            ActPages.letterId(written.fields()),
            json(written));
    if (answer instanceof Answer.Refused refused) {
      return refused(written, refused.refusal(), model);
    }
    receiving.answered(written.staff(), written.known(), written.act());
    drafts.sent(written.staff(), written.fields());
    flash.addFlashAttribute("done", written.act().path());
    return CasePages.redirect(Optional.of(written.known()));
  }

  private String refused(Written sent, Refusal why, Model model) {
    boolean harmful = why.problems().stream().anyMatch(p -> p.path().startsWith("attachments"));
    Written written = harmful ? sent.without() : sent;
    FilledForm form = written.form();
    if (!sent.documents().isEmpty()) {
      try {
        form = OwnDrafts.showing(save(written).draft(), written.fields());
        model.addAttribute(DraftPages.NOTE, harmful ? "withoutFile" : "file");
      } catch (MessageRefused noRoom) {
        // The documents must be chosen again: the page says so.
        model.addAttribute(DraftPages.NOTE, "full");
      }
    }
    return page(
        written.staff(),
        written.known(),
        written.act(),
        form.refused(why),
        written.documents(),
        model);
  }

  /** A draft is kept by the side that may send it, also while the case does not take it. */
  private static void requireSide(Written written) {
    if (!written.known().responder().equals(OwnCases.party(written.staff()))) {
      throw new MessageRefused(RefusalReason.CASE_STATE_FORBIDS);
    }
  }

  private static void requireOpen(CaseAct act, CertificateCase known, Staff staff) {
    if (!act.isOpen(known, OwnCases.party(staff))) {
      throw new MessageRefused(RefusalReason.CASE_STATE_FORBIDS);
    }
  }

  private String page(
      Staff staff,
      CertificateCase known,
      CaseAct act,
      FilledForm filled,
      List<Attachment> documents,
      Model model) {
    PartyId party = OwnCases.party(staff);
    Form form = views.form(known).orElseThrow(() -> new MessageRefused(RefusalReason.FORM_UNKNOWN));
    Optional<CertificateRequest> asked = reading.request(staff, known);
    model.addAttribute("known", views.whole(known, party));
    model.addAttribute("act", act);
    model.addAttribute("form", filled);
    model.addAttribute(
        "kept", filled.value(OwnDrafts.ID).isEmpty() ? List.of() : Documents.of(documents));
    model.addAttribute("newLetter", LetterId.random().value());
    model.addAttribute("corrects", known.standing().reply().map(LetterId::value).orElse(""));
    List<Section> sections = sections(form, asked);
    model.addAttribute("sections", sections);
    model.addAttribute("questions", texts(sections));
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

  /** The text of each question, by the name of its field. */
  private static Map<String, String> texts(List<Section> sections) {
    return sections.stream()
        .flatMap(section -> section.questions().stream())
        .collect(Collectors.toMap(Question::name, Question::text));
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
