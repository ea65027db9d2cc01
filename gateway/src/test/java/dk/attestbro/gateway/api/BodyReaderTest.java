package dk.attestbro.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.attestbro.gateway.journey.LargeContents;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

/** What a body may take of the heap while others are in hand. */
class BodyReaderTest {
  private static final int ROOM = 8_000_000;

  private final LargeContents large = new LargeContents(ROOM, Duration.ZERO);
  private final LargeContents comingIn = new LargeContents(ROOM, Duration.ZERO);
  private final BodyReader reader = new BodyReader(new ApiSettings(ROOM), comingIn, large);
  private final ExecutorService others = Executors.newSingleThreadExecutor();

  @BeforeEach
  void begin() {
    large.begin();
  }

  @AfterEach
  void stop() {
    large.end();
    others.shutdown();
  }

  @Test
  void takesASmallBodyWhileLargeOnesAreInHand() throws Exception {
    fill(comingIn);
    fill(large);

    assertThat(reader.read(body(LargeContents.SMALL, true))).hasSize(LargeContents.SMALL);
    assertThat(reader.read(body(900_000, false))).hasSize(900_000);
  }

  @Test
  void readsNothingOfALargeBodyForWhichThereIsNoRoom() throws Exception {
    fill(comingIn);

    busy(body(2_000_000, true));
  }

  @Test
  void readsNoMoreThanASmallBodyOfOneOfUnknownLength() throws Exception {
    fill(comingIn);

    busy(body(2_000_000, false));
  }

  @Test
  void leavesNoRoomTakenByABodyThatCannotBeWorkedOn() throws Exception {
    fill(large);

    busy(body(2_000_000, true));
    busy(body(2_000_000, true));
    others.submit(large::end).get();
    assertThat(reader.read(body(ROOM, true))).hasSize(ROOM);
  }

  @Test
  void takesALargeBodyWhenTheOthersAreDone() throws Exception {
    fill(comingIn);
    others.submit(comingIn::end).get();

    assertThat(reader.read(body(2_000_000, false))).hasSize(2_000_000);
    assertThat(reader.read(body(2_000_000, true))).hasSize(2_000_000);
  }

  private void fill(LargeContents room) throws Exception {
    others
        .submit(
            () -> {
              room.begin();
              room.hold(ROOM);
            })
        .get();
  }

  private void busy(MockHttpServletRequest request) {
    assertThatThrownBy(() -> reader.read(request))
        .isInstanceOfSatisfying(
            MessageRefused.class,
            refused -> assertThat(refused.refusal().reason()).isEqualTo(RefusalReason.BUSY));
  }

  private static MockHttpServletRequest body(int length, boolean declared) {
    MockHttpServletRequest request =
        new MockHttpServletRequest() {
          @Override
          public long getContentLengthLong() {
            return declared ? length : -1;
          }
        };
    request.setContent(new byte[length]);
    return request;
  }
}
