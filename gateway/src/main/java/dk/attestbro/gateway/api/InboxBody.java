package dk.attestbro.gateway.api;

import dk.attestbro.gateway.api.Views.InboxLetter;
import dk.attestbro.gateway.journey.LetterPdf;
import dk.attestbro.model.AttachmentTypes;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Letter;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReader;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.MessageWriter;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Payload;
import dk.attestbro.model.RefusalReason;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;

/** An inbox letter in the format that was asked for. */
final class InboxBody {
  private final MessageReader reader;
  private final MessageWriter writer;
  private final PlainContentView contents;
  private final LetterPdf pdfs;

  InboxBody(MessageReader reader, MessageWriter writer, PlainContentView contents, LetterPdf pdfs) {
    this.reader = reader;
    this.writer = writer;
    this.contents = contents;
    this.pdfs = pdfs;
  }

  /**
   * The answer, in the first of these formats that the letter has.
   *
   * @throws MessageRefused NOT_ACCEPTABLE where only a PDF is asked for and the letter has no one
   *     PDF
   */
  ResponseEntity<byte[]> of(Letter letter, Payload payload, List<InboxFormat> formats) {
    return formats.stream()
        .map(format -> of(letter, payload, format))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(() -> new MessageRefused(RefusalReason.NOT_ACCEPTABLE));
  }

  private Optional<ResponseEntity<byte[]>> of(Letter letter, Payload payload, InboxFormat format) {
    return switch (format) {
      case PLAIN -> Optional.of(Responses.json(200, view(letter, payload)));
      case FHIR_JSON -> Optional.of(message(payload, MediaType.FHIR_JSON));
      case FHIR_XML -> Optional.of(message(payload, MediaType.FHIR_XML));
      case PDF ->
          pdfs.of(letter, payload)
              .map(pdf -> Responses.bytes(200, AttachmentTypes.PDF.contentType(), pdf));
    };
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
            .orElseGet(() -> PlainJson.bundle(writer.as(payload, MediaType.FHIR_JSON).bytes())),
        hasPlaceForDocuments(reading.event()) ? List.of() : reading.attachments());
  }

  /** A reply names its documents itself, and a message of MedCom's is shown whole. */
  private static boolean hasPlaceForDocuments(Optional<EventCode> event) {
    return event
        .filter(
            of ->
                !of.isMedCom()
                    && of != EventCode.CERTIFICATE_REPLY
                    && of != EventCode.CERTIFICATE_CORRECTION)
        .isEmpty();
  }

  private ResponseEntity<byte[]> message(Payload payload, MediaType type) {
    return Responses.bytes(200, type.value(), writer.as(payload, type).bytes());
  }
}
