package dk.attestbro.scan;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * One INSTREAM exchange with clamd: {@code zINSTREAM\0}, pieces that are each a length of four
 * bytes and so many bytes, a length of nought; and an answer that ends with {@code \0}. clamd may
 * answer and hang up before it has all, so its answer is looked for before each piece.
 */
final class InstreamExchange implements AutoCloseable {
  private static final byte[] COMMAND = "zINSTREAM\0".getBytes(StandardCharsets.US_ASCII);
  private static final int PIECE = 64 << 10;
  private static final int LONGEST_ANSWER = 4 << 10;

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final long end;
  private final ByteBuffer answer = ByteBuffer.allocate(LONGEST_ANSWER);

  /** Begins the time in which the exchange must be over. */
  InstreamExchange(SocketChannel channel, Duration limit) throws IOException {
    this.channel = channel;
    this.end = System.nanoTime() + limit.toNanos();
    channel.configureBlocking(false);
    selector = Selector.open();
    key = channel.register(selector, 0);
  }

  /** What clamd said. */
  record Answer(String text, boolean afterAllWasSent) {}

  /** The time is over. */
  static final class TooSlow extends IOException {
    private static final long serialVersionUID = 1;

    TooSlow() {
      super("no answer within the time");
    }
  }

  void connect(SocketAddress to) throws IOException {
    boolean connected = channel.connect(to);
    while (!connected) {
      await(SelectionKey.OP_CONNECT);
      connected = channel.finishConnect();
    }
  }

  Answer send(byte[] content) throws IOException {
    Optional<String> early = write(ByteBuffer.wrap(COMMAND));
    for (int from = 0; from < content.length && early.isEmpty(); from += PIECE) {
      int length = Math.min(PIECE, content.length - from);
      early = write(length(length), ByteBuffer.wrap(content, from, length));
    }
    if (early.isEmpty()) {
      early = write(length(0));
    }
    return early.isPresent() ? new Answer(early.get(), false) : new Answer(awaited(), true);
  }

  private static ByteBuffer length(int length) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(length).flip();
  }

  /** Writes all of it, unless an answer comes first. */
  private Optional<String> write(ByteBuffer... buffers) throws IOException {
    ByteBuffer last = buffers[buffers.length - 1];
    while (last.hasRemaining()) {
      Optional<String> early = read();
      if (early.isPresent()) {
        return early;
      }
      try {
        if (channel.write(buffers) == 0) {
          await(SelectionKey.OP_WRITE | SelectionKey.OP_READ);
        }
      } catch (TooSlow slow) {
        throw slow;
      } catch (IOException hungUp) {
        // What it said before may have arrived.
        return Optional.of(awaited());
      }
    }
    return Optional.empty();
  }

  private String awaited() throws IOException {
    Optional<String> text = read();
    while (text.isEmpty()) {
      await(SelectionKey.OP_READ);
      text = read();
    }
    return text.get();
  }

  /** The answer, where all of it is there. */
  private Optional<String> read() throws IOException {
    int read = channel.read(answer);
    int length = answer.position();
    if (length > 0 && answer.get(length - 1) == 0) {
      return Optional.of(new String(answer.array(), 0, length - 1, StandardCharsets.US_ASCII));
    }
    if (read < 0 || !answer.hasRemaining()) {
      throw new EOFException("the answer has no end");
    }
    return Optional.empty();
  }

  private void await(int operations) throws IOException {
    long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
    if (left <= 0) {
      throw new TooSlow();
    }
    key.interestOps(operations);
    selector.select(left);
    selector.selectedKeys().clear();
  }

  @Override
  public void close() throws IOException {
    selector.close();
  }
}
