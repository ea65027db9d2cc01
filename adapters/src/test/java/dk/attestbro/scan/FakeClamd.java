package dk.attestbro.scan;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** Takes one INSTREAM connection on loopback and answers as it is told. */
final class FakeClamd implements AutoCloseable {
  private final ServerSocketChannel server;
  private final String address;
  private final String answer;
  private final long enough;
  private final CompletableFuture<byte[]> received = new CompletableFuture<>();
  private final CompletableFuture<Boolean> over = new CompletableFuture<>();

  private FakeClamd(ServerSocketChannel server, String address, String answer, long enough) {
    this.server = server;
    this.address = address;
    this.answer = answer;
    this.enough = enough;
    Thread thread = new Thread(this::serve, "fake-clamd");
    thread.setDaemon(true);
    thread.start();
  }

  /** Answers when it has all; an empty answer is never given. */
  static FakeClamd answering(String answer) throws IOException {
    return answeringEarly(answer, Long.MAX_VALUE);
  }

  /** Answers when it has so many bytes, and then reads no more. */
  static FakeClamd answeringEarly(String answer, long enough) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    int port = server.socket().getLocalPort();
    return new FakeClamd(server, "tcp:127.0.0.1:" + port, answer, enough);
  }

  static FakeClamd at(Path socket, String answer) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    return new FakeClamd(server, "unix:" + socket, answer, Long.MAX_VALUE);
  }

  String address() {
    return address;
  }

  byte[] received() {
    return received.join();
  }

  private void serve() {
    try (SocketChannel client = server.accept()) {
      DataInputStream in = new DataInputStream(Channels.newInputStream(client));
      String command = new String(in.readNBytes(10), StandardCharsets.US_ASCII);
      if (!command.equals("zINSTREAM\0")) {
        throw new IOException("not the command");
      }
      received.complete(pieces(in));
      client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
      if (answer.isEmpty() || enough < Long.MAX_VALUE) {
        // Held open until the test is over: nothing more is read, nothing more is said.
        over.join();
      }
    } catch (IOException failure) {
      received.completeExceptionally(new UncheckedIOException(failure));
    }
  }

  private byte[] pieces(DataInputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int length = in.readInt();
    while (length > 0) {
      all.write(in.readNBytes(length));
      if (all.size() >= enough) {
        return all.toByteArray();
      }
      length = in.readInt();
    }
    return all.toByteArray();
  }

  @Override
  public void close() throws IOException {
    over.complete(true);
    server.close();
  }
}
