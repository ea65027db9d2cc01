package dk.attestbro.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LargeContentsTest {
  private static final long ROOM = 10_000_000;

  private final LargeContents large = new LargeContents(ROOM, Duration.ZERO);
  private final ExecutorService other = Executors.newSingleThreadExecutor();

  @AfterEach
  void stop() {
    large.end();
    other.shutdown();
  }

  @Test
  void holdsManyUntilThereIsNoRoomAndAgainWhenOneIsDone() throws Exception {
    elsewhere(6_000_000);
    large.begin();

    refused(6_000_000);
    assertThatCode(() -> large.hold(3_000_000)).doesNotThrowAnyException();
    refused(6_000_000);
    large.end();
    other.submit(large::end).get();

    large.begin();
    assertThatCode(() -> large.hold(6_000_000)).doesNotThrowAnyException();
  }

  @Test
  void waitsUntilTheOthersAreDone() throws Exception {
    LargeContents patient = new LargeContents(ROOM, Duration.ofMinutes(1));
    patient.begin();
    patient.hold(ROOM);
    var waiting =
        other.submit(
            () -> {
              patient.begin();
              patient.hold(ROOM);
              patient.end();
            });

    patient.end();

    assertThatCode(waiting::get).doesNotThrowAnyException();
  }

  @Test
  void tellsAtOnceWhereManyWaitAlready() {
    LargeContents patient = new LargeContents(ROOM, Duration.ofDays(1));
    patient.begin();
    patient.hold(ROOM);
    List<Thread> waiting =
        IntStream.range(0, LargeContents.MOST_WAITING)
            .mapToObj(
                number ->
                    new Thread(
                        () -> {
                          patient.begin();
                          assertThatThrownBy(() -> patient.hold(ROOM))
                              .isInstanceOf(MessageRefused.class);
                        }))
            .toList();
    waiting.forEach(Thread::start);
    await().until(() -> patient.waiting() == LargeContents.MOST_WAITING);

    assertThatThrownBy(
            () ->
                other
                    .submit(
                        () -> {
                          patient.begin();
                          patient.hold(ROOM);
                        })
                    .get())
        .hasCauseInstanceOf(MessageRefused.class);
    waiting.forEach(Thread::interrupt);
  }

  @Test
  void holdsOneThatIsLargerThanAllRoomAlone() throws Exception {
    large.begin();

    assertThatCode(() -> large.hold(5 * ROOM)).doesNotThrowAnyException();
    assertThatThrownBy(() -> elsewhere(2_000_000)).hasCauseInstanceOf(MessageRefused.class);
  }

  @Test
  void letsSmallOnesThroughWhateverElseIsHeld() throws Exception {
    elsewhere(ROOM);
    large.begin();

    assertThatCode(() -> large.hold(LargeContents.SMALL)).doesNotThrowAnyException();
  }

  @Test
  void letsNobodyWhoHoldsSomethingWaitForMore() throws Exception {
    LargeContents patient = new LargeContents(ROOM, Duration.ofDays(1));
    patient.begin();
    patient.hold(6_000_000);
    other
        .submit(
            () -> {
              patient.begin();
              patient.hold(3_000_000);
            })
        .get();

    assertThatCode(() -> patient.hold(6_000_000)).doesNotThrowAnyException();
    assertThatThrownBy(() -> patient.hold(9_000_000)).isInstanceOf(MessageRefused.class);
    patient.end();
  }

  @Test
  void countsNothingThatIsNoPieceOfWork() {
    assertThatCode(() -> large.hold(ROOM)).doesNotThrowAnyException();
    large.begin();
    assertThatCode(() -> large.hold(ROOM)).doesNotThrowAnyException();
  }

  private void refused(long bytes) {
    assertThatThrownBy(() -> large.hold(bytes))
        .isInstanceOfSatisfying(
            MessageRefused.class,
            refused -> assertThat(refused.refusal().reason()).isEqualTo(RefusalReason.BUSY));
  }

  private void elsewhere(long bytes) throws Exception {
    other
        .submit(
            () -> {
              large.begin();
              large.hold(bytes);
            })
        .get();
  }
}
