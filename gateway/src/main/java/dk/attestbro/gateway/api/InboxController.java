package dk.attestbro.gateway.api;

import dk.attestbro.gateway.api.Views.AcknowledgementTaken;
import dk.attestbro.gateway.api.Views.InboxEntry;
import dk.attestbro.gateway.api.Views.InboxLetter;
import dk.attestbro.gateway.api.Views.ReceiptView;
import dk.attestbro.gateway.journey.Answer;
import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.AcknowledgementIssue;
import dk.attestbro.model.Attachment;
import dk.attestbro.model.AttachmentTypes;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReader;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.MessageWriter;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Receipt;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Caller;
import dk.attestbro.port.Inbox;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What waits for a party that fetches its letters itself. */
@RestController
@RequestMapping("/api/v1/inbox")
final class InboxController {
  private final Inbox inbox;
  private final JourneyCalls journey;
  private final MessageReader reader;
  private final MessageWriter writer;
  private final PlainContentView contents;
  private final PlainDoor door;

  InboxController(
      Inbox inbox,
      JourneyCalls journey,
      MessageReader reader,
      MessageWriter writer,
      PlainContentView contents,
      PlainDoor door) {
    this.inbox = inbox;
    this.journey = journey;
    this.reader = reader;
    this.writer = writer;
    this.contents = contents;
    this.door = door;
  }

  @GetMapping
  ResponseEntity<byte[]> list(
      @AuthenticationPrincipal Caller caller,
      @RequestParam("party") Optional<String> party,
      @RequestParam("after") Optional<Long> after,
      @RequestParam("limit") Optional<Integer> limit) {
    int most = Paging.limit(limit);
    List<Inbox.Item> found = inbox.items(Parties.one(caller, party), after.orElse(0L), most + 1);
    return Responses.json(
        200, Paging.page(found, most, InboxController::entry, Inbox.Item::sequence));
  }

  @GetMapping("/{letterId}")
  ResponseEntity<byte[]> one(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("letterId") String letterId,
      @RequestParam("sender") Optional<String> sender,
      @RequestParam("party") Optional<String> party,
      @RequestHeader(HttpHeaders.ACCEPT) Optional<String> accept) {
    InboxFormat format = InboxFormat.choose(accept);
    Optional<PartyId> from = Parties.parameter("sender", sender);
    Letter letter =
        MessageController.only(
            inbox.items(Parties.one(caller, party), Parties.letter(letterId)).stream()
                .map(Inbox.Item::letter)
                .filter(l -> from.map(l.ref().sender()::equals).orElse(true))
                .toList());
    Payload payload =
        journey
            .open()
            .apply(letter.ref())
            .orElseThrow(() -> new MessageRefused(RefusalReason.NOT_FOUND));
    return switch (format) {
      case PLAIN -> Responses.json(200, view(letter, payload));
      case FHIR_JSON -> message(payload, MediaType.FHIR_JSON);
      case FHIR_XML -> message(payload, MediaType.FHIR_XML);
      case PDF -> Responses.bytes(200, AttachmentTypes.PDF.contentType(), onePdf(payload));
    };
  }

  @PostMapping("/{letterId}/acknowledgement")
  ResponseEntity<byte[]> acknowledge(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("letterId") String letterId,
      @RequestParam("sender") Optional<String> sender,
      @RequestParam("party") Optional<String> party,
      HttpServletRequest call)
      throws IOException {
    PartyId receiver = Parties.one(caller, party);
    LetterId id = Parties.letter(letterId);
    Optional<PartyId> from = Parties.parameter("sender", sender);
    Fields body = door.body(call);
    Optional<AcknowledgementCode> code = code(body);
    List<AcknowledgementIssue> issues = issues(body);
    body.end();
    Answer answer =
        journey.acknowledge().take(caller, receiver, id, from, code.orElseThrow(), issues);
    return answered(answer, id, code.get());
  }

  private static InboxEntry entry(Inbox.Item item) {
    Letter letter = item.letter();
    return new InboxEntry(
        item.sequence(),
        letter.ref().id().value(),
        letter.event(),
        letter.ref().sender().value(),
        letter.caseId().map(CaseId::toString),
        letter.receivedAt());
  }

  private InboxLetter view(Letter letter, Payload payload) {
    MessageReading reading = reader.read(payload);
    return new InboxLetter(
        letter.ref().id().value(),
        letter.event(),
        letter.caseId().map(CaseId::toString),
        letter.ref().sender().value(),
        letter.receiver().map(PartyId::value),
        letter.receivedAt(),
        contents
            .of(letter, reading)
            .orElseGet(() -> PlainJson.bundle(writer.as(payload, MediaType.FHIR_JSON).bytes())));
  }

  private ResponseEntity<byte[]> message(Payload payload, MediaType type) {
    return Responses.bytes(200, type.value(), writer.as(payload, type).bytes());
  }

  private byte[] onePdf(Payload payload) {
    List<Attachment> found =
        reader.read(payload).attachments().stream()
            .filter(
                a ->
                    AttachmentTypes.parse(a.contentType()).equals(Optional.of(AttachmentTypes.PDF)))
            .toList();
    if (found.size() != 1) {
      throw new MessageRefused(RefusalReason.NOT_ACCEPTABLE);
    }
    return found.get(0).data();
  }

  private static Optional<AcknowledgementCode> code(Fields body) {
    Optional<String> given = body.givenText("code");
    Optional<AcknowledgementCode> code = given.flatMap(AcknowledgementCode::parse);
    if (given.isPresent() && code.isEmpty()) {
      body.invalid("code", "ok|transient-error|fatal-error");
    } else if (!body.node().hasNonNull("code")) {
      body.missing("code");
    }
    return code;
  }

  private static List<AcknowledgementIssue> issues(Fields body) {
    List<AcknowledgementIssue> issues = new ArrayList<>();
    for (Fields issue : body.objects("issues")) {
      String code = issue.text("code");
      if (dk.attestbro.model.AcknowledgementCodes.systemOf(code).isEmpty()) {
        issue.problem(RefusalReason.CODE_UNKNOWN, "code", "MSG_*");
      }
      issues.add(new AcknowledgementIssue(code, issue.text("text")));
    }
    return issues;
  }

  private static ResponseEntity<byte[]> answered(
      Answer answer, LetterId id, AcknowledgementCode code) {
    if (answer instanceof Answer.Refused refused) {
      throw new MessageRefused(refused.refusal());
    }
    if (answer instanceof Answer.Accepted accepted) {
      Receipt receipt = accepted.receipt();
      return Responses.jsonAt(
          201,
          receipt.letterId(),
          new AcknowledgementTaken(
              id.value(),
              code.code(),
              Optional.of(receipt.letterId().value()),
              Optional.of(ReceiptView.of(receipt))));
    }
    boolean takenOut = answer instanceof Answer.TakenFromInbox;
    return Responses.json(
        takenOut ? 201 : 200,
        new AcknowledgementTaken(id.value(), code.code(), Optional.empty(), Optional.empty()));
  }
}
