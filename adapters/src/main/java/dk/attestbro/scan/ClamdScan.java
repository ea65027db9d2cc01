package dk.attestbro.scan;

import dk.attestbro.port.AttachmentScan;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks clamd, ClamAV's server, in its own protocol (INSTREAM): the attachment is sent in pieces
 * over a connection of its own and is never a file. On loopback or a Unix socket it leaves the
 * machine in no way; elsewhere it goes in the clear, since clamd has no other way.
 */
public final class ClamdScan implements AttachmentScan {
  private static final String UNIX = "unix:";
  private static final String TCP = "tcp:";
  private static final Pattern HOST_AND_PORT = Pattern.compile("(.+):([0-9]{1,5})");
  private static final int LAST_PORT = 65_535;

  private static final Pattern FOUND = Pattern.compile("stream: (.+) FOUND");
  private static final String OK = "stream: OK";
  private static final String TOO_LARGE = "INSTREAM size limit exceeded";
  private static final int LONGEST_FINDING = 200;

  private final Address address;
  private final Duration limit;

  /** Where clamd is; a host is looked up anew for each scan. */
  private interface Address {
    SocketAddress now();
  }

  private ClamdScan(Address address, Duration limit) {
    this.address = address;
    this.limit = limit;
  }

  /**
   * Asks the clamd at an address, and connects only when it is asked.
   *
   * @param address {@code unix:/run/clamav/clamd.ctl} or {@code tcp:127.0.0.1:3310}
   * @param limit for all of one scan, from the connection to the answer
   * @throws IllegalArgumentException where the address is neither
   */
  public static ClamdScan at(String address, Duration limit) {
    if (address.startsWith(UNIX)) {
      SocketAddress socket = UnixDomainSocketAddress.of(address.substring(UNIX.length()));
      return new ClamdScan(() -> socket, limit);
    }
    if (address.startsWith(TCP)) {
      Matcher parts = HOST_AND_PORT.matcher(address.substring(TCP.length()));
      if (parts.matches() && Integer.parseInt(parts.group(2)) <= LAST_PORT) {
        String host = parts.group(1);
        int port = Integer.parseInt(parts.group(2));
        return new ClamdScan(() -> new InetSocketAddress(host, port), limit);
      }
    }
    throw new IllegalArgumentException("the scanner's address is unix:PATH or tcp:HOST:PORT");
  }

  @Override
  public Verdict scan(byte[] attachment) {
    SocketAddress to = address.now();
    if (to instanceof InetSocketAddress host && host.isUnresolved()) {
      return new NotScanned(Why.UNREACHABLE);
    }
    try (SocketChannel channel = open(to);
        InstreamExchange exchange = new InstreamExchange(channel, limit)) {
      exchange.connect(to);
      InstreamExchange.Answer answer = exchange.send(attachment);
      return verdict(answer);
    } catch (InstreamExchange.TooSlow slow) {
      return new NotScanned(Why.TOO_SLOW);
    } catch (IOException gone) {
      return new NotScanned(Why.UNREACHABLE);
    }
  }

  private static SocketChannel open(SocketAddress to) throws IOException {
    return to instanceof UnixDomainSocketAddress
        ? SocketChannel.open(StandardProtocolFamily.UNIX)
        : SocketChannel.open();
  }

  private static Verdict verdict(InstreamExchange.Answer answer) {
    Matcher found = FOUND.matcher(answer.text());
    if (found.matches()) {
      return new Harmful(printable(found.group(1)));
    }
    if (answer.text().startsWith(TOO_LARGE)) {
      return new NotScanned(Why.TOO_LARGE);
    }
    boolean clean = answer.afterAllWasSent() && answer.text().equals(OK);
    return clean ? new Clean() : new NotScanned(Why.FAILED);
  }

  /** SECURITY: the finding goes to logs and evidence; an answer must not forge lines there. */
  private static String printable(String finding) {
    String plain = finding.replaceAll("[^\\x20-\\x7e]", "?");
    return plain.substring(0, Math.min(LONGEST_FINDING, plain.length()));
  }
}
