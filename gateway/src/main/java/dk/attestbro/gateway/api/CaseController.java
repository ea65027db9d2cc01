package dk.attestbro.gateway.api;

import dk.attestbro.gateway.api.Views.CaseItem;
import dk.attestbro.gateway.api.Views.CaseLetter;
import dk.attestbro.gateway.api.Views.CaseView;
import dk.attestbro.gateway.api.Views.ContactView;
import dk.attestbro.gateway.api.Views.DaysView;
import dk.attestbro.gateway.api.Views.DeadlineView;
import dk.attestbro.gateway.api.Views.Event;
import dk.attestbro.gateway.journey.CaseContacts;
import dk.attestbro.gateway.journey.KnownCases;
import dk.attestbro.model.AccessAct;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.Forms;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.MessageReader;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Caller;
import dk.attestbro.port.CaseQuery;
import dk.attestbro.port.Records;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows a party its cases. */
@RestController
@RequestMapping("/api/v1/cases")
final class CaseController {
  private final Records records;
  private final KnownCases cases;
  private final CaseContacts contacts;
  private final Forms forms;
  private final JourneyCalls journey;
  private final MessageReader reader;
  private final NextSteps nextSteps;
  private final AccessNotes access;
  private final Clock clock;

  CaseController(
      Records records,
      KnownCases cases,
      CaseContacts contacts,
      Forms forms,
      JourneyCalls journey,
      MessageReader reader,
      NextSteps nextSteps,
      AccessNotes access,
      Clock clock) {
    this.records = records;
    this.cases = cases;
    this.contacts = contacts;
    this.forms = forms;
    this.journey = journey;
    this.reader = reader;
    this.nextSteps = nextSteps;
    this.access = access;
    this.clock = clock;
  }

  /** The worklist: the cases of one party, those that it asks for. */
  @GetMapping
  ResponseEntity<byte[]> list(
      @AuthenticationPrincipal Caller caller,
      @RequestParam("party") Optional<String> party,
      @RequestParam MultiValueMap<String, String> parameters) {
    Instant now = clock.instant();
    Worklist wanted = Worklist.of(parameters, forms, DeadlineRule.day(now));
    Set<PartyId> own = cases.withPredecessors(Set.of(Parties.one(caller, party)), now);
    return Responses.json(
        200,
        Paging.page(
            records.cases(wanted.query(own)),
            wanted.limit(),
            found -> item(cases.asOf(found, now), now),
            found -> Paging.cursor(new CaseQuery.Cursor(found.openedAt(), found.id()))));
  }

  @GetMapping("/{caseId}")
  ResponseEntity<byte[]> one(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("caseId") String caseId,
      @RequestParam("party") Optional<String> party) {
    Set<PartyId> parties = Parties.all(caller, party);
    CertificateCase known =
        CaseId.parse(caseId)
            .flatMap(id -> cases.find(id, clock.instant()))
            .filter(c -> parties.stream().anyMatch(c::involves))
            .orElseThrow(() -> new MessageRefused(RefusalReason.NOT_FOUND));
    access.noteCase(caller, parties, AccessAct.CASE_READ, known.id());
    return Responses.json(200, view(known, parties));
  }

  private CaseItem item(CertificateCase known, Instant now) {
    return new CaseItem(
        known.id().toString(),
        PlainContentView.shownForm(forms, known.form()),
        known.requester().value(),
        known.responder().value(),
        known.state().name(),
        known.turn().name().toLowerCase(Locale.ROOT),
        DeadlineView.of(known.deadline().at(now)),
        known.openedAt(),
        known.updatedAt());
  }

  private CaseView view(CertificateCase known, Set<PartyId> parties) {
    CaseItem item = item(known, clock.instant());
    return new CaseView(
        item.caseId(),
        item.form(),
        item.requester(),
        item.responder(),
        item.state(),
        item.turn(),
        item.deadline(),
        item.openedAt(),
        item.updatedAt(),
        parties.contains(known.requester()) ? reference(known) : Optional.empty(),
        nextSteps.of(known),
        known.standing().expectedBy(),
        DaysView.of(known, clock.instant()),
        contact(known, parties),
        records.lettersOf(known.id()).stream()
            .filter(letter -> VisibleLetters.mayBeSeen(letter, parties))
            .map(letter -> letter(letter, parties))
            .toList(),
        records.evidence(known.id().chain()).stream()
            .map(Event::of)
            .sorted(Comparator.comparing(Event::at))
            .toList());
  }

  /** The requester's own case number, as long as its letter is held. */
  private Optional<String> reference(CertificateCase known) {
    return journey
        .open()
        .apply(known.request())
        .map(reader::read)
        .flatMap(MessageReading::content)
        .filter(LetterContent.Request.class::isInstance)
        .map(content -> ((LetterContent.Request) content).request().reference())
        .filter(reference -> !reference.isEmpty());
  }

  /** Who handles the case on the caller's own side. */
  private Optional<ContactView> contact(CertificateCase known, Set<PartyId> parties) {
    return parties.stream()
        .filter(known::isParty)
        .flatMap(party -> contacts.of(known.id(), party).stream())
        .findFirst()
        .map(contact -> new ContactView(contact.name(), contact.phone()));
  }

  private static CaseLetter letter(Letter letter, Set<PartyId> parties) {
    return new CaseLetter(
        letter.ref().id().value(),
        letter.event(),
        parties.contains(letter.ref().sender()) ? "out" : "in",
        letter.status().shown(),
        letter.receivedAt());
  }
}
