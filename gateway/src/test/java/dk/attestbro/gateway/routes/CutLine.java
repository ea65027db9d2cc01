package dk.attestbro.gateway.routes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A line to a server on this machine that a test cuts. */
final class CutLine implements AutoCloseable {
  private final ServerSocket end = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final int server;

  CutLine(int server) throws IOException {
    this.server = server;
    thread(this::connect);
  }

  int port() {
    return end.getLocalPort();
  }

  /** How many connections were made over it. */
  int connections() {
    return connections.get();
  }

  /** Breaks every connection over it. */
  void cut() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
    open.clear();
  }

  private void connect() throws IOException {
    while (!end.isClosed()) {
      Socket client = end.accept();
      Socket behind = new Socket(InetAddress.getLoopbackAddress(), server);
      open.addAll(List.of(client, behind));
      connections.incrementAndGet();
      InputStream fromClient = client.getInputStream();
      OutputStream toClient = client.getOutputStream();
      thread(() -> fromClient.transferTo(behind.getOutputStream()));
      thread(() -> behind.getInputStream().transferTo(toClient));
    }
  }

  private static void thread(Piping work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException cut) {
                // As it was meant.
              }
            },
            "cut-line");
    thread.setDaemon(true);
    thread.start();
  }

  private interface Piping {
    void run() throws IOException;
  }

  @Override
  public void close() throws IOException {
    end.close();
    cut();
  }
}
