package dk.attestbro.http;

import dk.attestbro.model.Endpoint;
import dk.attestbro.port.ChannelProbe;
import dk.attestbro.port.HopTimer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.apache.hc.client5.http.classic.methods.HttpOptions;
import org.apache.hc.core5.http.HttpResponse;

/**
 * Tries a party's HTTPS address: its name, a connection, the TLS that a letter would have, and an
 * OPTIONS request (RFC 9110, 9.3.7), which changes nothing. A server that does not know the method
 * has answered.
 */
public final class HttpsProbe implements ChannelProbe {
  private final HttpsDelivery delivery;
  private final Duration limit;

  /**
   * @param delivery whose TLS is tried
   * @param limit for each part of the way
   */
  public HttpsProbe(HttpsDelivery delivery, Duration limit) {
    this.delivery = delivery;
    this.limit = limit;
  }

  @Override
  public List<Hop> probe(Endpoint endpoint) {
    URI address = endpoint.address().orElseThrow();
    HopTimer timer = new HopTimer();
    InetAddress host;
    try {
      host = InetAddress.getByName(address.getHost());
      timer.good(Part.ADDRESS);
    } catch (UnknownHostException unknown) {
      return timer.ended(Part.ADDRESS, "HOST_UNKNOWN").hops();
    }
    HttpsClient client = delivery.client(endpoint);
    return connects(new InetSocketAddress(host, TlsTrial.port(address)), address, client, timer)
        ? answer(client, address, timer)
        : timer.hops();
  }

  /** Whether TCP, and TLS where the address asks for it, stand. */
  private boolean connects(
      InetSocketAddress server, URI address, HttpsClient client, HopTimer timer) {
    Part part = Part.CONNECTION;
    try (Socket socket = new Socket()) {
      int millis = Math.toIntExact(limit.toMillis());
      socket.connect(server, millis);
      socket.setSoTimeout(millis);
      timer.good(part);
      if (address.getScheme().equals("https")) {
        part = Part.SECURITY;
        TlsTrial.shakeHands(socket, address, client);
        timer.good(part);
      }
      return true;
    } catch (IOException failed) {
      timer.ended(part, part == Part.CONNECTION ? "CONNECT_FAILED" : "TLS_FAILED");
      return false;
    }
  }

  private List<Hop> answer(HttpsClient client, URI address, HopTimer timer) {
    try {
      int status = client.send(new HttpOptions(address), limit, HttpResponse::getCode);
      return timer.ended(Part.ANSWER, isGood(status) ? Hop.OK : "HTTP_" + status).hops();
    } catch (IOException failed) {
      return timer.ended(Part.ANSWER, "CONNECTION_BROKEN").hops();
    }
  }

  private static boolean isGood(int status) {
    return (status >= 200 && status < 300) || status == 405 || status == 501;
  }
}
