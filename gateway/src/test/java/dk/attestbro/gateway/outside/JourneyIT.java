package dk.attestbro.gateway.outside;

import static dk.attestbro.gateway.outside.Organisation.AARHUS;
import static dk.attestbro.gateway.outside.Organisation.HOVEDSTADEN;
import static dk.attestbro.gateway.outside.Organisation.MIDT;
import static dk.attestbro.gateway.outside.Organisation.ODENSE;
import static dk.attestbro.gateway.outside.Organisation.RANDERS;
import static dk.attestbro.gateway.outside.Organisation.SKIVE;
import static dk.attestbro.gateway.outside.Organisation.SYD;
import static dk.attestbro.gateway.outside.RunningGateway.gateway;
import static dk.attestbro.gateway.outside.RunningGateway.newId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import dk.attestbro.fhir.Messages;
import dk.attestbro.gateway.outside.Gateway.Answer;
import dk.attestbro.gateway.outside.Partner.Received;
import dk.attestbro.gateway.outside.Partner.Reply;
import dk.attestbro.gateway.wiring.StartRefused;
import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.Attachment;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateReply;
import dk.attestbro.model.Digest;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterDraft;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A certificate from the request to the day it is filed, seen by both its parties. */
@ExtendWith(RunningGateway.class)
class JourneyIT {
  @ParameterizedTest
  @ValueSource(strings = {"json", "xml", "cms"})
  void goesFromPlainRequestToFiledReply(String replyFormat) throws Exception {
    String letter = newId();
    gateway().partner(MIDT).onLetter(letter, JourneyIT::ok);
    byte[] body = PlainRequests.request(MIDT).toString().getBytes(StandardCharsets.UTF_8);

    Answer taken =
        gateway()
            .post(
                AARHUS.id(),
                PlainRequests.PATH,
                body,
                "application/json",
                "Idempotency-Key",
                letter)
            .expect(201);
    assertReceipt(taken.json().path("receipt"), letter, body);
    String caseId = taken.json().path("caseId").asText();

    Received arrived = gateway().partner(MIDT).awaitLetter(letter, 1);
    assertThat(arrived.sent().mediaType()).isEqualTo(MediaType.CMS);
    assertThat(arrived.message().event()).contains(EventCode.CERTIFICATE_REQUEST);
    gateway().awaitStatus(AARHUS, letter, "ACKNOWLEDGED");
    JsonNode received = gateway().awaitState(AARHUS, caseId, "RECEIVED");
    assertThat(received.at("/deadline/state").asText()).isEqualTo("RUNNING");
    assertThat(LocalDate.parse(received.at("/deadline/due").asText()))
        .isAfter(PlainRequests.today());
    assertThat(gateway().awaitAcknowledgementInInbox(AARHUS, letter).at("/content/code").asText())
        .isEqualTo("ok");

    String reply = newId();
    Payload written =
        reply(
            arrived.message(),
            reply,
            replyFormat.equals("xml") ? MediaType.FHIR_XML : MediaType.FHIR_JSON);
    Payload sent =
        replyFormat.equals("cms") ? gateway().encrypted(written, gateway().key(MIDT)) : written;
    Answer repliedTo = gateway().fhir(MIDT, sent).expect(202);
    assertThat(repliedTo.header("Location")).isEqualTo("/api/v1/messages/" + reply);
    assertReceipt(repliedTo.json(), reply, sent.bytes());

    fetchInEveryFormat(reply);
    String path = "/api/v1/inbox/" + reply + "/acknowledgement";
    gateway().post(AARHUS, path, "{\"code\":\"ok\"}").expect(201);
    gateway().post(AARHUS, path, "{\"code\":\"ok\"}").expect(200);
    gateway().awaitState(MIDT, caseId, "REPLIED");
    assertThat(
            gateway()
                .partner(MIDT)
                .awaitAcknowledgement(reply)
                .message()
                .acknowledgement()
                .get()
                .code())
        .isEqualTo(AcknowledgementCode.OK);
    gateway().awaitStatus(MIDT, reply, "ACKNOWLEDGED");

    String filed = newId();
    gateway().partner(MIDT).onLetter(filed, JourneyIT::ok);
    gateway()
        .post(AARHUS, "/api/v1/cases/" + caseId + "/filed", "{}", "Idempotency-Key", filed)
        .expect(201);
    assertThat(gateway().partner(MIDT).awaitLetter(filed, 1).message().event())
        .contains(EventCode.FILED);
    assertTimelines(caseId, letter, reply);
  }

  @Test
  void refusesToStartASecondTimeOnTheSameData() {
    assertThatThrownBy(() -> gateway().startAnother())
        .isInstanceOf(StartRefused.class)
        .hasMessage("another gateway uses the data folder");
  }

  private static void assertTimelines(String caseId, String letter, String reply) {
    JsonNode closed = gateway().awaitState(AARHUS, caseId, "FILED");
    assertThat(closed.path("turn").asText()).isEqualTo("none");
    assertThat(closed.at("/deadline/state").asText()).isEqualTo("MET");
    assertThat(closed.path("letters").findValuesAsText("letterId")).contains(letter, reply);
    assertThat(closed.path("letters").findValuesAsText("direction")).contains("in", "out");
    assertThat(closed.path("events").findValuesAsText("code"))
        .containsSubsequence("RECORDED", "QUEUED", "DELIVERED");
    JsonNode message = gateway().message(AARHUS, letter);
    assertThat(message.path("events").findValuesAsText("code"))
        .contains("RECORDED", "QUEUED", "DELIVERED", "ACKNOWLEDGED_OK", "DEADLINE_STARTED");
    assertThat(message.at("/transmissions/0/outcome").asText()).isEqualTo("DELIVERED");
    assertThat(message.at("/acknowledgement/code").asText()).isEqualTo("ok");
  }

  private static void fetchInEveryFormat(String reply) {
    JsonNode plain = gateway().awaitInbox(AARHUS, reply);
    assertThat(plain.at("/content/author/authorisationId").asText()).isEqualTo("06B4K");
    String item = "/api/v1/inbox/" + reply;
    Answer json = gateway().get(AARHUS, item, "Accept", "application/fhir+json").expect(200);
    Answer xml = gateway().get(AARHUS, item, "Accept", "application/fhir+xml").expect(200);
    assertThat(Messages.READER.read(json.payload()).contentDigest())
        .isEqualTo(Messages.READER.read(xml.payload()).contentDigest());
    Answer pdf = gateway().get(AARHUS, item, "Accept", "application/pdf").expect(200);
    assertThat(pdf.bytes()).isEqualTo(Messages.PDF);
    assertThat(pdf.header("Content-Type")).startsWith("application/pdf");
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "xml"})
  void relaysABundleByteForByte(String format) {
    Payload request =
        Messages.at(Instant.now())
            .between(ODENSE.party(), SYD.party())
            .request(format.equals("xml") ? MediaType.FHIR_XML : MediaType.FHIR_JSON);
    String letter = Messages.READER.read(request).letterId().value();

    gateway().fhir(ODENSE, request).expect(202);

    Received arrived = gateway().partner(SYD).awaitLetter(letter, 1);
    assertThat(arrived.sent()).isEqualTo(request);
    assertThat(arrived.sent().bytes()).isEqualTo(request.bytes());
  }

  @Test
  void showsWhatARequestCarriesBesideItsContent() throws Exception {
    Payload request =
        Messages.withPdf(
            Messages.at(Instant.now())
                .between(ODENSE.party(), HOVEDSTADEN.party())
                .request(MediaType.FHIR_JSON),
            "Tidligere journal");
    String letter = Messages.READER.read(request).letterId().value();

    gateway().fhir(ODENSE, request).expect(202);

    JsonNode carried = gateway().awaitInbox(HOVEDSTADEN, letter).path("attachments");
    assertThat(carried).hasSize(1);
    assertThat(carried.at("/0/title").asText()).isEqualTo("Tidligere journal");
    assertThat(carried.at("/0/contentType").asText()).isEqualTo("application/pdf");
    assertThat(carried.at("/0/data").binaryValue()).isEqualTo(Messages.PDF);
  }

  @Test
  void takesAPartnerByItsCertificateAlone() {
    Payload request =
        Messages.at(Instant.now())
            .between(ODENSE.party(), SYD.party())
            .request(MediaType.FHIR_JSON);

    Answer answer =
        gateway()
            .postAs(
                gateway().key(ODENSE), Partner.PATH, request.bytes(), MediaType.FHIR_JSON.value());

    assertThat(answer.expect(202).json().path("sender").asText()).isEqualTo(ODENSE.id());
  }

  @Test
  void hidesLettersAndCasesFromOthers() {
    String letter = newId();
    JsonNode taken = plain(AARHUS, HOVEDSTADEN, letter);
    String caseId = taken.path("caseId").asText();
    gateway().awaitInbox(HOVEDSTADEN, letter);

    for (String path :
        List.of(
            "/api/v1/messages/" + letter, "/api/v1/cases/" + caseId, "/api/v1/inbox/" + letter)) {
      Answer answer = gateway().get(SYD, path).expect(404);
      assertThat(answer.json().path("code").asText()).isEqualTo("NOT_FOUND");
    }
    gateway().post(SYD, "/api/v1/cases/" + caseId + "/filed", "{}").expect(404);
    gateway()
        .post(SYD, "/api/v1/inbox/" + letter + "/acknowledgement", "{\"code\":\"ok\"}")
        .expect(404);
    gateway().get(HOVEDSTADEN, "/api/v1/cases/" + caseId).expect(200);
  }

  @Test
  void asksWhichPartyACertificateOfSeveralActsAs() {
    byte[] request = PlainRequests.request(HOVEDSTADEN).toString().getBytes(StandardCharsets.UTF_8);

    Answer unclear =
        gateway().postAs(gateway().vendor(), PlainRequests.PATH, request, "application/json");
    Answer named =
        gateway()
            .postAs(
                gateway().vendor(),
                PlainRequests.PATH + "?party=" + SKIVE.id(),
                request,
                "application/json");
    byte[] withSender =
        PlainRequests.request(HOVEDSTADEN)
            .put("sender", RANDERS.id())
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    Answer inBody =
        gateway().postAs(gateway().vendor(), PlainRequests.PATH, withSender, "application/json");
    Answer anothers =
        gateway()
            .postAs(
                gateway().vendor(),
                PlainRequests.PATH + "?party=" + ODENSE.id(),
                request,
                "application/json");

    assertThat(unclear.expect(400).json().path("code").asText()).isEqualTo("PARTY_AMBIGUOUS");
    assertThat(named.expect(201).json().at("/receipt/sender").asText()).isEqualTo(SKIVE.id());
    assertThat(inBody.expect(201).json().at("/receipt/sender").asText()).isEqualTo(RANDERS.id());
    anothers.expect(403);
    assertThat(
            gateway()
                .getAs(gateway().vendor(), "/api/v1/cases")
                .expect(400)
                .json()
                .path("code")
                .asText())
        .isEqualTo("PARTY_AMBIGUOUS");
    Payload message =
        Messages.at(Instant.now())
            .between(RANDERS.party(), HOVEDSTADEN.party())
            .request(MediaType.FHIR_JSON);
    assertThat(
            gateway()
                .postAs(
                    gateway().vendor(), Partner.PATH, message.bytes(), MediaType.FHIR_JSON.value())
                .expect(202)
                .json()
                .path("sender")
                .asText())
        .isEqualTo(RANDERS.id());
  }

  /** A plain request that was taken. */
  static JsonNode plain(Organisation sender, Organisation receiver, String letter) {
    return gateway()
        .post(
            sender,
            PlainRequests.PATH,
            PlainRequests.request(receiver).toString(),
            "Idempotency-Key",
            letter)
        .expect(201)
        .json();
  }

  /** Accepts, with an Acknowledgement ok in the response. */
  static Reply ok(Received received) {
    return acknowledging(received, AcknowledgementCode.OK);
  }

  static Reply acknowledging(Received received, AcknowledgementCode code) {
    return Reply.body(200, acknowledgement(received, code));
  }

  static Payload acknowledgement(Received received, AcknowledgementCode code) {
    return acknowledgement(received.opened(), code);
  }

  static Payload acknowledgement(Payload letter, AcknowledgementCode code) {
    MessageReading reading = Messages.READER.read(letter);
    return Messages.at(Instant.now())
        .between(
            bySor(reading.sender().sor()).party(),
            bySor(reading.destinations().get(0).receiver().sor()).party())
        .acknowledgement(letter, code, MediaType.FHIR_JSON);
  }

  static Organisation bySor(String sor) {
    return List.of(Organisation.values()).stream()
        .filter(o -> o.sor().equals(sor))
        .findFirst()
        .orElseThrow();
  }

  /** The reply of psychiatry-midt to a request of employment-aarhus. */
  private static Payload reply(MessageReading request, String letter, MediaType type) {
    return reply(MIDT, AARHUS, request, letter, type);
  }

  static Payload reply(
      Organisation from, Organisation to, MessageReading request, String letter, MediaType type) {
    CaseId caseId = request.caseId().orElseThrow();
    LetterContent.Reply content =
        new LetterContent.Reply(
            new CertificateReply(
                Map.of(
                    "facts.account",
                    List.of(new dk.attestbro.model.Answer.TextAnswer("Forløb siden marts."))),
                false,
                "Overlæge Lone Lind",
                "06B4K",
                List.of(new Attachment("Statusattest", "application/pdf", Messages.PDF))));
    return Messages.WRITER.letter(
        new LetterDraft(
            new LetterId(letter),
            new BundleId(UUID.randomUUID().toString()),
            Instant.now(),
            from.party(),
            to.party(),
            false,
            caseId,
            content,
            Optional.of(request),
            Optional.empty()),
        type);
  }

  private static void assertReceipt(JsonNode receipt, String letter, byte[] body) throws Exception {
    assertThat(receipt.path("letterId").asText()).isEqualTo(letter);
    assertThat(receipt.path("sha256").asText()).isEqualTo(Digest.of(body).hex());
    JWSObject jws = JWSObject.parse(receipt.path("jws").asText());
    JWKSet keys = JWKSet.parse(gateway().open("GET", "/.well-known/jwks.json", "").text());
    assertThat(jws.getHeader().getAlgorithm().getName()).isEqualTo("ES256");
    assertThat(
            jws.verify(new ECDSAVerifier(keys.getKeyByKeyId(jws.getHeader().getKeyID()).toECKey())))
        .isTrue();
    JsonNode said = receipt.deepCopy();
    ((ObjectNode) said).remove("jws");
    assertThat(Gateway.JSON.readTree(jws.getPayload().toString())).isEqualTo(said);
  }
}
