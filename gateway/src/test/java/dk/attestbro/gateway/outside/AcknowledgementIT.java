package dk.attestbro.gateway.outside;

import static dk.attestbro.gateway.outside.DuplicateTableIT.letterOf;
import static dk.attestbro.gateway.outside.Organisation.NORD;
import static dk.attestbro.gateway.outside.Organisation.ODENSE;
import static dk.attestbro.gateway.outside.Organisation.SJAELLAND;
import static dk.attestbro.gateway.outside.Organisation.SYD;
import static dk.attestbro.gateway.outside.Organisation.VEJLE;
import static dk.attestbro.gateway.outside.RunningGateway.gateway;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dk.attestbro.fhir.Messages;
import dk.attestbro.gateway.outside.Gateway.Answer;
import dk.attestbro.gateway.outside.Partner.Received;
import dk.attestbro.gateway.outside.Partner.Reply;
import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.AcknowledgementReading;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a receiver's answer does, what a missing one does, and what counts as none. */
@ExtendWith(RunningGateway.class)
class AcknowledgementIT {
  @ParameterizedTest
  @CsvSource({
    "OK,true,ACKNOWLEDGED", "OK,false,ACKNOWLEDGED",
    "FATAL_ERROR,true,REFUSED_BY_RECEIVER", "FATAL_ERROR,false,REFUSED_BY_RECEIVER",
    "TRANSIENT_ERROR,true,SENT", "TRANSIENT_ERROR,false,SENT"
  })
  void countsInTheResponseAndPosted(AcknowledgementCode code, boolean inResponse, String status) {
    Payload request = request(ODENSE, SYD);
    String letter = letterOf(request);
    Payload acknowledgement = JourneyIT.acknowledgement(request, code);
    if (inResponse) {
      gateway().partner(SYD).onLetter(letter, r -> Reply.body(200, acknowledgement));
    }
    gateway().fhir(ODENSE, request).expect(202);
    if (!inResponse) {
      gateway().awaitStatus(ODENSE, letter, "SENT");
      gateway().fhir(SYD, acknowledgement).expect(202);
    }

    Received passedOn = gateway().partner(ODENSE).awaitAcknowledgement(letter);

    assertThat(passedOn.sent().bytes()).isEqualTo(acknowledgement.bytes());
    JsonNode shown = gateway().awaitStatus(ODENSE, letter, status);
    assertThat(shown.at("/acknowledgement/code").asText()).isEqualTo(code.code());
    if (code != AcknowledgementCode.OK) {
      assertThat(shown.at("/acknowledgement/issues/0/code").asText()).isEqualTo("MSG_LOCAL_FAIL");
    }
  }

  @Test
  void ignoresARepetitionAndRefusesAContradiction() {
    Payload request = request(ODENSE, SYD);
    String letter = letterOf(request);
    gateway().fhir(ODENSE, request).expect(202);
    gateway().awaitStatus(ODENSE, letter, "SENT");
    gateway().fhir(SYD, JourneyIT.acknowledgement(request, AcknowledgementCode.OK)).expect(202);

    Answer repeated =
        gateway().fhir(SYD, JourneyIT.acknowledgement(request, AcknowledgementCode.OK)).expect(200);
    Answer contradicting =
        gateway()
            .fhir(SYD, JourneyIT.acknowledgement(request, AcknowledgementCode.FATAL_ERROR))
            .expect(409);

    assertThat(repeated.json().path("resourceType").asText()).isEqualTo("OperationOutcome");
    assertThat(contradicting.text()).contains("ACKNOWLEDGEMENT_CONTRADICTED");
    assertThat(gateway().message(ODENSE, letter).path("events").findValuesAsText("code"))
        .contains("ACKNOWLEDGEMENT_CONTRADICTED");
    gateway().partner(ODENSE).awaitAcknowledgement(letter);
    assertThat(
            gateway()
                .awaitStatus(ODENSE, letter, "ACKNOWLEDGED")
                .at("/acknowledgement/code")
                .asText())
        .isEqualTo("ok");
    assertThat(gateway().partner(ODENSE).acknowledgementsOf(letter)).hasSize(1);
  }

  @Test
  void refusesAnAcknowledgementOfAnothersLetter() {
    Payload request = request(ODENSE, SYD);
    gateway().fhir(ODENSE, request).expect(202);
    Payload theirs =
        RunningGateway.replaced(
            RunningGateway.replaced(
                JourneyIT.acknowledgement(request, AcknowledgementCode.OK), SYD.sor(), NORD.sor()),
            SYD.gln(),
            NORD.gln());

    Answer refused = gateway().fhir(NORD, theirs).expect(422);

    assertThat(refused.json().path("resourceType").asText()).isEqualTo("OperationOutcome");
    assertThat(refused.text()).contains("ACKNOWLEDGEMENT_UNMATCHED");
  }

  @Test
  void refusesAnAcknowledgementOfAnAcknowledgement() {
    Payload request = request(ODENSE, SYD);
    String letter = letterOf(request);
    gateway().partner(SYD).onLetter(letter, JourneyIT::ok);
    gateway().fhir(ODENSE, request).expect(202);
    Received acknowledgement = gateway().partner(ODENSE).awaitAcknowledgement(letter);

    Answer refused =
        gateway()
            .fhir(ODENSE, JourneyIT.acknowledgement(acknowledgement, AcknowledgementCode.OK))
            .expect(422);

    assertThat(refused.json().path("resourceType").asText()).isEqualTo("OperationOutcome");
    assertThat(refused.text()).contains("ACKNOWLEDGEMENT_UNMATCHED");
  }

  @Test
  void answersForAReceiverThatCannotAcknowledge() {
    Payload request = request(ODENSE, SJAELLAND);
    String letter = letterOf(request);
    gateway().fhir(ODENSE, request).expect(202);

    Received made = gateway().partner(ODENSE).awaitAcknowledgement(letter);

    assertThat(made.message().acknowledgement().get().code()).isEqualTo(AcknowledgementCode.OK);
    assertThat(made.message().sender().sor()).isEqualTo(SJAELLAND.sor());
    gateway().awaitStatus(ODENSE, letter, "ACKNOWLEDGED");
    assertThat(new String(made.sent().bytes(), StandardCharsets.UTF_8))
        .contains("Provenance")
        .contains("Attestbro");
  }

  @Test
  void resendsInANewEnvelopeThenGivesUpAndStillTakesALateAcknowledgement() {
    Payload request = request(ODENSE, NORD);
    String letter = letterOf(request);
    gateway().fhir(ODENSE, request).expect(202);

    Received first = gateway().partner(NORD).awaitLetter(letter, 1);
    Received second = gateway().partner(NORD).awaitLetter(letter, 2);
    assertThat(second.letterId()).isEqualTo(first.letterId());
    assertThat(second.bundleId()).isNotEqualTo(first.bundleId());
    assertThat(second.message().contentDigest()).isEqualTo(first.message().contentDigest());

    JsonNode dead = gateway().awaitStatus(ODENSE, letter, "DEAD");
    assertThat(gateway().partner(NORD).of(letter)).hasSize(2);
    assertThat(dead.path("events").findValuesAsText("code")).contains("RESENT", "DEAD");
    AcknowledgementReading told =
        gateway().partner(ODENSE).awaitAcknowledgement(letter).message().acknowledgement().get();
    assertThat(told.code()).isEqualTo(AcknowledgementCode.TRANSIENT_ERROR);
    assertThat(told.issues().get(0).code()).isEqualTo("MSG_Mailbox_Out_Of_Operation");
    assertThat(told.issues().get(0).text()).contains("NOT_ACKNOWLEDGED");

    Payload late = JourneyIT.acknowledgement(second, AcknowledgementCode.OK);
    gateway().fhir(NORD, late).expect(202);
    gateway().awaitStatus(ODENSE, letter, "ACKNOWLEDGED");
    await()
        .atMost(Gateway.LIMIT)
        .until(() -> gateway().partner(ODENSE).acknowledgementsOf(letter).size() == 2);
  }

  @Test
  void leavesResendingToASenderThatResendsItself() {
    Payload request = request(VEJLE, NORD);
    String letter = letterOf(request);
    gateway().fhir(VEJLE, request).expect(202);

    gateway().awaitStatus(VEJLE, letter, "DEAD");

    assertThat(gateway().partner(NORD).of(letter)).hasSize(1);
    assertThat(gateway().awaitAcknowledgementInInbox(VEJLE, letter).at("/content/code").asText())
        .isEqualTo("transient-error");
  }

  @ParameterizedTest
  @EnumSource(
      value = MediaType.class,
      names = {"FHIR_JSON", "FHIR_XML"})
  void takesAnAcknowledgementInTheBodyOfAnyStatus(MediaType type) {
    Payload request = request(ODENSE, SYD);
    String letter = letterOf(request);
    Payload acknowledgement =
        Messages.WRITER.as(
            JourneyIT.acknowledgement(request, AcknowledgementCode.FATAL_ERROR), type);
    gateway().partner(SYD).onLetter(letter, r -> Reply.body(422, acknowledgement));
    gateway().fhir(ODENSE, request).expect(202);

    JsonNode shown = gateway().awaitTransmissions(ODENSE, letter, "REFUSED_BY_RECEIVER", 1);

    assertThat(shown.at("/transmissions/0/outcome").asText()).isEqualTo("DELIVERED");
  }

  static Payload request(Organisation sender, Organisation receiver) {
    return Messages.at(Instant.now())
        .between(sender.party(), receiver.party())
        .request(MediaType.FHIR_JSON);
  }
}
