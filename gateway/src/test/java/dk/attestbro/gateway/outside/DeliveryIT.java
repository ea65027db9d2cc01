package dk.attestbro.gateway.outside;

import static dk.attestbro.gateway.outside.AcknowledgementIT.request;
import static dk.attestbro.gateway.outside.DuplicateTableIT.letterOf;
import static dk.attestbro.gateway.outside.Organisation.AARHUS;
import static dk.attestbro.gateway.outside.Organisation.KORT;
import static dk.attestbro.gateway.outside.Organisation.NORD;
import static dk.attestbro.gateway.outside.Organisation.ODENSE;
import static dk.attestbro.gateway.outside.Organisation.SYD;
import static dk.attestbro.gateway.outside.RunningGateway.gateway;
import static dk.attestbro.gateway.outside.RunningGateway.newId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dk.attestbro.gateway.outside.Gateway.Answer;
import dk.attestbro.gateway.outside.Partner.Reply;
import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a letter when its receiver answers badly, late or not at all. */
@ExtendWith(RunningGateway.class)
class DeliveryIT {
  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 408, 425, 429, 500, 503})
  void triesAgainAfterAStatusThatMayPass(int status) {
    Payload request = request(ODENSE, SYD);
    String letter = letterOf(request);
    gateway().partner(SYD).onLetter(letter, r -> Reply.status(status), JourneyIT::ok);

    gateway().fhir(ODENSE, request).expect(202);

    JsonNode shown = gateway().awaitTransmissions(ODENSE, letter, "ACKNOWLEDGED", 2);
    assertThat(shown.at("/transmissions/0/outcome").asText()).isEqualTo("TRANSIENT_FAILURE");
    assertThat(shown.at("/transmissions/0/reason").asText()).isEqualTo("HTTP_" + status);
    assertThat(shown.at("/transmissions/0/nextAttemptAt").asText()).isNotEmpty();
    assertThat(gateway().partner(SYD).of(letter))
        .extracting(r -> r.sent().sha256())
        .hasSize(2)
        .containsOnly(request.sha256());
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 410, 501, 505})
  void givesUpAtOnceAfterAStatusThatWillNotPass(int status) {
    Payload request = request(ODENSE, SYD);
    String letter = letterOf(request);
    gateway().partner(SYD).onLetter(letter, r -> Reply.status(status));

    gateway().fhir(ODENSE, request).expect(202);

    JsonNode shown = gateway().awaitStatus(ODENSE, letter, "DEAD");
    assertThat(shown.path("transmissions")).hasSize(1);
    assertThat(shown.at("/transmissions/0/outcome").asText()).isEqualTo("FATAL_FAILURE");
    assertThat(told(letter)).contains("NEVER_DELIVERED");
  }

  @Test
  void obeysRetryAfter() {
    Payload request = request(ODENSE, SYD);
    String letter = letterOf(request);
    gateway()
        .partner(SYD)
        .onLetter(letter, r -> Reply.status(503, "Retry-After", "4"), JourneyIT::ok);

    gateway().fhir(ODENSE, request).expect(202);

    JsonNode shown = gateway().awaitTransmissions(ODENSE, letter, "ACKNOWLEDGED", 2);
    assertThat(
            Duration.between(
                Instant.parse(shown.at("/transmissions/0/at").asText()),
                Instant.parse(shown.at("/transmissions/1/at").asText())))
        .isGreaterThanOrEqualTo(Duration.ofMillis(3900));
  }

  @Test
  void reachesAPartnerThatWasDownOnTheThirdAttempt() {
    Payload request = request(ODENSE, SYD);
    String letter = letterOf(request);
    gateway().partner(SYD).onLetter(letter, JourneyIT::ok);
    gateway().partner(SYD).goDown();
    try {
      gateway().fhir(ODENSE, request).expect(202);
      await()
          .atMost(Gateway.LIMIT)
          .until(() -> gateway().message(ODENSE, letter).path("transmissions").size() >= 2);
    } finally {
      gateway().partner(SYD).comeUp();
    }

    JsonNode shown = gateway().awaitStatus(ODENSE, letter, "ACKNOWLEDGED");
    assertThat(shown.at("/transmissions/0/outcome").asText()).isEqualTo("TRANSIENT_FAILURE");
    assertThat(gateway().partner(SYD).of(letter)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void saysThatALetterWasPerhapsDeliveredWhereTheConnectionBroke(boolean hangs) {
    Payload request = request(ODENSE, NORD);
    String letter = letterOf(request);
    gateway().partner(NORD).onLetter(letter, r -> hangs ? Reply.hanging() : Reply.dropped());

    gateway().fhir(ODENSE, request).expect(202);

    JsonNode shown = gateway().awaitStatus(ODENSE, letter, "DEAD");
    assertThat(shown.path("transmissions")).hasSize(2);
    assertThat(shown.at("/transmissions/0/reason").asText())
        .isEqualTo(hangs ? "TIMEOUT" : "CONNECTION_BROKEN");
    assertThat(told(letter)).contains("PERHAPS_DELIVERED");
  }

  @Test
  void holdsBackWhatGoesToAPausedPartner() {
    Payload request = request(ODENSE, SYD);
    String letter = letterOf(request);
    gateway().operate("queues/" + SYD.id() + "/pause").expect(200);
    try {
      gateway().fhir(ODENSE, request).expect(202);
      JsonNode queue = queue(SYD);
      assertThat(queue.path("paused").asBoolean()).isTrue();
      assertThat(queue.path("depth").asInt()).isEqualTo(1);
      await()
          .during(Duration.ofMillis(500))
          .atMost(Gateway.LIMIT)
          .until(() -> gateway().partner(SYD).of(letter).isEmpty());
    } finally {
      gateway().operate("queues/" + SYD.id() + "/resume").expect(200);
    }
    gateway().partner(SYD).awaitLetter(letter, 1);
    gateway().awaitStatus(ODENSE, letter, "SENT");
    assertThat(queue(SYD).path("paused").asBoolean()).isFalse();
  }

  @Test
  void letsOperationsSendADeadLetterAgain() {
    Payload request = request(ODENSE, SYD);
    String letter = letterOf(request);
    gateway().partner(SYD).onLetter(letter, r -> Reply.status(400), JourneyIT::ok);
    gateway().fhir(ODENSE, request).expect(202);
    gateway().awaitStatus(ODENSE, letter, "DEAD");
    assertThat(deadLetters()).contains(letter);

    gateway().operate("dead-letters/" + letter + "/resend").expect(200);

    gateway().awaitStatus(ODENSE, letter, "ACKNOWLEDGED");
    assertThat(gateway().partner(SYD).of(letter))
        .extracting(Partner.Received::bundleId)
        .doesNotHaveDuplicates()
        .hasSize(2);
    assertThat(deadLetters()).doesNotContain(letter);
  }

  @Test
  void tellsTheSenderThatAClosedLetterWasNeverDelivered() {
    Payload request = request(ODENSE, SYD);
    String letter = letterOf(request);
    gateway().partner(SYD).onLetter(letter, r -> Reply.status(400));
    gateway().fhir(ODENSE, request).expect(202);
    gateway().awaitStatus(ODENSE, letter, "DEAD");

    gateway().operate("dead-letters/" + letter + "/close").expect(200);

    await()
        .atMost(Gateway.LIMIT)
        .until(
            () ->
                gateway().partner(ODENSE).acknowledgementsOf(letter).stream()
                    .anyMatch(
                        r ->
                            r.message().acknowledgement().get().code()
                                == AcknowledgementCode.FATAL_ERROR));
    Answer after = gateway().operate("dead-letters/" + letter + "/resend");
    assertThat(after.expect(409).json().path("code").asText()).isEqualTo("STATE_CONFLICT");
    assertThat(deadLetters()).doesNotContain(letter);
    gateway().operate("dead-letters/" + newId() + "/close").expect(404);
  }

  @Test
  void endsAnInboxLetterThatNobodyFetched() {
    String letter = newId();
    JourneyIT.plain(AARHUS, KORT, letter);

    JsonNode shown = gateway().awaitStatus(AARHUS, letter, "DEAD");

    assertThat(shown.path("events").findValuesAsText("code")).contains("PUT_IN_INBOX", "DEAD");
    gateway().get(KORT, "/api/v1/inbox/" + letter).expect(404);
    JsonNode told = gateway().awaitAcknowledgementInInbox(AARHUS, letter);
    assertThat(told.at("/content/code").asText()).isEqualTo("transient-error");
    assertThat(told.at("/content/issues").toString()).contains("TIME_TO_LIVE_ENDED");
  }

  private static String told(String letter) {
    var acknowledgement =
        gateway().partner(ODENSE).awaitAcknowledgement(letter).message().acknowledgement().get();
    assertThat(acknowledgement.code()).isEqualTo(AcknowledgementCode.TRANSIENT_ERROR);
    assertThat(acknowledgement.issues().get(0).code()).isEqualTo("MSG_Mailbox_Out_Of_Operation");
    return acknowledgement.issues().get(0).text();
  }

  private static JsonNode queue(Organisation party) {
    for (JsonNode queue :
        gateway().get("operator", "/api/v1/operations/queues").expect(200).json()) {
      if (queue.path("party").asText().equals(party.id())) {
        return queue;
      }
    }
    throw new AssertionError("no queue of " + party);
  }

  private static List<String> deadLetters() {
    return gateway()
        .get("operator", "/api/v1/operations/dead-letters?limit=200")
        .expect(200)
        .json()
        .path("items")
        .findValuesAsText("letterId");
  }
}
