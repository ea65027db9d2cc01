package dk.attestbro.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.model.DeliveryOutcome;
import dk.attestbro.model.DeliveryOutcome.FatalFailure;
import dk.attestbro.model.DeliveryOutcome.TransientFailure;
import dk.attestbro.model.Endpoint;
import dk.attestbro.model.Endpoint.Channel;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.TimelineCode;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FallbackTest {
  private static final Duration AFTER = Duration.ofHours(4);
  private static final int ATTEMPTS = 9;
  private static final DeliveryOutcome DOWN = new TransientFailure("CONNECTION_FAILED");

  private final TestGateway gateway = new TestGateway();

  @BeforeEach
  void midtHasAFallback() {
    gateway.change(
        Parties.withFallback(SampleDirectory.MIDT, AFTER, Parties.byMail("post@midt.example")));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void takesOverOnceTheEndpointNeverHadTheLetterForSoLong() {
    isDown();
    LetterRef ref = request();

    play(AFTER.plusMinutes(1));

    assertThat(gateway.channels.get(0)).isEqualTo(Channel.HTTPS);
    assertThat(gateway.channels).hasSize(10).endsWith(Channel.MAIL);
    assertThat(gateway.timeline(ref))
        .contains(TimelineCode.FALLBACK_TAKEN)
        .endsWith(TimelineCode.DELIVERED);
    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.SENT);
  }

  @Test
  void waitsForItsTimeThoughTheEndpointsAttemptsAreOver() {
    isDown();
    LetterRef ref = request();

    play(AFTER.minusMinutes(1));

    assertThat(gateway.channels).hasSize(9).containsOnly(Channel.HTTPS);
    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.QUEUED);

    play(Duration.ofMinutes(2));

    assertThat(gateway.channels).hasSize(10).endsWith(Channel.MAIL);
  }

  @Test
  void neverTakesOverWhatPerhapsArrived() {
    gateway.outcomes.add(new TransientFailure("TIMEOUT", Optional.empty(), true, false));
    isDown();
    LetterRef ref = request();

    play(AFTER.plusHours(1));

    assertThat(gateway.channels).containsOnly(Channel.HTTPS);
    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.DEAD);
    assertThat(gateway.letter(ref).problems().get(0).reason())
        .isEqualTo(RefusalReason.PERHAPS_DELIVERED);
  }

  @Test
  void neverTakesOverWhatTheReceiverRejectedOrAnswered() {
    gateway.outcomes.add(new FatalFailure("HTTP_400"));
    LetterRef rejected = request();
    play(Duration.ZERO);
    LetterRef delivered = request();

    play(AFTER.plusHours(1));

    assertThat(gateway.channels).containsOnly(Channel.HTTPS);
    assertThat(gateway.letter(rejected).status()).isEqualTo(LetterStatus.DEAD);
    assertThat(gateway.timeline(delivered)).doesNotContain(TimelineCode.FALLBACK_TAKEN);
  }

  @Test
  void triesByItsOwnPolicyAndEndsDeadWhenItCannotEither() {
    for (int attempt = 0; attempt < 30; attempt++) {
      isDown();
    }
    LetterRef ref = request();

    play(AFTER.plusHours(3));

    assertThat(gateway.channels.stream().filter(Channel.MAIL::equals)).hasSize(9);
    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.DEAD);
    assertThat(gateway.letter(ref).problems().get(0).reason())
        .isEqualTo(RefusalReason.NEVER_DELIVERED);
  }

  @Test
  void resendsOfWhatTheFallbackDeliveredGoByTheFallback() {
    isDown();
    LetterRef ref = request();

    play(AFTER.plusMinutes(40));

    assertThat(gateway.channels).hasSize(11).endsWith(Channel.MAIL, Channel.MAIL);
    assertThat(gateway.row(ref).phase()).isEqualTo(OutboxRow.Phase.AWAITING);
  }

  @Test
  void doesNotTakeOverLettersOfAnEventThatItDoesNotTake() {
    Endpoint replies = Parties.receiving(Parties.byMail("post@midt.example"), "certificate-reply");
    gateway.change(Parties.withFallback(SampleDirectory.MIDT, AFTER, replies));
    isDown();
    request();

    play(AFTER.plusMinutes(1));

    assertThat(gateway.channels).containsOnly(Channel.HTTPS);
  }

  private LetterRef request() {
    return gateway.recorded(TestGateway.newCase().request(MediaType.FHIR_JSON));
  }

  /** For as many attempts as the endpoint's policy allows. */
  private void isDown() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      gateway.outcomes.add(DOWN);
    }
  }

  /** Lets this time pass, minute by minute, with the clockwork at work. */
  private void play(Duration time) {
    for (long minute = 0; minute < time.toMinutes(); minute++) {
      gateway.deliverAll();
      gateway.followUp.due();
      gateway.clock.pass(Duration.ofMinutes(1));
    }
    gateway.deliverAll();
  }
}
