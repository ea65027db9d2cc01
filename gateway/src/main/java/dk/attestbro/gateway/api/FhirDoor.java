package dk.attestbro.gateway.api;

import dk.attestbro.gateway.api.Views.ReceiptView;
import dk.attestbro.gateway.journey.Answer;
import dk.attestbro.gateway.journey.IncomingMessage;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.MessageWriter;
import dk.attestbro.model.Payload;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Takes FHIR messages: the bytes as they come go on the journey. */
@RestController
final class FhirDoor {
  private final JourneyCalls journey;
  private final MessageWriter writer;
  private final BodyReader bodies;
  private final ErrorAnswers errors;
  private final AccessNotes access;
  private final Clock clock;

  FhirDoor(
      JourneyCalls journey,
      MessageWriter writer,
      BodyReader bodies,
      ErrorAnswers errors,
      AccessNotes access,
      Clock clock) {
    this.journey = journey;
    this.writer = writer;
    this.bodies = bodies;
    this.errors = errors;
    this.access = access;
    this.clock = clock;
  }

  @PostMapping("/fhir/$process-message")
  ResponseEntity<byte[]> process(
      @AuthenticationPrincipal Caller caller,
      @RequestParam("party") Optional<String> party,
      HttpServletRequest request)
      throws IOException {
    MediaType type =
        Optional.ofNullable(request.getContentType())
            .flatMap(MediaType::parse)
            .orElseThrow(() -> new MessageRefused(RefusalReason.UNSUPPORTED_MEDIA_TYPE));
    Payload payload = new Payload(bodies.read(request), type);
    Answer answer =
        journey
            .receive()
            .take(
                IncomingMessage.of(
                    caller,
                    payload,
                    Parties.sender(caller, party, Optional.empty()),
                    clock.instant()));
    access.noteSent(caller, answer);
    return answered(answer, type, request);
  }

  private ResponseEntity<byte[]> answered(
      Answer answer, MediaType asked, HttpServletRequest request) {
    if (answer instanceof Answer.Accepted accepted) {
      return Responses.jsonAt(
          202, accepted.receipt().letterId(), ReceiptView.of(accepted.receipt()));
    }
    if (answer instanceof Answer.Repeated repeated) {
      return Responses.json(200, ReceiptView.of(repeated.receipt()));
    }
    if (answer instanceof Answer.RepeatedAcknowledgement repeated) {
      return message(200, repeated.acknowledgement(), asked);
    }
    if (answer instanceof Answer.Refused refused) {
      return refused
          .acknowledgement()
          .map(acknowledgement -> message(422, acknowledgement, asked))
          .orElseGet(() -> errors.answer(request, refused.refusal()));
    }
    return Responses.bytes(200, MediaType.FHIR_JSON.value(), PlainJson.write(ALREADY_KNOWN));
  }

  /** In the format of the request; CMS is answered in JSON. */
  private ResponseEntity<byte[]> message(int status, Payload message, MediaType asked) {
    Payload shown = writer.as(message, asked == MediaType.FHIR_XML ? asked : MediaType.FHIR_JSON);
    return Responses.bytes(status, shown.mediaType().value(), shown.bytes());
  }

  private static final Information ALREADY_KNOWN =
      new Information(
          "OperationOutcome",
          List.of(
              new InformationIssue(
                  "information",
                  "informational",
                  new InformationDetails(
                      "ACKNOWLEDGEMENT_REPEATED: Samme kvittering igen; uden virkning. / The same"
                          + " acknowledgement again; no effect."))));

  /** FHIR R4 OperationOutcome that tells of no error. */
  record Information(String resourceType, List<InformationIssue> issue) {}

  record InformationIssue(String severity, String code, InformationDetails details) {}

  record InformationDetails(String text) {}
}
