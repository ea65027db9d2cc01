package dk.attestbro.gateway.counter;

import dk.attestbro.gateway.pages.PagePaths;
import dk.attestbro.gateway.pages.Shown;
import dk.attestbro.model.AccessAct;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.CertificateRequest;
import dk.attestbro.model.Evidence;
import dk.attestbro.model.EvidenceLink;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.Records;
import dk.attestbro.port.Staff;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
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

  /**
   * Something that happened.
   *
   * @param letter the event of the letter that it is about; empty where it is about none
   * @param state that the case has from then on; empty where nothing is said of it
   */
  record Event(
      Instant at, String text, Optional<String> letter, boolean out, Optional<String> state) {}

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
    model.addAttribute("events", events(known, party));
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

  private List<Event> events(CertificateCase known, PartyId party) {
    Map<LetterRef, Letter> letters =
        records.lettersOf(known.id()).stream()
            .collect(Collectors.toMap(Letter::ref, Function.identity()));
    return records.evidence(known.id().chain()).stream()
        .map(EvidenceLink::entry)
        .map(entry -> event(entry, entry.letter().map(letters::get), party))
        .sorted(Comparator.comparing(Event::at))
        .toList();
  }

  private Event event(Evidence entry, Optional<Letter> about, PartyId party) {
    return new Event(
        entry.at(),
        shown.text(entry.code().text()),
        about.map(Letter::event),
        about.map(Letter::ref).map(LetterRef::sender).filter(party::equals).isPresent(),
        Optional.of(entry.detail())
            .filter(detail -> entry.code() == TimelineCode.CASE_CHANGED && !detail.isEmpty()));
  }

  static String link(CertificateCase known) {
    return PagePaths.COUNTER + "/cases/" + known.id();
  }

  static String redirect(Optional<CertificateCase> known) {
    return "redirect:" + known.map(CasePages::link).orElse(PagePaths.COUNTER);
  }
}
