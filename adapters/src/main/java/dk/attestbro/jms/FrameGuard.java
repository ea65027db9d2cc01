package dk.attestbro.jms;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;

/**
 * Lets through, unchanged, what begins as Artemis' core protocol does and comes in frames that are
 * small enough to be held whole. The broker itself would take a frame of 2 GB, and HTTP.
 */
final class FrameGuard extends ChannelInboundHandlerAdapter {
  /** A client sends what is larger than its minLargeMessageSize, 100 kB, in pieces. */
  static final int MOST_BYTES = 1024 * 1024;

  private static final byte[] OPENING = "ARTEMIS".getBytes(StandardCharsets.US_ASCII);
  private static final int LENGTH_BYTES = 4;

  private final DoorRefusals refusals;
  private int opened;
  private int lengthRead;
  private int left;

  FrameGuard(DoorRefusals refusals) {
    this.refusals = refusals;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object read) {
    if (read instanceof ByteBuf bytes && isSafe(bytes)) {
      context.fireChannelRead(read);
      return;
    }
    ReferenceCountUtil.release(read);
    refusals.closed("unknown", "FRAME_NOT_ALLOWED");
    context.close();
  }

  private boolean isSafe(ByteBuf bytes) {
    int at = bytes.readerIndex();
    while (at < bytes.writerIndex()) {
      if (opened < OPENING.length) {
        if (bytes.getByte(at++) != OPENING[opened++]) {
          return false;
        }
      } else if (lengthRead < LENGTH_BYTES) {
        left = left << Byte.SIZE | bytes.getUnsignedByte(at++);
        if (++lengthRead == LENGTH_BYTES && (left <= 0 || left > MOST_BYTES)) {
          return false;
        }
      } else {
        int skipped = Math.min(left, bytes.writerIndex() - at);
        at += skipped;
        left -= skipped;
        if (left == 0) {
          lengthRead = 0;
        }
      }
    }
    return true;
  }
}
