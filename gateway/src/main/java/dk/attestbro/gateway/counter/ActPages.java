package dk.attestbro.gateway.counter;

import dk.attestbro.gateway.api.PlainLetters;
import dk.attestbro.gateway.journey.Answer;
import dk.attestbro.gateway.journey.OwnTurns;
import dk.attestbro.gateway.pages.PageInput;
import dk.attestbro.gateway.pages.PagePaths;
import dk.attestbro.model.AccessAct;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.CertificateRequestRules;
import dk.attestbro.model.Contact;
import dk.attestbro.model.Form;
import dk.attestbro.model.FormItem;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Problem;
import dk.attestbro.model.Refusal;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.Turn;
import dk.attestbro.port.Staff;
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
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The short letters of a case, and what one side decides by itself: a form each. */
@Controller
final class ActPages {
  static final String LETTER_ID = "_letter";
  private static final String ACT = PagePaths.COUNTER + "/cases/{caseId}/{act}";

  private final OwnCases own;
  private final CaseViews views;
  private final CaseReading reading;
  private final PlainLetters letters;
  private final Receiving receiving;
  private final OwnTurns turns;
  private final Receivers receivers;
  private final LookOver lookOver;

  ActPages(
      OwnCases own,
      CaseViews views,
      CaseReading reading,
      PlainLetters letters,
      Receiving receiving,
      OwnTurns turns,
      Receivers receivers,
      LookOver lookOver) {
    this.own = own;
    this.views = views;
    this.reading = reading;
    this.letters = letters;
    this.receiving = receiving;
    this.turns = turns;
    this.receivers = receivers;
    this.lookOver = lookOver;
  }

  /** One choice of a field. */
  record Choice(String value, String text) {}

  @GetMapping(ACT)
  String form(
      @AuthenticationPrincipal Staff staff,
      @PathVariable("caseId") String caseId,
      @PathVariable("act") String path,
      Model model) {
    CertificateCase known = own.find(staff, caseId);
    return page(staff, known, act(path), FilledForm.of(hidden(known)), model);
  }

  @PostMapping(ACT)
  String act(
      @AuthenticationPrincipal Staff staff,
      @PathVariable("caseId") String caseId,
      @PathVariable("act") String path,
      @RequestParam MultiValueMap<String, String> fields,
      Model model,
      RedirectAttributes flash) {
    CertificateCase known = own.find(staff, caseId);
    CaseAct act = act(path);
    FilledForm form = FilledForm.of(fields);
    if (form.is("_do", "edit")) {
      return page(staff, known, act, form, model);
    }
    if (act.isLookedOver() && !form.is("_do", "send")) {
      return look(staff, known, act, form, model);
    }
    Optional<Refusal> refused = take(staff, known, act, fields);
    if (refused.isPresent()) {
      return page(staff, known, act, form.refused(refused.get()), model);
    }
    receiving.answered(staff, known, act);
    flash.addFlashAttribute("done", act.path());
    return CasePages.redirect(Optional.of(known));
  }

  /** The letter as it will be sent; nothing is sent by this. */
  private String look(
      Staff staff, CertificateCase known, CaseAct act, FilledForm form, Model model) {
    try {
      model.addAttribute(
          "groups", lookOver.of(known, act, FormBody.of(form.fields()).json(), List.of()));
    } catch (MessageRefused refused) {
      return page(staff, known, act, form.refused(refused.refusal()), model);
    }
    model.addAttribute("heading", "act." + act.path());
    model.addAttribute("to", PageInput.party(form.value("to")).map(views::name).orElse(""));
    model.addAttribute("explain", Optional.of("explain." + act.path()));
    model.addAttribute("target", CasePages.link(known) + "/" + act.path());
    model.addAttribute("entries", RequestPages.entries(form));
    model.addAttribute("newLetter", LetterId.random().value());
    model.addAttribute("earlier", Optional.empty());
    return "counter/preview";
  }

  private Optional<Refusal> take(
      Staff staff, CertificateCase known, CaseAct act, MultiValueMap<String, String> fields) {
    if (act == CaseAct.ASSIGN || act == CaseAct.ACCEPT_INTERIM) {
      return decide(staff, known, act, FilledForm.of(fields));
    }
    Answer answer =
        letters.aboutCase(
            staff.caller(), known, act.path(), letterId(fields), FormBody.of(fields).json());
    return answer instanceof Answer.Refused refused
        ? Optional.of(refused.refusal())
        : Optional.empty();
  }

  private Optional<Refusal> decide(
      Staff staff, CertificateCase known, CaseAct act, FilledForm form) {
    PartyId party = OwnCases.party(staff);
    try {
      CertificateCase after =
          act == CaseAct.ASSIGN
              ? assign(known, party, form)
              : turns.acceptInterim(known.id(), party, interim(form));
      reading.noteCase(staff, AccessAct.CASE_CHANGED, after);
      return Optional.empty();
    } catch (MessageRefused refused) {
      return Optional.of(refused.refusal());
    }
  }

  private CertificateCase assign(CertificateCase known, PartyId party, FilledForm form) {
    Contact contact =
        new Contact(form.value("contact.name").strip(), form.value("contact.phone").strip());
    List<Problem> problems = CertificateRequestRules.check(Optional.of(contact));
    if (!problems.isEmpty()) {
      throw new MessageRefused(new Refusal(problems));
    }
    return turns.assign(
        known.id(), party, contact, PageInput.day("consultation", form.value("consultation")));
  }

  private static LetterId interim(FilledForm form) {
    return LetterId.parse(form.value("letterId"))
        .orElseThrow(() -> new MessageRefused(RefusalReason.FIELD_MISSING, "letterId"));
  }

  private String page(
      Staff staff, CertificateCase known, CaseAct act, FilledForm form, Model model) {
    PartyId party = OwnCases.party(staff);
    if (!act.isOpen(known, party) && form.refusal().isEmpty()) {
      throw new MessageRefused(RefusalReason.CASE_STATE_FORBIDS);
    }
    model.addAttribute("known", views.whole(known, party));
    model.addAttribute("act", act);
    model.addAttribute("form", form);
    model.addAttribute("newLetter", LetterId.random().value());
    model.addAttribute("parties", successors(known));
    model.addAttribute("items", views.form(known).map(Form::items).orElse(List.<FormItem>of()));
    return "counter/act";
  }

  /** What the form need not ask: which reply is meant, and which interim reply. */
  private static MultiValueMap<String, String> hidden(CertificateCase known) {
    MultiValueMap<String, String> fields = new LinkedMultiValueMap<>();
    known.standing().reply().ifPresent(reply -> fields.add("retracts", reply.value()));
    known.turns().stream()
        .filter(turn -> turn.kind() == Turn.Kind.INTERIM_REPLIED)
        .reduce((earlier, later) -> later)
        .flatMap(Turn::letter)
        .map(LetterRef::id)
        .ifPresent(interim -> fields.add("letterId", interim.value()));
    return fields;
  }

  /** Units that a case may be handed to. */
  private List<Choice> successors(CertificateCase known) {
    return receivers.successors(known).stream()
        .map(party -> new Choice(party.id().value(), party.name()))
        .toList();
  }

  static LetterId letterId(MultiValueMap<String, String> fields) {
    return Optional.ofNullable(fields.getFirst(LETTER_ID))
        .flatMap(LetterId::parse)
        .orElseThrow(() -> new MessageRefused(RefusalReason.PARAMETER_INVALID, LETTER_ID));
  }

  private static CaseAct act(String path) {
    return CaseAct.at(path)
        .filter(act -> act != CaseAct.REPLY && act != CaseAct.CORRECT)
        .orElseThrow(() -> new MessageRefused(RefusalReason.NOT_FOUND));
  }
}
