package dk.attestbro.gateway.counter;

import dk.attestbro.gateway.pages.PagePaths;
import dk.attestbro.gateway.pages.Shown;
import dk.attestbro.model.AccessAct;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.CertificateRequest;
import dk.attestbro.model.EvidenceLink;
import dk.attestbro.model.Letter;
import dk.attestbro.model.PartyId;
import dk.attestbro.port.Records;
import dk.attestbro.port.Staff;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** One case: where it stands, what may be done, its letters and its timeline. */
@Controller
final class CasePages {
  private final OwnCases own;
  private final CaseViews views;
  private final CaseReading reading;
  private final Records records;
  private final Receiving receiving;
  private final DraftList drafts;
  private final Shown shown;

  CasePages(
      OwnCases own,
      CaseViews views,
      CaseReading reading,
      Records records,
      Receiving receiving,
      DraftList drafts,
      Shown shown) {
    this.own = own;
    this.views = views;
    this.reading = reading;
    this.records = records;
    this.receiving = receiving;
    this.drafts = drafts;
    this.shown = shown;
  }

  /** A letter of the case. */
  record LetterLine(
      String sender,
      String id,
      String event,
      boolean out,
      String status,
      boolean waits,
      Instant at) {}

  /** Something that happened. */
  record Event(Instant at, String text) {}

  @GetMapping(PagePaths.COUNTER + "/cases/{caseId}")
  String one(
      @AuthenticationPrincipal Staff staff, @PathVariable("caseId") String caseId, Model model) {
    CertificateCase known = own.find(staff, caseId);
    PartyId party = OwnCases.party(staff);
    reading.noteCase(staff, AccessAct.CASE_READ, known);
    CaseViews.Whole whole = views.whole(known, party);
    model.addAttribute("known", whole);
    Optional<CertificateRequest> asked = reading.request(staff, known);
    model.addAttribute("citizen", asked.flatMap(CertificateRequest::citizen));
    model.addAttribute("reference", asked.map(CertificateRequest::reference).orElse(""));
    model.addAttribute("acts", CaseAct.of(known, party, whole.next()));
    model.addAttribute(
        "letters",
        reading.letters(known, party).stream().map(letter -> line(letter, party)).toList());
    model.addAttribute("events", events(known));
    model.addAttribute("drafts", drafts.of(staff, known.id()));
    return "counter/case";
  }

  private LetterLine line(Letter letter, PartyId party) {
    return new LetterLine(
        letter.ref().sender().value(),
        letter.ref().id().value(),
        letter.event(),
        letter.ref().sender().equals(party),
        letter.status().shown(),
        receiving.waits(party, letter),
        letter.receivedAt());
  }

  private List<Event> events(CertificateCase known) {
    return records.evidence(known.id().chain()).stream()
        .map(EvidenceLink::entry)
        .map(entry -> new Event(entry.at(), shown.text(entry.code().text())))
        .sorted(Comparator.comparing(Event::at))
        .toList();
  }

  static String link(CertificateCase known) {
    return PagePaths.COUNTER + "/cases/" + known.id();
  }

  static String redirect(Optional<CertificateCase> known) {
    return "redirect:" + known.map(CasePages::link).orElse(PagePaths.COUNTER);
  }
}
