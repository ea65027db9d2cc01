package dk.attestbro.gateway.journey;

import static dk.attestbro.fhir.SampleDirectory.MIDT;
import static dk.attestbro.fhir.SampleDirectory.ODENSE;
import static dk.attestbro.fhir.SampleDirectory.SYD;
import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.Circuit;
import dk.attestbro.model.DeliveryOutcome;
import dk.attestbro.model.DeliveryOutcome.TransientFailure;
import dk.attestbro.model.Endpoint.Channel;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.OutboxRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CircuitsTest {
  private static final DeliveryOutcome DOWN = new TransientFailure("CONNECT_FAILED");
  private static final int WAITING = 8;

  private final TestGateway gateway = new TestGateway();

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void asksAReceiverThatIsDownByOneLetterAtATime() {
    isDown();
    List<LetterRef> letters = requests();

    gateway.deliverAll();
    gateway.deliverAll();

    assertThat(gateway.delivered).hasSize(5);
    assertThat(gateway.circuits.of(MIDT.id()).state()).isEqualTo(Circuit.State.OPEN);
    assertThat(letters).filteredOn(ref -> gateway.row(ref).attempts() == 0).hasSize(3);

    gateway.clock.pass(Duration.ofSeconds(10));
    gateway.deliverAll();
    gateway.deliverAll();
    assertThat(gateway.delivered).hasSize(6);

    gateway.clock.pass(Duration.ofSeconds(19));
    gateway.deliverAll();
    assertThat(gateway.delivered).hasSize(6);
  }

  @Test
  void sendsEverythingOnceAProbeGotThrough() {
    isDown();
    List<LetterRef> letters = requests();
    gateway.deliverAll();
    gateway.outcomes.clear();

    gateway.clock.pass(Duration.ofSeconds(10));
    gateway.deliverAll();
    assertThat(gateway.delivered).hasSize(6);
    assertThat(gateway.circuits.of(MIDT.id())).isEqualTo(Circuit.CLOSED);

    gateway.clock.pass(Duration.ofMinutes(1));
    gateway.deliverAll();
    assertThat(letters)
        .allMatch(ref -> gateway.row(ref).phase() == OutboxRow.Phase.AWAITING)
        .filteredOn(ref -> gateway.row(ref).attempts() == 1)
        .hasSize(3);
  }

  @Test
  void holdsUpNobodyElse() {
    isDown();
    requests();
    gateway.deliverAll();
    gateway.outcomes.clear();

    LetterRef other =
        gateway.sent(TestGateway.newCase().between(ODENSE, SYD).request(MediaType.FHIR_JSON));

    assertThat(gateway.letter(other).status()).isEqualTo(LetterStatus.SENT);
  }

  @Test
  void countsNoLetterAsStuckThatWaitsForAProbe() {
    isDown();
    requests();
    gateway.deliverAll();
    gateway.clock.pass(Duration.ofHours(1));

    StuckLetters stuck =
        new StuckLetters(
            gateway.memory, gateway.circuits, Duration.ofMinutes(10), gateway.raise, gateway.clock);

    assertThat(stuck.look()).isZero();
  }

  @Test
  void keepsNoLetterFromItsFallback() {
    Duration after = Duration.ofHours(4);
    gateway.change(Parties.withFallback(MIDT, after, Parties.byMail("post@midt.example")));
    isDown();
    List<LetterRef> letters = requests();

    play(after);
    assertThat(gateway.channels).containsOnly(Channel.HTTPS);
    gateway.outcomes.clear();
    play(Duration.ofMinutes(2));

    assertThat(gateway.channels.stream().filter(Channel.MAIL::equals)).hasSize(WAITING);
    assertThat(letters).allMatch(ref -> gateway.row(ref).viaFallback());
  }

  @Test
  void beginsWithAClosedOneAtANewAddress() {
    isDown();
    requests();
    gateway.deliverAll();

    gateway.change(Parties.at(MIDT, "https://new.example/fhir"));

    assertThat(gateway.circuits.of(MIDT.id())).isEqualTo(Circuit.CLOSED);
    assertThat(gateway.circuits.held()).isEmpty();
  }

  private List<LetterRef> requests() {
    List<LetterRef> letters = new ArrayList<>();
    for (int i = 0; i < WAITING; i++) {
      letters.add(gateway.recorded(TestGateway.newCase().request(MediaType.FHIR_JSON)));
    }
    return letters;
  }

  private void isDown() {
    for (int attempt = 0; attempt < 500; attempt++) {
      gateway.outcomes.add(DOWN);
    }
  }

  /** Lets this time pass, minute by minute. */
  private void play(Duration time) {
    for (long minute = 0; minute < time.toMinutes(); minute++) {
      gateway.deliverAll();
      gateway.clock.pass(Duration.ofMinutes(1));
    }
  }
}
