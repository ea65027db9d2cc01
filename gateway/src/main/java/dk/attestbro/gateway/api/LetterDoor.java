package dk.attestbro.gateway.api;

import dk.attestbro.gateway.api.Views.DeadlineView;
import dk.attestbro.gateway.api.Views.LetterTaken;
import dk.attestbro.gateway.api.Views.ReceiptView;
import dk.attestbro.gateway.api.Views.RequestTaken;
import dk.attestbro.gateway.journey.Answer;
import dk.attestbro.gateway.journey.PlainLetter;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Digest;
import dk.attestbro.model.Form;
import dk.attestbro.model.Forms;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Problem;
import dk.attestbro.model.Receipt;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Caller;
import dk.attestbro.port.Records;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Takes letters as plain JSON: new requests, and what follows them in their case. */
@RestController
final class LetterDoor {
  private static final String REQUESTS = "/api/v1/certificate-requests";
  private static final String CASE = "/api/v1/cases/{caseId}/";

  private final JourneyCalls journey;
  private final PlainDoor door;
  private final Records records;
  private final Forms forms;
  private final Clock clock;

  LetterDoor(JourneyCalls journey, PlainDoor door, Records records, Forms forms, Clock clock) {
    this.journey = journey;
    this.door = door;
    this.records = records;
    this.forms = forms;
    this.clock = clock;
  }

  @PostMapping(REQUESTS)
  ResponseEntity<byte[]> request(
      @AuthenticationPrincipal Caller caller,
      @RequestParam("party") Optional<String> party,
      HttpServletRequest call)
      throws IOException {
    Optional<String> key = PlainDoor.key(call);
    Fields body = door.body(call);
    Optional<String> sender = body.givenText("sender");
    Optional<String> receiver = body.givenText("receiver");
    LetterContent content = PlainContent.request(body);
    body.flag("confirmDuplicate");
    List<Problem> misread = body.misread();
    PlainLetter letter =
        new PlainLetter(
            caller,
            Parties.sender(caller, party, sender),
            key.map(LetterId::new).orElseGet(LetterId::random),
            content,
            misread,
            receiver,
            Optional.empty(),
            digest(REQUESTS, body),
            body.received());
    return answered(journey.write().apply(letter), key, this::requestTaken);
  }

  @PostMapping(CASE + "replies")
  ResponseEntity<byte[]> reply(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("caseId") String caseId,
      @RequestParam("party") Optional<String> party,
      HttpServletRequest call)
      throws IOException {
    return inCase(
        caller,
        caseId,
        party,
        call,
        "replies",
        (body, known) -> PlainContent.reply(body, form(known)));
  }

  @PostMapping(CASE + "returns")
  ResponseEntity<byte[]> returned(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("caseId") String caseId,
      @RequestParam("party") Optional<String> party,
      HttpServletRequest call)
      throws IOException {
    return inCase(
        caller, caseId, party, call, "returns", (body, known) -> PlainContent.returned(body));
  }

  @PostMapping(CASE + "cancellation")
  ResponseEntity<byte[]> cancellation(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("caseId") String caseId,
      @RequestParam("party") Optional<String> party,
      HttpServletRequest call)
      throws IOException {
    return inCase(
        caller, caseId, party, call, "cancellation", (body, known) -> PlainContent.cancelled(body));
  }

  @PostMapping(CASE + "filed")
  ResponseEntity<byte[]> filed(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("caseId") String caseId,
      @RequestParam("party") Optional<String> party,
      HttpServletRequest call)
      throws IOException {
    return inCase(caller, caseId, party, call, "filed", (body, known) -> PlainContent.filed(body));
  }

  private ResponseEntity<byte[]> inCase(
      Caller caller,
      String caseId,
      Optional<String> party,
      HttpServletRequest call,
      String what,
      BiFunction<Fields, CertificateCase, LetterContent> reading)
      throws IOException {
    Optional<String> key = PlainDoor.key(call);
    CertificateCase known =
        CaseId.parse(caseId)
            .flatMap(records::certificateCase)
            .filter(c -> !partiesOf(c, caller).isEmpty())
            .orElseThrow(() -> new MessageRefused(RefusalReason.NOT_FOUND));
    Fields body = door.body(call);
    Optional<String> named = body.givenText("sender");
    LetterContent content = reading.apply(body, known);
    List<Problem> misread = body.misread();
    PartyId sender =
        Parties.sender(caller, party, named)
            .orElseGet(() -> Parties.only(partiesOf(known, caller)));
    PlainLetter letter =
        new PlainLetter(
            caller,
            Optional.of(sender),
            key.map(LetterId::new).orElseGet(LetterId::random),
            content,
            misread,
            Optional.empty(),
            Optional.of(known.id()),
            digest("/api/v1/cases/" + known.id() + "/" + what, body),
            body.received());
    return answered(journey.write().apply(letter), key, LetterDoor::letterTaken);
  }

  private static Set<PartyId> partiesOf(CertificateCase known, Caller caller) {
    Set<PartyId> parties = new TreeSet<>(caller.parties());
    parties.removeIf(party -> !known.isParty(party));
    return parties;
  }

  private Optional<Form> form(CertificateCase known) {
    return forms.find(known.form());
  }

  private static Digest digest(String path, Fields body) {
    return PlainJson.digest("POST " + path, body.node());
  }

  private static ResponseEntity<byte[]> answered(
      Answer answer, Optional<String> key, BiFunction<Receipt, List<String>, Object> view) {
    List<String> warnings = key.isPresent() ? List.of() : List.of(PlainDoor.NO_KEY);
    if (answer instanceof Answer.Accepted accepted) {
      Receipt receipt = accepted.receipt();
      return Responses.jsonAt(201, receipt.letterId(), view.apply(receipt, warnings));
    }
    if (answer instanceof Answer.Repeated repeated) {
      Receipt receipt = repeated.receipt();
      return Responses.jsonAt(200, receipt.letterId(), view.apply(receipt, warnings));
    }
    if (answer instanceof Answer.Refused refused) {
      throw new MessageRefused(refused.refusal());
    }
    throw new IllegalStateException("a plain letter is taken, repeated or refused");
  }

  private Object requestTaken(Receipt receipt, List<String> warnings) {
    Optional<DeadlineView> deadline =
        receipt
            .caseId()
            .flatMap(records::certificateCase)
            .map(c -> DeadlineView.of(c.deadline().at(clock.instant())));
    return new RequestTaken(
        receipt.caseId().map(CaseId::toString),
        receipt.letterId().value(),
        ReceiptView.of(receipt),
        deadline,
        warnings);
  }

  private static Object letterTaken(Receipt receipt, List<String> warnings) {
    return new LetterTaken(
        receipt.letterId().value(),
        receipt.caseId().map(CaseId::toString),
        ReceiptView.of(receipt),
        warnings);
  }
}
