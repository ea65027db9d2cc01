package dk.attestbro.directory;

import dk.attestbro.model.Endpoint.Channel;
import dk.attestbro.model.QueueNames;
import dk.attestbro.model.WebAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Reads the address of a channel, as an operator writes it, into one form. */
final class ChannelAddress {
  private static final Pattern MAIL =
      Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,255}");
  private static final Pattern QUEUE = Pattern.compile("(//[A-Za-z0-9-]+/)?[A-Za-z0-9._-]{1,200}");

  private ChannelAddress() {}

  /**
   * @throws IllegalArgumentException saying what was expected
   */
  static URI read(Channel channel, String text) {
    return switch (channel) {
      case HTTPS, INBOX -> WebAddress.read(text);
      case MAIL -> mail(text);
      case JMS -> queue(text);
      case FILE -> folder(text);
    };
  }

  /** {@code mailto:post@example.dk}, or the bare address. */
  private static URI mail(String text) {
    String address = text.startsWith("mailto:") ? text.substring("mailto:".length()) : text;
    if (!MAIL.matcher(address).matches()) {
      throw new IllegalArgumentException("must be a mail address like post@example.dk");
    }
    return opaque("mailto", address);
  }

  /** {@code jms:queue} on the gateway's broker, {@code jms://broker/queue} on a configured one. */
  private static URI queue(String text) {
    String name = text.startsWith("jms:") ? text.substring("jms:".length()) : text;
    if (!QUEUE.matcher(name).matches()) {
      throw new IllegalArgumentException("must be jms:queue or jms://broker/queue");
    }
    // SECURITY: the gateway's own letters wait there, for other parties.
    if (QueueNames.isReserved(name)) {
      throw new IllegalArgumentException(
          "deliver.*, broker.* and activemq.* are queues of the gateway's own");
    }
    return URI.create("jms:" + name);
  }

  /** An absolute folder, {@code file:///folder}, or {@code sftp://user@host/folder}. */
  private static URI folder(String text) {
    if (text.startsWith("sftp:")) {
      URI uri = uri(text, "must be like sftp://user@host/folder");
      if (uri.getHost() == null || uri.getUserInfo() == null || uri.getPath().length() < 2) {
        throw new IllegalArgumentException("must be like sftp://user@host/folder");
      }
      if (uri.getUserInfo().contains(":")) {
        throw new IllegalArgumentException("no password here: the gateway has a key of its own");
      }
      return uri;
    }
    try {
      Path folder = text.startsWith("file:") ? Path.of(URI.create(text)) : Path.of(text);
      if (!folder.isAbsolute()) {
        throw new IllegalArgumentException("must be an absolute folder");
      }
      return folder.normalize().toUri();
    } catch (InvalidPathException | UnsupportedOperationException wrong) {
      throw new IllegalArgumentException("must be an absolute folder", wrong);
    }
  }

  private static URI opaque(String scheme, String address) {
    try {
      return new URI(scheme, address, null);
    } catch (URISyntaxException wrong) {
      throw new IllegalArgumentException("must be a mail address like post@example.dk", wrong);
    }
  }

  private static URI uri(String text, String expected) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(expected, wrong);
    }
  }
}
