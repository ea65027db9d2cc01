package dk.attestbro.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.fhir.Messages;
import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.AcknowledgementIssue;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Party;
import dk.attestbro.model.Payload;
import dk.attestbro.model.RefusalReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** employment-aarhus has an inbox: a reply from psychiatry-midt waits in it. */
final class AcknowledgeInboxItemTest {
  private static final Party AARHUS = SampleDirectory.AARHUS;
  private static final Party MIDT = SampleDirectory.MIDT;

  private final TestGateway gateway = new TestGateway();
  private final LetterRef request;
  private final LetterRef reply;

  AcknowledgeInboxItemTest() {
    Messages messages = TestGateway.newCase().between(AARHUS, MIDT);
    Payload asked = messages.request(MediaType.FHIR_JSON);
    gateway.post(AARHUS, asked);
    gateway.deliverAll();
    gateway.post(
        MIDT, messages.acknowledgement(asked, AcknowledgementCode.OK, MediaType.FHIR_JSON));
    gateway.clock.pass(Duration.ofDays(8));
    Payload answered = messages.reply(asked, MediaType.FHIR_JSON);
    gateway.post(MIDT, answered);
    gateway.deliverAll();
    request = TestGateway.ref(AARHUS, asked);
    reply = TestGateway.ref(MIDT, answered);
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void okTakesTheItemOutAndEndsTheLetter() {
    Answer answer = acknowledge(reply, AcknowledgementCode.OK);

    assertThat(answer).isInstanceOf(Answer.Accepted.class);
    assertThat(gateway.letter(reply).status()).isEqualTo(LetterStatus.ACKNOWLEDGED);
    assertThat(gateway.memory.items(AARHUS.id(), reply.id())).isEmpty();
  }

  @Test
  void transientErrorLeavesTheItem() {
    acknowledge(reply, AcknowledgementCode.TRANSIENT_ERROR);

    assertThat(gateway.letter(reply).status()).isEqualTo(LetterStatus.SENT);
    assertThat(gateway.memory.items(AARHUS.id(), reply.id())).hasSize(1);
  }

  @Test
  void sameCodeAgainChangesNothing() {
    acknowledge(reply, AcknowledgementCode.OK);

    assertThat(acknowledge(reply, AcknowledgementCode.OK))
        .isInstanceOf(Answer.AcknowledgementIgnored.class);
  }

  @Test
  void anotherFinalCodeIsRefused() {
    acknowledge(reply, AcknowledgementCode.OK);

    assertThat(reason(acknowledge(reply, AcknowledgementCode.FATAL_ERROR)))
        .isEqualTo(RefusalReason.ACKNOWLEDGEMENT_CONTRADICTED);
  }

  @Test
  void anAcknowledgementIsOnlyTakenOut() {
    LetterRef acknowledgement = gateway.letter(request).acknowledgement().orElseThrow().letter();
    assertThat(gateway.memory.items(AARHUS.id(), acknowledgement.id())).hasSize(1);

    Answer answer = acknowledge(acknowledgement, AcknowledgementCode.OK);

    assertThat(answer).isInstanceOf(Answer.TakenFromInbox.class);
    assertThat(gateway.memory.items(AARHUS.id(), acknowledgement.id())).isEmpty();
    assertThat(gateway.letter(acknowledgement).acknowledgement()).isEmpty();
  }

  @Test
  void anothersLetterIsNotFound() {
    assertThat(reason(acknowledge(request, AcknowledgementCode.OK)))
        .isEqualTo(RefusalReason.NOT_FOUND);
  }

  private Answer acknowledge(LetterRef letter, AcknowledgementCode code) {
    return gateway.acknowledgeInboxItem.take(
        TestGateway.caller(AARHUS),
        AARHUS.id(),
        letter.id(),
        Optional.empty(),
        code,
        code == AcknowledgementCode.OK
            ? List.of()
            : List.of(new AcknowledgementIssue("MSG_LOCAL_FAIL", "Systemet er ikke klar.")));
  }

  private static RefusalReason reason(Answer answer) {
    return ((Answer.Refused) answer).refusal().reason();
  }
}
