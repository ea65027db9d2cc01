package dk.attestbro.jms;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameGuardTest {
  private final EmbeddedChannel channel =
      new EmbeddedChannel(new FrameGuard(new DoorRefusals(code -> {})));

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1000})
  void letsFramesThroughUnchangedHoweverTheyAreCut(int piece) {
    ByteBuf sent = Unpooled.buffer();
    sent.writeBytes("ARTEMIS".getBytes(StandardCharsets.US_ASCII));
    sent.writeInt(2).writeShort(7);
    sent.writeInt(FrameGuard.MOST_BYTES).writeZero(FrameGuard.MOST_BYTES);
    sent.writeInt(1).writeByte(9);
    ByteBuf came = Unpooled.buffer();

    for (int at = 0; at < sent.writerIndex(); at += piece) {
      channel.writeInbound(sent.copy(at, Math.min(piece, sent.writerIndex() - at)));
      for (ByteBuf one = channel.readInbound(); one != null; one = channel.readInbound()) {
        came.writeBytes(one);
      }
    }

    assertThat(came).isEqualTo(sent);
    assertThat(channel.isOpen()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {FrameGuard.MOST_BYTES + 1, Integer.MAX_VALUE, -1, 0})
  void closesAtAFrameThatIsTooLargeBeforeItIsHeld(int length) {
    ByteBuf sent = Unpooled.buffer();
    sent.writeBytes("ARTEMIS".getBytes(StandardCharsets.US_ASCII));

    channel.writeInbound(sent.writeInt(length));

    assertThat(channel.<ByteBuf>readInbound()).isNull();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void closesAtAnythingButTheCoreProtocol() {
    channel.writeInbound(Unpooled.copiedBuffer("POST / HTTP/1.1\r\n", StandardCharsets.US_ASCII));

    assertThat(channel.<ByteBuf>readInbound()).isNull();
    assertThat(channel.isOpen()).isFalse();
  }
}
