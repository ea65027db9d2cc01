package dk.attestbro.gateway.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.AcknowledgementIssue;
import dk.attestbro.model.AcknowledgementReading;
import dk.attestbro.model.Answer;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.Payload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The play: two requests go out, are acknowledged and answered, and the replies come back. Each
 * step is verified from outside: through the API and by what the partners received.
 */
final class DemoScenario {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Transcript transcript;
  private final GatewayApi gateway;
  private final Map<Organisations, String> tokens;
  private final Messages messages;
  private final DemoContents contents;
  private final X509Certificate authority;
  private final Partner odense;
  private final Partner midt;
  private final Partner syd;
  private final ReceiptCheck receipts;

  /** The partners of the play. */
  record Cast(Partner odense, Partner midt, Partner syd) {}

  DemoScenario(
      Transcript transcript,
      GatewayApi gateway,
      Map<Organisations, String> tokens,
      Messages messages,
      DemoContents contents,
      X509Certificate authority,
      Cast cast) {
    this.transcript = transcript;
    this.gateway = gateway;
    this.tokens = tokens;
    this.messages = messages;
    this.contents = contents;
    this.authority = authority;
    this.odense = cast.odense();
    this.midt = cast.midt();
    this.syd = cast.syd();
    this.receipts = new ReceiptCheck(gateway.getJson("", "/.well-known/jwks.json"));
  }

  /**
   * Plays it whole.
   *
   * @throws StepFailed at the first step that cannot be verified
   */
  void play() {
    transcript.heading("A system without FHIR asks: Aarhus, PSYK125, from psychiatry-midt");
    CaseId aarhusCase = plainRequestIsAnswered();
    transcript.heading("A FHIR system asks: Odense, LÆ125, from psychiatry-syd, which is down");
    CaseId odenseCase = fhirRequestIsAnswered();
    transcript.heading("Timeline of the case of employment-aarhus, " + aarhusCase);
    transcript.timeline(kase(Organisations.AARHUS, aarhusCase));
    transcript.heading("Timeline of the case of employment-odense, " + odenseCase);
    transcript.timeline(kase(Organisations.ODENSE, odenseCase));
  }

  /** A case that is left open, for whoever goes on by the pages: both sides have it. */
  CaseId openCase() {
    transcript.heading("A case to go on with: Aarhus, PSYK125, from psychiatry-syd");
    PlainRequest request = new PlainRequest();
    transcript.step(
        "employment-aarhus",
        "asks for a PSYK125 by plain JSON",
        () -> askByJson(request, Organisations.SYD));
    transcript.step(
        "psychiatry-syd",
        "receives it and acknowledges it; the reply is yours",
        () -> isAcknowledged(Organisations.AARHUS, request.letterId()));
    return request.caseId();
  }

  private CaseId plainRequestIsAnswered() {
    PlainRequest request = new PlainRequest();
    transcript.step(
        "employment-aarhus",
        "asks for a PSYK125 by plain JSON",
        () -> askByJson(request, Organisations.MIDT));
    transcript.step(
        "psychiatry-midt",
        "receives it, encrypted to its certificate and signed by the gateway",
        () -> arrives(midt, EventCode.CERTIFICATE_REQUEST, request.caseId()));
    transcript.step(
        "psychiatry-midt",
        "acknowledges ok in its HTTP response",
        () -> isAcknowledged(Organisations.AARHUS, request.letterId()));
    transcript.step(
        "employment-aarhus",
        "finds the Acknowledgement in its inbox and takes it out",
        () -> acknowledgementInInbox(request.letterId()));
    transcript.step(
        "gateway", "runs the deadline from the proven arrival", () -> deadline(request.caseId()));
    LetterId reply = LetterId.random();
    transcript.step(
        "psychiatry-midt",
        "answers: the form and a PDF, as FHIR JSON",
        () -> sendReply(midt, Organisations.AARHUS, request.caseId(), reply, MediaType.FHIR_JSON));
    transcript.step(
        "employment-aarhus",
        "fetches the reply from its inbox as JSON and as PDF, and acknowledges it",
        () -> fetchReply(request.caseId(), reply));
    transcript.step("psychiatry-midt", "receives the Acknowledgement", () -> isTold(midt, reply));
    transcript.step(
        "employment-aarhus", "says that it is filed", () -> fileByJson(request.caseId()));
    transcript.step(
        "psychiatry-midt",
        "receives that it is filed",
        () -> arrives(midt, EventCode.FILED, request.caseId()));
    transcript.step(
        "gateway",
        "has closed the case",
        () -> caseIs("FILED", Organisations.AARHUS, request.caseId()));
    return request.caseId();
  }

  private CaseId fhirRequestIsAnswered() {
    CaseId caseId = CaseId.random();
    LetterId letter = LetterId.random();
    Payload request = requestOfOdense(letter, caseId);
    transcript.step(
        "employment-odense", "sends an invalid request", () -> invalidIsRefused(caseId));
    transcript.step(
        "employment-odense", "asks for an LÆ125 by FHIR", () -> accepted(odense, request));
    transcript.step("psychiatry-syd", "is down for two attempts", () -> twoAttemptsFail(letter));
    transcript.step(
        "psychiatry-syd",
        "comes up and is reached on the third attempt, encrypted",
        () -> {
          syd.open(authority);
          return arrives(syd, EventCode.CERTIFICATE_REQUEST, caseId) + thirdAttempt(letter);
        });
    transcript.step(
        "psychiatry-syd",
        "acknowledges ok by a post of its own",
        () -> isAcknowledged(Organisations.ODENSE, letter));
    transcript.step(
        "employment-odense", "receives the Acknowledgement", () -> isTold(odense, letter));
    transcript.step(
        "employment-odense",
        "sends the same request again and gets the first answer",
        () -> duplicateIsAnswered(request, letter));
    LetterId reply = LetterId.random();
    transcript.step(
        "psychiatry-syd",
        "answers: the form and a PDF, as FHIR XML",
        () -> sendReply(syd, Organisations.ODENSE, caseId, reply, MediaType.FHIR_XML));
    transcript.step(
        "employment-odense", "receives the reply and its PDF", () -> replyArrives(caseId));
    transcript.step("psychiatry-syd", "receives the Acknowledgement", () -> isTold(syd, reply));
    transcript.step("employment-odense", "says that it is filed", () -> fileByFhir(caseId));
    transcript.step(
        "psychiatry-syd", "receives that it is filed", () -> arrives(syd, EventCode.FILED, caseId));
    transcript.step(
        "gateway", "has closed the case", () -> caseIs("FILED", Organisations.ODENSE, caseId));
    return caseId;
  }

  private String askByJson(PlainRequest request, Organisations receiver) {
    JsonNode answer =
        gateway
            .post(
                tokens.get(Organisations.AARHUS),
                "/api/v1/certificate-requests",
                contents.plainRequest(receiver))
            .expect(201)
            .json();
    request.take(answer);
    receipts.verify(answer.path("receipt"));
    check("the letter of the receipt", letterOf(answer), answer.path("receipt"), "letterId");
    return "letter "
        + letterOf(answer)
        + ", receipt verified, validated by "
        + answer.path("receipt").path("validatedBy").path(0).asText();
  }

  private String accepted(Partner sender, Payload message) {
    JsonNode receipt = sender.send(message).expect(202).json();
    receipts.verify(receipt);
    if (!receipt.path("sha256").asText().equals(message.sha256().hex())) {
      throw new StepFailed("the receipt is not for the bytes that were sent");
    }
    return "letter "
        + receipt.path("letterId").asText()
        + ", receipt verified, validated by "
        + receipt.path("validatedBy").path(0).asText();
  }

  private String arrives(Partner partner, EventCode event, CaseId caseId) {
    Partner.Received got =
        Await.until(
            event.code() + " at " + partner.organisation().id(),
            LIMIT,
            () -> {
              failWhereDead(partner, caseId);
              return partner.received(event, caseId);
            });
    if (!got.encrypted()) {
      throw new StepFailed("it came unencrypted");
    }
    if (got.message().content().isEmpty()) {
      throw new StepFailed("its content cannot be read");
    }
    return "letter "
        + got.message().letterId().value()
        + ", "
        + got.message().payload().size()
        + " bytes";
  }

  /** A dead letter never arrives: why it died says more than that it did not come. */
  private void failWhereDead(Partner partner, CaseId caseId) {
    for (JsonNode letter : kase(partner.organisation(), caseId).path("letters")) {
      if (letter.path("status").asText().equals("DEAD")) {
        LetterId dead = new LetterId(letterOf(letter));
        JsonNode attempts = message(partner.organisation(), dead).path("transmissions");
        throw new StepFailed(
            "letter "
                + dead
                + " is DEAD: "
                + attempts.findValuesAsText("reason")
                + "; the partner's own troubles: "
                + partner.troubles());
      }
    }
  }

  private String isAcknowledged(Organisations sender, LetterId letter) {
    JsonNode message =
        Await.until(
            "an acknowledged letter " + letter,
            LIMIT,
            () ->
                Optional.of(message(sender, letter))
                    .filter(m -> m.path("status").asText().equals("ACKNOWLEDGED")));
    check("the code", "ok", message.path("acknowledgement"), "code");
    return "status ACKNOWLEDGED";
  }

  private String acknowledgementInInbox(LetterId letter) {
    String item =
        Await.until(
            "an Acknowledgement in the inbox",
            LIMIT,
            () -> inboxItem(EventCode.ACKNOWLEDGEMENT, letter.value()));
    takeOut(item);
    return "acknowledges " + letter.value();
  }

  private Optional<String> inboxItem(EventCode event, String acknowledges) {
    for (JsonNode item : inbox().path("items")) {
      String id = item.path("letterId").asText();
      if (item.path("event").asText().equals(event.code())
          && inboxLetter(id).path("content").path("acknowledges").asText().equals(acknowledges)) {
        return Optional.of(id);
      }
    }
    return Optional.empty();
  }

  private String fetchReply(CaseId caseId, LetterId reply) {
    Await.until(
        "the reply in the inbox",
        LIMIT,
        () -> {
          for (JsonNode item : inbox().path("items")) {
            if (item.path("letterId").asText().equals(reply.value())) {
              return Optional.of(item);
            }
          }
          return Optional.empty();
        });
    JsonNode letter = inboxLetter(reply.value());
    check("the case of the reply", caseId.toString(), letter, "caseId");
    check(
        "the answer in the reply",
        DemoContents.ACCOUNT,
        letter.path("content").path("answers"),
        "facts.account");
    byte[] pdf =
        gateway
            .get(tokens.get(Organisations.AARHUS), "/api/v1/inbox/" + reply, "application/pdf")
            .expect(200)
            .body();
    if (!Arrays.equals(pdf, contents.pdf())) {
      throw new StepFailed("the PDF is not the one that was sent");
    }
    takeOut(reply.value());
    return letter.path("content").path("answers").size()
        + " answers, PDF of "
        + pdf.length
        + " bytes as it was sent";
  }

  private String deadline(CaseId caseId) {
    JsonNode deadline = kase(Organisations.AARHUS, caseId).path("deadline");
    check("the deadline", "RUNNING", deadline, "state");
    caseIs("RECEIVED", Organisations.AARHUS, caseId);
    return "due " + deadline.path("due").asText() + " by rule " + deadline.path("rule").asText();
  }

  private String sendReply(
      Partner responder, Organisations requester, CaseId caseId, LetterId reply, MediaType type) {
    MessageReading request =
        responder.received(EventCode.CERTIFICATE_REQUEST, caseId).orElseThrow().message();
    return accepted(
        responder,
        responder.write(reply, requester, caseId, contents.reply(), Optional.of(request), type));
  }

  private String isTold(Partner sender, LetterId letter) {
    AcknowledgementReading told =
        Await.until(
                "an Acknowledgement at " + sender.organisation().id(),
                LIMIT,
                () -> sender.acknowledgementOf(letter))
            .message()
            .acknowledgement()
            .orElseThrow();
    if (told.code() != AcknowledgementCode.OK) {
      throw new StepFailed("it says " + told.code().code());
    }
    isAcknowledged(sender.organisation(), letter);
    return "ok for " + letter.value();
  }

  private String fileByJson(CaseId caseId) {
    JsonNode answer =
        gateway
            .post(
                tokens.get(Organisations.AARHUS),
                "/api/v1/cases/" + caseId + "/filed",
                JsonNodeFactory.instance.objectNode())
            .expect(201)
            .json();
    receipts.verify(answer.path("receipt"));
    return "letter " + letterOf(answer);
  }

  private String fileByFhir(CaseId caseId) {
    MessageReading reply =
        odense.received(EventCode.CERTIFICATE_REPLY, caseId).orElseThrow().message();
    return accepted(
        odense,
        odense.write(
            LetterId.random(),
            Organisations.SYD,
            caseId,
            new LetterContent.Filed(""),
            Optional.of(reply),
            MediaType.FHIR_JSON));
  }

  private String caseIs(String state, Organisations viewer, CaseId caseId) {
    JsonNode kase =
        Await.until(
            "a case that is " + state,
            LIMIT,
            () ->
                Optional.of(kase(viewer, caseId))
                    .filter(c -> c.path("state").asText().equals(state)));
    return "state " + kase.path("state").asText() + ", turn " + kase.path("turn").asText();
  }

  private Payload requestOfOdense(LetterId letter, CaseId caseId) {
    return odense.write(
        letter,
        Organisations.SYD,
        caseId,
        contents.request(),
        Optional.empty(),
        MediaType.FHIR_JSON);
  }

  /** The form does not exist and the purpose is gone: two mistakes, both to be told at once. */
  private String invalidIsRefused(CaseId caseId) throws IOException {
    LetterId letter = LetterId.random();
    Payload valid = requestOfOdense(letter, caseId);
    JsonNode bundle = JSON.readTree(valid.bytes());
    for (JsonNode entry : bundle.path("entry")) {
      if (entry.path("resource") instanceof ObjectNode service
          && service.path("resourceType").asText().equals("ServiceRequest")) {
        service.remove("reasonCode");
      }
    }
    byte[] broken =
        bundle.toString().replace("\"LAE125\"", "\"LAE999\"").getBytes(StandardCharsets.UTF_8);
    GatewayApi.Reply reply = odense.send(new Payload(broken, MediaType.FHIR_JSON)).expect(422);
    AcknowledgementReading refusal = acknowledgement(reply);
    if (refusal.code() != AcknowledgementCode.FATAL_ERROR
        || !refusal.acknowledges().equals(letter)) {
      throw new StepFailed("the answer is not a fatal-error for this letter");
    }
    Set<String> reasons = new LinkedHashSet<>();
    refusal.issues().forEach(issue -> reasons.add(code(issue)));
    if (reasons.isEmpty()) {
      throw new StepFailed("the refusal gives no reason");
    }
    check("the status", "REFUSED", message(Organisations.ODENSE, letter), "status");
    return "refused, fatal-error: " + String.join(", ", reasons);
  }

  /** The gateway's own code, which its texts begin with, and MedCom's. */
  private static String code(AcknowledgementIssue issue) {
    return issue.text().split(" ", 2)[0] + " (" + issue.code() + ")";
  }

  private String twoAttemptsFail(LetterId letter) {
    JsonNode attempts =
        Await.until(
            "two failed attempts to reach psychiatry-syd",
            LIMIT,
            () ->
                Optional.of(message(Organisations.ODENSE, letter).path("transmissions"))
                    .filter(all -> all.size() >= 2));
    return attempts.size()
        + " attempts failed ("
        + attempts.path(attempts.size() - 1).path("reason").asText()
        + ")";
  }

  private String thirdAttempt(LetterId letter) {
    JsonNode attempts =
        Await.until(
            "a third attempt in the record",
            LIMIT,
            () ->
                Optional.of(message(Organisations.ODENSE, letter).path("transmissions"))
                    .filter(all -> all.size() >= 3));
    if (attempts.size() != 3 || syd.countOf(letter) != 1) {
      throw new StepFailed(
          "there were " + attempts.size() + " attempts and " + syd.countOf(letter) + " arrivals");
    }
    return ", attempt 3";
  }

  private String duplicateIsAnswered(Payload request, LetterId letter) {
    GatewayApi.Reply reply = odense.send(request).expect(200);
    AcknowledgementReading first = acknowledgement(reply);
    if (first.code() != AcknowledgementCode.OK || !first.acknowledges().equals(letter)) {
      throw new StepFailed("the answer is not the first one");
    }
    if (syd.countOf(letter) != 1) {
      throw new StepFailed("psychiatry-syd got it again");
    }
    return "the Acknowledgement, and psychiatry-syd got it only once";
  }

  private String replyArrives(CaseId caseId) {
    String arrived = arrives(odense, EventCode.CERTIFICATE_REPLY, caseId);
    MessageReading reply =
        odense.received(EventCode.CERTIFICATE_REPLY, caseId).orElseThrow().message();
    if (!(reply.content().orElseThrow() instanceof LetterContent.Reply said)) {
      throw new StepFailed("it is not a reply");
    }
    List<Answer> account = said.reply().answers().getOrDefault("facts.account", List.of());
    if (!account.equals(List.of(new Answer.TextAnswer(DemoContents.ACCOUNT)))) {
      throw new StepFailed("the answer is not the one that was sent");
    }
    if (reply.attachments().size() != 1
        || !Arrays.equals(reply.attachments().get(0).data(), contents.pdf())) {
      throw new StepFailed("the PDF is not the one that was sent");
    }
    return arrived + ", " + said.reply().answers().size() + " answers, PDF as it was sent";
  }

  private AcknowledgementReading acknowledgement(GatewayApi.Reply reply) {
    MediaType type =
        MediaType.parse(reply.contentType())
            .orElseThrow(() -> new StepFailed("the answer is not FHIR"));
    return messages
        .reader()
        .read(new Payload(reply.body(), type))
        .acknowledgement()
        .orElseThrow(() -> new StepFailed("the answer is not an Acknowledgement"));
  }

  private void takeOut(String item) {
    gateway
        .post(
            tokens.get(Organisations.AARHUS),
            "/api/v1/inbox/" + item + "/acknowledgement",
            JsonNodeFactory.instance.objectNode().put("code", "ok"))
        .expect(201);
  }

  private JsonNode inbox() {
    return gateway.getJson(tokens.get(Organisations.AARHUS), "/api/v1/inbox?limit=100");
  }

  private JsonNode inboxLetter(String letter) {
    return gateway.getJson(tokens.get(Organisations.AARHUS), "/api/v1/inbox/" + letter);
  }

  private JsonNode message(Organisations viewer, LetterId letter) {
    return gateway.getJson(tokens.get(viewer), "/api/v1/messages/" + letter);
  }

  private JsonNode kase(Organisations viewer, CaseId caseId) {
    return gateway.getJson(tokens.get(viewer), "/api/v1/cases/" + caseId);
  }

  private static String letterOf(JsonNode answer) {
    return answer.path("letterId").asText();
  }

  private static void check(String what, String expected, JsonNode parent, String field) {
    String found = parent.path(field).asText();
    if (!found.equals(expected)) {
      throw new StepFailed(what + " is '" + found + "' in place of '" + expected + "'");
    }
  }

  /** What the answer to the plain request named. */
  private static final class PlainRequest {
    private Optional<JsonNode> answer = Optional.empty();

    void take(JsonNode given) {
      answer = Optional.of(given);
    }

    CaseId caseId() {
      return CaseId.parse(answer.orElseThrow().path("caseId").asText()).orElseThrow();
    }

    LetterId letterId() {
      return new LetterId(letterOf(answer.orElseThrow()));
    }
  }
}
