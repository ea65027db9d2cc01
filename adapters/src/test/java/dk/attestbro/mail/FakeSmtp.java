package dk.attestbro.mail;

import dk.attestbro.samples.TestCa;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * An SMTP server that says what the test wants: an answer for each command, {@link #BREAK} to end
 * the connection in its place. It keeps what it was told.
 */
final class FakeSmtp implements AutoCloseable {
  static final String BREAK = "break";

  /** The answer to the final dot. */
  static final String DOT = ".";

  private static final int END = '.';

  private final ServerSocket listener;
  private final SSLContext tls;
  private final Map<String, String> answers = new HashMap<>();
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final List<String> mails = new CopyOnWriteArrayList<>();

  FakeSmtp(TestCa authority, TestCa.Issued server) throws IOException {
    this.tls = authority.serverContext(server);
    this.listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    answers.put("EHLO", "250-localhost\r\n250-DSN\r\n250-AUTH PLAIN XOAUTH2\r\n250 STARTTLS");
    answers.put("STARTTLS", "220 go");
    answers.put("AUTH", "235 welcome");
    answers.put("DATA", "354 go on");
    Thread thread = new Thread(this::serve, "fake-smtp");
    thread.setDaemon(true);
    thread.start();
  }

  /** From now on this is what it says to this command. */
  FakeSmtp answers(String command, String answer) {
    answers.put(command, answer);
    return this;
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Every command, as it was given. */
  List<String> commands() {
    return commands;
  }

  /** Every mail whose final dot came. */
  List<String> mails() {
    return mails;
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void serve() {
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept()) {
        say(socket, "220 localhost");
        talk(socket);
      } catch (IOException ended) {
        // The client went away, or the test is over.
      }
    }
  }

  private void talk(Socket plain) throws IOException {
    Socket socket = plain;
    InputStream in = socket.getInputStream();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      commands.add(line);
      String command = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
      String answer = answers.getOrDefault(command, "250 fine");
      if (answer.equals(BREAK)) {
        return;
      }
      say(socket, answer);
      if (command.equals("STARTTLS") && answer.startsWith("220")) {
        SSLSocket secure =
            (SSLSocket)
                tls.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
        secure.setUseClientMode(false);
        secure.startHandshake();
        socket = secure;
        in = secure.getInputStream();
      } else if (command.equals("DATA") && answer.startsWith("354")) {
        mails.add(mail(in));
        String end = answers.getOrDefault(DOT, "250 taken");
        if (end.equals(BREAK)) {
          return;
        }
        say(socket, end);
      } else if (command.equals("QUIT")) {
        return;
      }
    }
  }

  private static String mail(InputStream in) throws IOException {
    StringBuilder mail = new StringBuilder();
    for (String line = line(in); line.isEmpty() || line.charAt(0) != END || line.length() > 1; ) {
      mail.append(line).append("\r\n");
      line = line(in);
    }
    return mail.toString();
  }

  /** Without its end; empty at the end of the connection too. */
  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  private static void say(Socket socket, String answer) throws IOException {
    socket.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }
}
