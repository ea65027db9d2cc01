package dk.attestbro.gateway.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.AcknowledgementReading;
import dk.attestbro.model.Attachment;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The play by mail: a municipality and a department that have nothing but mail exchange a request
 * and a reply. Each step is verified in the boxes of the mail server and through the API.
 */
final class MailScenario {
  private static final Duration LIMIT = Duration.ofSeconds(120);

  /** Of the citizen and of what is said about the citizen: never outside an encrypted mail. */
  private static final List<String> PERSONAL =
      List.of("Rikke", "Berggren", "0201609995", "020160-9995", "Sygemeldt");

  private final Transcript transcript;
  private final GatewayApi gateway;
  private final Map<Organisations, String> tokens;
  private final DemoContents contents;
  private final MailPartner aarhus;
  private final MailPartner midt;

  MailScenario(
      Transcript transcript,
      GatewayApi gateway,
      Map<Organisations, String> tokens,
      DemoContents contents,
      MailPartner aarhus,
      MailPartner midt) {
    this.transcript = transcript;
    this.gateway = gateway;
    this.tokens = tokens;
    this.contents = contents;
    this.aarhus = aarhus;
    this.midt = midt;
  }

  /**
   * Plays it whole.
   *
   * @throws StepFailed at the first step that cannot be verified
   */
  void play() {
    transcript.heading("By mail alone: Aarhus asks psychiatry-midt for an LÆ125");
    CaseId caseId = CaseId.random();
    LetterId request = LetterId.random();
    Payload asked =
        aarhus
            .letters()
            .write(
                request,
                Organisations.MIDT,
                caseId,
                contents.request(),
                Optional.empty(),
                MediaType.FHIR_JSON);
    transcript.step(
        "employment-aarhus",
        "sends a request as an S/MIME mail",
        () -> sent(aarhus, asked, caseId));
    transcript.step(
        "psychiatry-midt",
        "finds it in its box: Danish text and the message, signed by the gateway and encrypted",
        () -> arrives(midt, EventCode.CERTIFICATE_REQUEST, caseId, asked));
    acknowledged(midt, aarhus, EventCode.CERTIFICATE_REQUEST, caseId, request);
    LetterId reply = LetterId.random();
    Payload answered =
        midt.letters()
            .write(
                reply,
                Organisations.AARHUS,
                caseId,
                contents.reply(),
                Optional.of(message(midt, EventCode.CERTIFICATE_REQUEST, caseId)),
                MediaType.FHIR_XML);
    transcript.step(
        "psychiatry-midt", "answers by S/MIME mail", () -> sent(midt, answered, caseId));
    transcript.step(
        "employment-aarhus",
        "finds the reply and its PDF in its box",
        () -> arrives(aarhus, EventCode.CERTIFICATE_REPLY, caseId, answered) + pdf(caseId));
    acknowledged(aarhus, midt, EventCode.CERTIFICATE_REPLY, caseId, reply);
    Payload filed =
        aarhus
            .letters()
            .write(
                LetterId.random(),
                Organisations.MIDT,
                caseId,
                new LetterContent.Filed(""),
                Optional.of(message(aarhus, EventCode.CERTIFICATE_REPLY, caseId)),
                MediaType.FHIR_JSON);
    transcript.step(
        "employment-aarhus", "says by mail that it is filed", () -> sent(aarhus, filed, caseId));
    transcript.step(
        "psychiatry-midt",
        "finds that in its box",
        () -> arrives(midt, EventCode.FILED, caseId, filed));
    transcript.step("gateway", "has closed the case", () -> isFiled(caseId));
    transcript.heading("Timeline of the case of employment-aarhus, " + caseId);
    transcript.timeline(kase(caseId));
  }

  private static String sent(MailPartner sender, Payload message, CaseId caseId) {
    sender.send(message, caseId);
    return message.size() + " bytes of FHIR, to " + MailFolder.GATEWAY;
  }

  private static String arrives(
      MailPartner receiver, EventCode event, CaseId caseId, Payload sent) {
    MailPartner.Received got =
        Await.until(
            event.code() + " in the box of " + receiver.organisation().id(),
            LIMIT,
            () -> receiver.received(event, caseId));
    if (!got.message().payload().equals(sent)) {
      throw new StepFailed("the message is not the bytes that were sent");
    }
    if (got.mail().contents().text().isBlank()) {
      throw new StepFailed("the mail has no text");
    }
    requireNothingPersonal(got.raw().bytes());
    return "'" + got.mail().head().subject() + "'";
  }

  private static void requireNothingPersonal(byte[] raw) {
    String mail = new String(raw, StandardCharsets.ISO_8859_1);
    for (String word : PERSONAL) {
      if (mail.contains(word)) {
        throw new StepFailed("a person's data stands in clear text in a mail");
      }
    }
  }

  private void acknowledged(
      MailPartner receiver, MailPartner sender, EventCode event, CaseId caseId, LetterId letter) {
    transcript.step(
        receiver.organisation().id(),
        "sends its Acknowledgement by mail",
        () ->
            sent(
                receiver,
                receiver.letters().acknowledgement(message(receiver, event, caseId)),
                caseId));
    transcript.step(
        sender.organisation().id(),
        "finds the Acknowledgement in its box",
        () -> isTold(sender, letter));
  }

  private String isTold(MailPartner sender, LetterId letter) {
    AcknowledgementReading told =
        Await.until(
                "an Acknowledgement in the box of " + sender.organisation().id(),
                LIMIT,
                () -> sender.acknowledgementOf(letter))
            .message()
            .acknowledgement()
            .orElseThrow();
    if (told.code() != AcknowledgementCode.OK) {
      throw new StepFailed("it says " + told.code().code());
    }
    String status =
        gateway
            .getJson(tokens.get(sender.organisation()), "/api/v1/messages/" + letter)
            .path("status")
            .asText();
    if (!status.equals("ACKNOWLEDGED")) {
      throw new StepFailed("the letter's status is " + status);
    }
    return "ok for " + letter.value();
  }

  private String pdf(CaseId caseId) {
    List<Attachment> documents = message(aarhus, EventCode.CERTIFICATE_REPLY, caseId).attachments();
    boolean inMail =
        aarhus
            .received(EventCode.CERTIFICATE_REPLY, caseId)
            .orElseThrow()
            .mail()
            .contents()
            .pdfs()
            .stream()
            .anyMatch(pdf -> Arrays.equals(pdf.bytes(), contents.pdf()));
    if (documents.size() != 1 || !inMail) {
      throw new StepFailed("the PDF is not the one that was sent");
    }
    return ", PDF as it was sent";
  }

  private static MessageReading message(MailPartner partner, EventCode event, CaseId caseId) {
    return partner.received(event, caseId).orElseThrow().message();
  }

  private String isFiled(CaseId caseId) {
    Await.until(
        "a case that is FILED",
        LIMIT,
        () -> Optional.of(kase(caseId)).filter(k -> k.path("state").asText().equals("FILED")));
    return "state FILED";
  }

  private JsonNode kase(CaseId caseId) {
    return gateway.getJson(tokens.get(Organisations.AARHUS), "/api/v1/cases/" + caseId);
  }
}
