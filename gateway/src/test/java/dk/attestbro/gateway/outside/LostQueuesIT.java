package dk.attestbro.gateway.outside;

import static dk.attestbro.gateway.outside.DuplicateTableIT.letterOf;
import static dk.attestbro.gateway.outside.Organisation.ODENSE;
import static dk.attestbro.gateway.outside.Organisation.WAITING_QUEUES;
import static dk.attestbro.gateway.outside.RunningGateway.gateway;
import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.fhir.Messages;
import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.Payload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of a letter that waits on a queue whose journal is lost. */
@ExtendWith(RunningGateway.class)
class LostQueuesIT {
  @Test
  void resendsALetterThatWasLostWithTheQueueBeforeItsReceiverTookIt() throws Exception {
    Payload request = AcknowledgementIT.request(ODENSE, WAITING_QUEUES);
    String letter = letterOf(request);
    gateway().fhir(ODENSE, request).expect(202);
    gateway().awaitStatus(ODENSE, letter, "SENT");

    gateway().restart(data -> Gateway.delete(data.resolve("artemis-partners")));

    try (QueueClient psychiatry = new QueueClient(gateway(), WAITING_QUEUES)) {
      Payload came = psychiatry.receiveLetter();
      assertThat(Messages.READER.read(came).letterId().value()).isEqualTo(letter);
      psychiatry.send(JourneyIT.acknowledgement(came, AcknowledgementCode.OK));
      gateway().awaitStatus(ODENSE, letter, "ACKNOWLEDGED");
      assertThat(psychiatry.hasNoMoreFor(1000)).isTrue();
    }
    assertThat(gateway().message(ODENSE, letter).path("events").findValuesAsText("code"))
        .containsOnlyOnce("RESENT");
  }
}
