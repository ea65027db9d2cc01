package dk.attestbro.trust;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A responder on loopback that answers as the test says. */
public final class OcspServer implements AutoCloseable {
  /** What is answered to a request. */
  public interface Answering {
    /** Writes the answer. */
    void to(byte[] request, HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile Answering answering =
      (request, exchange) -> exchange.sendResponseHeaders(500, -1);

  /** Starts it. */
  public OcspServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          byte[] request = exchange.getRequestBody().readAllBytes();
          try (exchange) {
            answering.to(request, exchange);
          }
        });
    server.start();
  }

  /** Where certificates say that it is. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/ocsp";
  }

  /** What it answers from now on. */
  public void answers(Answering next) {
    answering = next;
  }

  /** How often it was asked. */
  public int asked() {
    return asked.get();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** Sends this as its answer. */
  public static void send(HttpExchange exchange, byte[] body) throws IOException {
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }
}
