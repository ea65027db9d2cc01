package dk.attestbro.gateway.outside;

import static dk.attestbro.gateway.outside.Organisation.AARHUS;
import static dk.attestbro.gateway.outside.Organisation.MIDT;
import static dk.attestbro.gateway.outside.Organisation.NORD;
import static dk.attestbro.gateway.outside.Organisation.ODENSE;
import static dk.attestbro.gateway.outside.Organisation.SYD;
import static dk.attestbro.gateway.outside.Organisation.VEJLE;
import static dk.attestbro.gateway.outside.RunningGateway.gateway;
import static dk.attestbro.gateway.outside.RunningGateway.newId;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dk.attestbro.fhir.BrokenRequests;
import dk.attestbro.fhir.Messages;
import dk.attestbro.gateway.outside.Gateway.Answer;
import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.Payload;
import dk.attestbro.model.RefusalReason;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every row of the table of duplicates (design, section 3). */
@ExtendWith(RunningGateway.class)
class DuplicateTableIT {
  @Test
  void givesTheFirstAnswerAgainToTheSameLetterInTheSameEnvelope() {
    Payload request = request(SYD);
    String letter = letterOf(request);
    Answer first = gateway().fhir(ODENSE, request).expect(202);
    gateway().awaitStatus(ODENSE, letter, "SENT");

    Answer again = gateway().fhir(ODENSE, request).expect(200);
    Answer asXml =
        gateway().fhir(ODENSE, Messages.WRITER.as(request, MediaType.FHIR_XML)).expect(200);

    assertThat(again.json()).isEqualTo(first.json());
    assertThat(asXml.json()).isEqualTo(first.json());
    assertThat(gateway().partner(SYD).of(letter)).hasSize(1);
    assertThat(gateway().message(ODENSE, letter).path("events").findValuesAsText("code"))
        .contains("DUPLICATE_ANSWERED");
  }

  @Test
  void relaysANewEnvelopeAsItCameWhileNoFinalAcknowledgementIsKnown() {
    Payload request = request(SYD);
    String letter = letterOf(request);
    Answer first = gateway().fhir(ODENSE, request).expect(202);
    gateway().awaitStatus(ODENSE, letter, "SENT");
    Payload again = inNewEnvelope(request);

    Answer repeated = gateway().fhir(ODENSE, again).expect(200);

    assertThat(repeated.json()).isEqualTo(first.json());
    assertThat(gateway().partner(SYD).awaitLetter(letter, 2).sent().bytes())
        .isEqualTo(again.bytes());
    JsonNode shown = gateway().awaitStatus(ODENSE, letter, "SENT");
    assertThat(shown.path("transmissions")).hasSize(2);
  }

  @Test
  void givesTheReceiptOnlyWhereTheGatewayIsAboutToSendItAnyway() {
    Payload request = request(SYD);
    String letter = letterOf(request);
    gateway().operate("queues/" + SYD.id() + "/pause").expect(200);
    try {
      Answer first = gateway().fhir(ODENSE, request).expect(202);
      Answer repeated = gateway().fhir(ODENSE, inNewEnvelope(request)).expect(200);
      assertThat(repeated.json()).isEqualTo(first.json());
    } finally {
      gateway().operate("queues/" + SYD.id() + "/resume").expect(200);
    }
    gateway().awaitStatus(ODENSE, letter, "SENT");
    assertThat(gateway().partner(SYD).of(letter)).hasSize(1);
    assertThat(gateway().partner(SYD).of(letter).get(0).sent().bytes()).isEqualTo(request.bytes());
  }

  @Test
  void replacesTheWaitingEnvelopeOfASenderThatResendsItself() {
    Payload request =
        Messages.at(Instant.now()).between(VEJLE.party(), SYD.party()).request(MediaType.FHIR_JSON);
    String letter = letterOf(request);
    Payload again = inNewEnvelope(request);
    gateway().operate("queues/" + SYD.id() + "/pause").expect(200);
    try {
      gateway().fhir(VEJLE, request).expect(202);
      gateway().fhir(VEJLE, again).expect(200);
    } finally {
      gateway().operate("queues/" + SYD.id() + "/resume").expect(200);
    }
    gateway().awaitStatus(VEJLE, letter, "SENT");
    assertThat(gateway().partner(SYD).of(letter)).hasSize(1);
    assertThat(gateway().partner(SYD).of(letter).get(0).sent().bytes()).isEqualTo(again.bytes());
  }

  @Test
  void answersTheFinalAcknowledgementAgainInANewEnvelope() {
    Payload request = request(SYD);
    String letter = letterOf(request);
    gateway().partner(SYD).onLetter(letter, JourneyIT::ok);
    gateway().fhir(ODENSE, request).expect(202);
    gateway().awaitStatus(ODENSE, letter, "ACKNOWLEDGED");
    MessageReading given = gateway().partner(ODENSE).awaitAcknowledgement(letter).message();

    MessageReading same =
        Messages.READER.read(gateway().fhir(ODENSE, request).expect(200).payload());
    MessageReading again =
        Messages.READER.read(
            gateway()
                .fhir(ODENSE, Messages.WRITER.as(inNewEnvelope(request), MediaType.FHIR_XML))
                .expect(200)
                .payload());

    for (MessageReading answer : List.of(same, again)) {
      assertThat(answer.letterId()).isEqualTo(given.letterId());
      assertThat(answer.bundleId()).isNotEqualTo(given.bundleId());
      assertThat(answer.contentDigest()).isEqualTo(given.contentDigest());
      assertThat(answer.acknowledgement().get().code()).isEqualTo(AcknowledgementCode.OK);
    }
    assertThat(again.bundleId()).isNotEqualTo(same.bundleId());
    assertThat(gateway().partner(SYD).of(letter)).hasSize(1);
  }

  @Test
  void relaysANewEnvelopeAfterATransientError() {
    Payload request = request(SYD);
    String letter = letterOf(request);
    gateway()
        .partner(SYD)
        .onLetter(
            letter,
            r -> JourneyIT.acknowledging(r, AcknowledgementCode.TRANSIENT_ERROR),
            JourneyIT::ok);
    gateway().fhir(ODENSE, request).expect(202);
    gateway().partner(ODENSE).awaitAcknowledgement(letter);
    assertThat(gateway().awaitStatus(ODENSE, letter, "SENT").at("/acknowledgement/code").asText())
        .isEqualTo("transient-error");

    gateway().fhir(ODENSE, inNewEnvelope(request)).expect(200);

    gateway().awaitStatus(ODENSE, letter, "ACKNOWLEDGED");
    assertThat(gateway().partner(SYD).of(letter)).hasSize(2);
  }

  @Test
  void refusesAKnownBundleIdForANewLetterAndRecordsIt() {
    Payload request = request(SYD);
    gateway().fhir(ODENSE, request).expect(202);
    String other = newId();
    Payload reused = RunningGateway.replaced(request, letterOf(request), other);

    Answer refused = gateway().fhir(ODENSE, reused).expect(422);

    MessageReading acknowledgement = Messages.READER.read(refused.payload());
    assertThat(acknowledgement.acknowledgement().get().code())
        .isEqualTo(AcknowledgementCode.FATAL_ERROR);
    assertThat(refused.text()).contains("BUNDLE_ID_REUSED").contains("MSG_DUPLICATE_ID");
    JsonNode shown = gateway().message(ODENSE, other);
    assertThat(shown.path("status").asText()).isEqualTo("REFUSED");
    assertThat(shown.path("bundleId").isNull() || shown.path("bundleId").isMissingNode()).isTrue();
    assertThat(
            Messages.READER.read(gateway().fhir(ODENSE, reused).expect(422).payload()).letterId())
        .isEqualTo(acknowledgement.letterId());
  }

  @Test
  void refusesTheSameLetterIdWithOtherContent() {
    Payload request = request(NORD);
    String letter = letterOf(request);
    gateway().fhir(ODENSE, request).expect(202);
    Payload changed =
        RunningGateway.replaced(inNewEnvelope(request), "fra foråret", "fra sommeren");

    Answer refused = gateway().fhir(ODENSE, changed).expect(409);

    assertThat(refused.json().path("resourceType").asText()).isEqualTo("OperationOutcome");
    assertThat(refused.text()).contains("CONTENT_CHANGED");
    assertThat(gateway().message(ODENSE, letter).path("events").findValuesAsText("code"))
        .contains("CONTENT_CHANGED");
  }

  @Test
  void refusesARefusedLetterAgainWithTheSameAcknowledgement() {
    Payload broken =
        BrokenRequests.of(
            RefusalReason.FORM_UNKNOWN,
            Messages.at(Instant.now()).between(ODENSE.party(), MIDT.party()));
    String letter = letterOf(broken);

    Answer first = gateway().fhir(ODENSE, broken).expect(422);
    Answer again = gateway().fhir(ODENSE, broken).expect(422);
    Answer newEnvelope = gateway().fhir(ODENSE, inNewEnvelope(broken)).expect(422);

    MessageReading given = Messages.READER.read(first.payload());
    assertThat(Messages.READER.read(again.payload()).letterId()).isEqualTo(given.letterId());
    assertThat(Messages.READER.read(newEnvelope.payload()).letterId()).isEqualTo(given.letterId());
    assertThat(Messages.READER.read(again.payload()).bundleId()).isNotEqualTo(given.bundleId());
    assertThat(gateway().message(ODENSE, letter).path("status").asText()).isEqualTo("REFUSED");
  }

  @Test
  void knowsAPlainRequestByItsKey() {
    String key = newId();
    JsonNode first = JourneyIT.plain(AARHUS, SYD, key);
    String same = PlainRequests.request(SYD).toString();
    String other = PlainRequests.request(SYD).put("reference", "another").toString();

    Answer again = gateway().post(AARHUS, PlainRequests.PATH, same, "Idempotency-Key", key);
    Answer changed = gateway().post(AARHUS, PlainRequests.PATH, other, "Idempotency-Key", key);

    assertThat(again.expect(200).json().path("receipt")).isEqualTo(first.path("receipt"));
    assertThat(changed.expect(409).json().path("code").asText()).isEqualTo("CONTENT_CHANGED");
  }

  private static Payload request(Organisation receiver) {
    return Messages.at(Instant.now())
        .between(ODENSE.party(), receiver.party())
        .request(MediaType.FHIR_JSON);
  }

  static String letterOf(Payload message) {
    return Messages.READER.read(message).letterId().value();
  }

  static Payload inNewEnvelope(Payload message) {
    return Messages.WRITER.inNewEnvelope(message, BundleId.random(), Instant.now());
  }
}
