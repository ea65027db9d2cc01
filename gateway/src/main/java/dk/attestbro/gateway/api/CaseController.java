package dk.attestbro.gateway.api;

import dk.attestbro.gateway.api.Views.CaseItem;
import dk.attestbro.gateway.api.Views.CaseLetter;
import dk.attestbro.gateway.api.Views.CaseView;
import dk.attestbro.gateway.api.Views.DeadlineView;
import dk.attestbro.gateway.api.Views.Event;
import dk.attestbro.gateway.api.Views.NextStep;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.Forms;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MessageReader;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Caller;
import dk.attestbro.port.Records;
import dk.attestbro.port.Records.CaseCursor;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
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
  private final Forms forms;
  private final JourneyCalls journey;
  private final MessageReader reader;
  private final Clock clock;

  CaseController(
      Records records, Forms forms, JourneyCalls journey, MessageReader reader, Clock clock) {
    this.records = records;
    this.forms = forms;
    this.journey = journey;
    this.reader = reader;
    this.clock = clock;
  }

  @GetMapping
  ResponseEntity<byte[]> list(
      @AuthenticationPrincipal Caller caller,
      @RequestParam("party") Optional<String> party,
      @RequestParam("after") Optional<String> after,
      @RequestParam("limit") Optional<Integer> limit) {
    int most = Paging.limit(limit);
    Instant now = clock.instant();
    List<CertificateCase> found =
        records.cases(Parties.one(caller, party), Paging.caseCursor(after), most + 1);
    return Responses.json(
        200,
        Paging.page(
            found,
            most,
            c -> item(c, now),
            c -> Paging.cursor(new CaseCursor(c.openedAt(), c.id()))));
  }

  @GetMapping("/{caseId}")
  ResponseEntity<byte[]> one(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("caseId") String caseId,
      @RequestParam("party") Optional<String> party) {
    Set<PartyId> parties = Parties.all(caller, party);
    CertificateCase known =
        CaseId.parse(caseId)
            .flatMap(records::certificateCase)
            .filter(c -> parties.stream().anyMatch(c::isParty))
            .orElseThrow(() -> new MessageRefused(RefusalReason.NOT_FOUND));
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
        nextStep(known),
        records.lettersOf(known.id()).stream()
            .filter(letter -> MessageController.mayBeSeen(letter, parties))
            .map(letter -> letter(letter, parties))
            .toList(),
        records.evidence("case:" + known.id()).stream()
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

  /** What is waited for, and until when; whose turn it is says who does it. */
  private NextStep nextStep(CertificateCase known) {
    return switch (known.state()) {
      case SENT -> {
        boolean dead =
            records
                .letter(known.request())
                .filter(letter -> letter.status().shown().equals(LetterStatus.DEAD.name()))
                .isPresent();
        yield dead
            ? new NextStep("RESEND", Optional.empty())
            : new NextStep("ACKNOWLEDGE", records.row(known.request()).map(OutboxRow::dueAt));
      }
      case RECEIVED -> new NextStep("REPLY", endOf(known));
      case REPLIED, RETURNED -> new NextStep("FILE", Optional.empty());
      case FILED, CANCELLED -> new NextStep("NONE", Optional.empty());
    };
  }

  private static Optional<Instant> endOf(CertificateCase known) {
    return known
        .deadline()
        .due()
        .map(day -> day.plusDays(1).atStartOfDay(DeadlineRule.ZONE).toInstant());
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
