package dk.attestbro.gateway.outside;

import static dk.attestbro.gateway.outside.RunningGateway.gateway;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dk.attestbro.fhir.Messages;
import dk.attestbro.gateway.outside.Gateway.Answer;
import dk.attestbro.gateway.outside.Partner.Received;
import dk.attestbro.gateway.outside.Partner.Reply;
import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.AcknowledgementDraft;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.OrganisationIds;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartySample;
import dk.attestbro.model.Payload;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every message that MedCom publishes travels through the gateway as it is. */
@ExtendWith(RunningGateway.class)
class MedComIT {
  @Test
  void carriesEveryPublishedMessageByteForByteAndItsAcknowledgementBack() {
    assumePresent();
    Map<String, Path> sent = new LinkedHashMap<>();
    for (Path file : gateway().medCom().examples()) {
      Payload message = MedComFiles.payload(file);
      MessageReading reading = Messages.READER.read(message);
      if (!isLetter(reading)) {
        continue;
      }
      String sender = MedComFiles.partyOf(reading.sender());
      String letter = reading.letterId().value();
      Path known = sent.putIfAbsent(sender + "/" + letter, file);
      if (known != null) {
        // MedCom publishes one letter twice as an example of a duplicate or of a reused id.
        assertCarried(known);
        Answer answer = gateway().fhir(sender, message);
        assertThat(answer.status()).as(file + " " + answer.text()).isIn(200, 409);
        continue;
      }
      gateway().medComPartner().onLetter(letter, MedComIT::acknowledged);
      Answer answer = gateway().fhir(sender, message);
      assertThat(answer.status()).as(file + " " + answer.text()).isEqualTo(202);
      assertThat(answer.json().path("validatedBy").toString())
          .as(file.toString())
          .contains("medcom");
    }
    sent.values().forEach(MedComIT::assertCarried);
    assertThat(sent).hasSizeGreaterThan(20);
  }

  @Test
  void refusesAPublishedAcknowledgementWhoseLetterWasNeverSent() {
    assumePresent();
    for (Path file : gateway().medCom().examples()) {
      Payload message = MedComFiles.payload(file);
      MessageReading reading = Messages.READER.read(message);
      if (reading.event().filter(e -> e == EventCode.ACKNOWLEDGEMENT).isEmpty()
          || wasPublished(reading)) {
        continue;
      }
      Answer answer = gateway().fhir(MedComFiles.partyOf(reading.sender()), message);
      assertThat(answer.status()).as(file + " " + answer.text()).isEqualTo(422);
      assertThat(answer.text()).as(file.toString()).contains("ACKNOWLEDGEMENT_UNMATCHED");
    }
  }

  private static void assertCarried(Path file) {
    Payload message = MedComFiles.payload(file);
    MessageReading reading = Messages.READER.read(message);
    String letter = reading.letterId().value();
    Received arrived = gateway().medComPartner().awaitLetter(letter, 1);
    assertThat(arrived.sent().bytes()).as(file.toString()).isEqualTo(message.bytes());
    await()
        .atMost(Gateway.LIMIT)
        .untilAsserted(
            () ->
                assertThat(
                        gateway()
                            .get(
                                MedComFiles.partyOf(reading.sender()), "/api/v1/messages/" + letter)
                            .expect(200)
                            .json()
                            .path("status")
                            .asText())
                    .as(file.toString())
                    .isEqualTo("ACKNOWLEDGED"));
    gateway().medComPartner().awaitAcknowledgement(letter);
  }

  private static void assumePresent() {
    assumeTrue(
        gateway().medCom().present(),
        "skipped: MedCom's packages and examples are not at ../shared/medcom (ATTESTBRO_SHARED)");
  }

  private static boolean wasPublished(MessageReading acknowledgement) {
    LetterId about = acknowledgement.acknowledgement().orElseThrow().acknowledges();
    return gateway().medCom().examples().stream()
        .map(MedComFiles::payload)
        .map(Messages.READER::read)
        .anyMatch(r -> r.letterId().equals(about));
  }

  private static boolean isLetter(MessageReading reading) {
    return reading
        .event()
        .filter(e -> e == EventCode.CARE_COMMUNICATION || e == EventCode.HOSPITAL_NOTIFICATION)
        .isPresent();
  }

  private static Reply acknowledged(Received received) {
    MessageReading reading = received.message();
    return Reply.body(
        200,
        Messages.WRITER.acknowledgement(
            new AcknowledgementDraft(
                LetterId.random(),
                BundleId.random(),
                Instant.now(),
                party(
                    reading.destinations().stream()
                        .filter(d -> d.isPrimary() != reading.isCarbonCopy())
                        .findFirst()
                        .orElseThrow()
                        .receiver()),
                party(reading.sender()),
                Optional.empty(),
                reading.letterId(),
                AcknowledgementCode.OK,
                List.of(),
                Optional.of(reading)),
            MediaType.FHIR_JSON));
  }

  private static Party party(OrganisationIds ids) {
    return PartySample.of(
            MedComFiles.partyOf(ids),
            "MedCom " + ids.sor(),
            Party.Kind.OTHER,
            "",
            ids.sor(),
            ids.gln())
        .party();
  }
}
