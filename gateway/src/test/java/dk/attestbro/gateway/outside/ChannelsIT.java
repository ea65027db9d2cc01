package dk.attestbro.gateway.outside;

import static dk.attestbro.gateway.outside.DuplicateTableIT.letterOf;
import static dk.attestbro.gateway.outside.Organisation.EMPLOYMENT_QUEUES;
import static dk.attestbro.gateway.outside.Organisation.FOLDERS;
import static dk.attestbro.gateway.outside.Organisation.QUEUES;
import static dk.attestbro.gateway.outside.RunningGateway.gateway;
import static dk.attestbro.gateway.outside.RunningGateway.newId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dk.attestbro.fhir.Messages;
import dk.attestbro.gateway.evidence.Verdict;
import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.Payload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Parties on a folder and on queues, who never call the gateway. */
@ExtendWith(RunningGateway.class)
class ChannelsIT {
  @Test
  void goesFromAFolderOverQueuesAndBackToTheFolder() throws Exception {
    Payload request = AcknowledgementIT.request(FOLDERS, QUEUES);
    String letter = letterOf(request);
    put("request.json", request.bytes());

    JsonNode receipt = json(awaitFile("to/done", "request.json.receipt.json"));
    assertThat(receipt.path("letterId").asText()).isEqualTo(letter);
    assertThat(receipt.path("sha256").asText()).isEqualTo(request.sha256().hex());
    assertThat(gateway().folder("to/done/request.json")).hasBinaryContent(request.bytes());

    try (QueueClient client = new QueueClient(gateway(), QUEUES)) {
      assertThat(client.receiveLetter().bytes()).isEqualTo(request.bytes());

      client.send(JourneyIT.acknowledgement(request, AcknowledgementCode.OK));
      assertThat(client.receiveAnswer().getStringProperty("attestbro_code")).isEqualTo("TAKEN");
      gateway().awaitStatus(FOLDERS, letter, "ACKNOWLEDGED");
      assertThat(awaitLetter(letter).acknowledgement().orElseThrow().code())
          .isEqualTo(AcknowledgementCode.OK);

      String reply = newId();
      client.send(
          JourneyIT.reply(
              QUEUES, FOLDERS, Messages.READER.read(request), reply, MediaType.FHIR_JSON));
      assertThat(json(QueueClient.bytes(client.receiveAnswer())).path("letterId").asText())
          .isEqualTo(reply);
      assertThat(awaitLetter(reply).letterId().value()).isEqualTo(reply);
      String caseId = receipt.path("caseId").asText();
      gateway().awaitState(QUEUES, caseId, "REPLIED");
      expectTheSignatureOfTheQueuesInTheEvidence(caseId);
    }
  }

  @Test
  void goesBetweenTwoPartiesThatHaveNothingButQueuesOnTheGatewaysBroker() throws Exception {
    Payload request = AcknowledgementIT.request(EMPLOYMENT_QUEUES, QUEUES);
    String letter = letterOf(request);
    try (QueueClient employment = new QueueClient(gateway(), EMPLOYMENT_QUEUES);
        QueueClient psychiatry = new QueueClient(gateway(), QUEUES)) {
      employment.send(request);
      JsonNode receipt = json(QueueClient.bytes(employment.receiveAnswer()));
      assertThat(receipt.path("letterId").asText()).isEqualTo(letter);

      assertThat(psychiatry.receiveLetter().bytes()).isEqualTo(request.bytes());
      psychiatry.send(JourneyIT.acknowledgement(request, AcknowledgementCode.OK));

      MessageReading acknowledgement = Messages.READER.read(employment.receiveLetter());
      assertThat(acknowledgement.acknowledgement().orElseThrow().acknowledges().value())
          .isEqualTo(letter);
      gateway().awaitStatus(EMPLOYMENT_QUEUES, letter, "ACKNOWLEDGED");
      assertThat(psychiatry.receiveAnswer().getStringProperty("attestbro_code")).isEqualTo("TAKEN");
    }
  }

  private static void expectTheSignatureOfTheQueuesInTheEvidence(String caseId) {
    await()
        .atMost(Gateway.LIMIT)
        .untilAsserted(
            () -> {
              Verdict verdict =
                  CasesIT.proof(
                      gateway().get(FOLDERS, "/api/v1/cases/" + caseId + "/evidence").expect(200));
              assertThat(verdict.broken()).isEmpty();
              assertThat(verdict.letters())
                  .anyMatch(letter -> letter.startsWith("letter 1: no signature of its sender"))
                  .anyMatch(
                      letter ->
                          letter.endsWith(
                              "the signature of its sender holds over its content: "
                                  + gateway().key(QUEUES).model().fingerprint()));
            });
  }

  @Test
  void leavesTheReasonBesideAFileThatIsRefused() throws Exception {
    put("wrong.json", "{}".getBytes(StandardCharsets.UTF_8));

    JsonNode refusal = json(awaitFile("to/refused", "wrong.json.refusal.json"));

    assertThat(refusal.path("resourceType").asText()).isEqualTo("OperationOutcome");
    assertThat(refusal.toString()).contains("NOT_FHIR");
  }

  /** Writes it as a partner does: under another name first. */
  private static void put(String name, byte[] bytes) throws IOException {
    Path written = Files.write(gateway().folder("to/" + name + ".tmp"), bytes);
    Files.move(written, gateway().folder("to/" + name));
  }

  private static byte[] awaitFile(String folder, String name) throws IOException {
    Path file = gateway().folder(folder).resolve(name);
    await().atMost(Gateway.LIMIT).until(() -> Files.exists(file));
    return Files.readAllBytes(file);
  }

  /** The message in the folder that is, or acknowledges, this letter. */
  private static MessageReading awaitLetter(String letter) throws IOException {
    await().atMost(Gateway.LIMIT).until(() -> !letters(letter).isEmpty());
    return letters(letter).get(0);
  }

  private static List<MessageReading> letters(String letter) throws IOException {
    try (Stream<Path> files = Files.list(gateway().folder("from"))) {
      return files
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .map(ChannelsIT::read)
          .filter(
              message ->
                  message.letterId().value().equals(letter)
                      || message
                          .acknowledgement()
                          .filter(a -> a.acknowledges().value().equals(letter))
                          .isPresent())
          .toList();
    }
  }

  private static MessageReading read(Path file) {
    try {
      return Messages.READER.read(new Payload(Files.readAllBytes(file), MediaType.FHIR_JSON));
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  private static JsonNode json(byte[] bytes) throws IOException {
    return Gateway.JSON.readTree(bytes);
  }
}
