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
  private final BodyReader reader = new BodyReader(new ApiSettings(ROOM), large);
  private final ExecutorService others = Executors.newSingleThreadExecutor();

  @BeforeEach
  void fill() throws Exception {
    others
        .submit(
            () -> {
              large.begin();
              large.hold(ROOM);
            })
        .get();
    large.begin();
  }

  @AfterEach
  void stop() {
    large.end();
    others.shutdown();
  }

  @Test
  void takesASmallBodyWhileLargeOnesAreInHand() throws Exception {
    assertThat(reader.read(body(LargeContents.SMALL, true))).hasSize(LargeContents.SMALL);
    assertThat(reader.read(body(900_000, false))).hasSize(900_000);
  }

  @Test
  void readsNothingOfALargeBodyForWhichThereIsNoRoom() {
    busy(body(2_000_000, true));
  }

  @Test
  void readsNoMoreThanASmallBodyOfOneOfUnknownLength() {
    busy(body(2_000_000, false));
  }

  @Test
  void takesALargeBodyWhenTheOthersAreDone() throws Exception {
    others.submit(large::end).get();

    assertThat(reader.read(body(2_000_000, false))).hasSize(2_000_000);
    assertThat(reader.read(body(2_000_000, true))).hasSize(2_000_000);
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
