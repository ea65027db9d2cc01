package dk.attestbro.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** A TLS connection that carries nothing, to hear whether both sides take each other. */
final class TlsTrial {
  /**
   * In TLS 1.3 a server judges our certificate after our part of the handshake is over: then comes
   * its alert (RFC 8446, 4.4.2.4), or it closes; one that takes us waits for a request. What is
   * sent meanwhile is answered by a reset, which overtakes the alert.
   */
  private static final Duration HEARD = Duration.ofMillis(500);

  private TlsTrial() {}

  /** The port of the address, or its scheme's own. */
  static int port(URI address) {
    int standard = address.getScheme().equals("https") ? 443 : 80;
    return address.getPort() < 0 ? standard : address.getPort();
  }

  /**
   * Shakes hands over a connection that stands, which is closed then.
   *
   * @throws SSLException where one side refuses the other
   * @throws IOException where the handshake breaks off
   */
  static void shakeHands(Socket socket, URI address, HttpsClient client) throws IOException {
    try (SSLSocket secured =
        (SSLSocket)
            client
                .tls()
                .getSocketFactory()
                .createSocket(socket, address.getHost(), port(address), true)) {
      secured.setSSLParameters(HttpsClient.parameters());
      secured.startHandshake();
      secured.setSoTimeout(Math.toIntExact(HEARD.toMillis()));
      listen(secured);
    }
  }

  private static void listen(SSLSocket secured) throws IOException {
    try {
      if (secured.getInputStream().read() < 0) {
        throw new SSLException("closed after the handshake");
      }
    } catch (SocketTimeoutException waitsForARequest) {
      // It takes us.
    }
  }

  /**
   * Whether the server can be reached, and refuses us or we it.
   *
   * @param limit for the connection, and for each answer of the handshake
   */
  static boolean fails(URI address, HttpsClient client, Duration limit) {
    int millis = Math.toIntExact(limit.toMillis());
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address.getHost(), port(address)), millis);
      socket.setSoTimeout(millis);
      shakeHands(socket, address, client);
      return false;
    } catch (SSLException refused) {
      return true;
    } catch (IOException unreachable) {
      return false;
    }
  }
}
