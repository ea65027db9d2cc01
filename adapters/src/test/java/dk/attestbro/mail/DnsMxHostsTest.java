package dk.attestbro.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.attestbro.mail.MxHosts.MxUnknown;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Asks a name server of the test's own, on loopback. */
class DnsMxHostsTest {
  private static final int NO_SUCH_NAME = 3;
  private static final int SERVER_FAILURE = 2;

  private NameServer names;

  @BeforeEach
  void start() throws IOException {
    names = new NameServer();
  }

  @AfterEach
  void stop() {
    names.socket.close();
  }

  @Test
  void thePreferredHostComesFirst() throws IOException {
    names.answers(0, new Mx(20, "second.x.dk"), new Mx(5, "first.x.dk"), new Mx(300, "third.x.dk"));

    assertThat(names.mx().of("x.dk")).containsExactly("first.x.dk", "second.x.dk", "third.x.dk");
  }

  @Test
  void aDomainThatNamesNoneIsItsOwnHost() {
    names.answers(0);

    assertThat(names.mx().of("x.dk")).containsExactly("x.dk");
  }

  @Test
  void aDomainThatTakesNoMailHasNoHost() {
    names.answers(0, new Mx(0, ""));

    assertThat(names.mx().of("x.dk")).isEmpty();
  }

  @Test
  void aDomainThatDoesNotExistHasNoHost() {
    names.answers(NO_SUCH_NAME);

    assertThat(names.mx().of("x.dk")).isEmpty();
  }

  @Test
  void whereTheNameServerFailsNothingIsKnown() {
    names.answers(SERVER_FAILURE);

    assertThatThrownBy(() -> names.mx().of("x.dk")).isInstanceOf(MxUnknown.class);
  }

  private record Mx(int preference, String host) {}

  /** Answers every question alike (RFC 1035, 4). */
  private static final class NameServer {
    private static final int HEADER = 12;
    private static final int TYPE_MX = 15;
    private static final int CLASS_IN = 1;
    private static final int POINTER_TO_QUESTION = 0xc00c;

    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private volatile int code;
    private volatile List<Mx> records = List.of();

    NameServer() throws IOException {
      Thread thread = new Thread(this::serve, "name-server");
      thread.setDaemon(true);
      thread.start();
    }

    void answers(int responseCode, Mx... all) {
      code = responseCode;
      records = List.of(all);
    }

    MxHosts mx() {
      return new DnsMxHosts(
          "dns://" + socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort());
    }

    private void serve() {
      byte[] bytes = new byte[512];
      try {
        while (true) {
          DatagramPacket question = new DatagramPacket(bytes, bytes.length);
          socket.receive(question);
          byte[] answer = answer(bytes, question.getLength());
          socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
        }
      } catch (IOException closed) {
        // The test is over.
      }
    }

    private byte[] answer(byte[] question, int length) throws IOException {
      int end = HEADER;
      while (question[end] != 0) {
        end += question[end] + 1;
      }
      end += 5;
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(answer);
      out.write(question, 0, 2);
      // An answer, by a server that has asked others.
      out.writeShort(0x8180 | code);
      out.writeShort(1);
      out.writeShort(records.size());
      out.writeInt(0);
      out.write(question, HEADER, Math.min(end, length) - HEADER);
      for (Mx record : records) {
        byte[] host = name(record.host());
        out.writeShort(POINTER_TO_QUESTION);
        out.writeShort(TYPE_MX);
        out.writeShort(CLASS_IN);
        out.writeInt(60);
        out.writeShort(2 + host.length);
        out.writeShort(record.preference());
        out.write(host);
      }
      return answer.toByteArray();
    }

    private static byte[] name(String host) {
      ByteArrayOutputStream name = new ByteArrayOutputStream();
      if (!host.isEmpty()) {
        for (String label : host.split("\\.")) {
          name.write(label.length());
          name.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
      }
      name.write(0);
      return name.toByteArray();
    }
  }
}
