package dk.attestbro.mail;

import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.eclipse.angus.mail.pop3.POP3Message;

/**
 * The exact bytes of a mail on its server, for signatures do not outlive a single one that changes.
 * Never more than the given size comes into memory; of a larger mail the header does.
 *
 * @param bytes the whole mail, or its header
 * @param size as the server tells it, or as it turned out
 */
@SuppressWarnings("ArrayRecordComponent")
public record RawMail(byte[] bytes, boolean whole, int size) {
  private static final int MOST_HEADER = 1 << 20;

  /** Nothing is there any more: someone else moved or deleted it. */
  public static final class Gone extends Exception {
    private static final long serialVersionUID = 1L;

    Gone(Throwable cause) {
      super("the mail is no longer there", cause);
    }
  }

  /**
   * Fetches a mail.
   *
   * @throws Gone where it was removed since it was listed
   * @throws MessagingException where the server does not give it
   */
  public static RawMail of(Message message, int most) throws Gone, MessagingException, IOException {
    try {
      int size = Math.max(0, message.getSize());
      if (size > most) {
        return new RawMail(header(start(message)), false, size);
      }
      byte[] bytes = read(message, most);
      return bytes.length > most
          ? new RawMail(header(bytes), false, bytes.length)
          : new RawMail(bytes, true, bytes.length);
    } catch (MessageRemovedException removed) {
      throw new Gone(removed);
    } catch (IOException broken) {
      if (message.isExpunged()) {
        throw new Gone(broken);
      }
      throw broken;
    }
  }

  /** One byte more than the most, where the server told less than there is. */
  private static byte[] read(Message message, int most) throws MessagingException, IOException {
    return message instanceof IMAPMessage imap ? first(imap, most + 1) : written(message, most + 1);
  }

  private static byte[] start(Message message) throws MessagingException, IOException {
    return message instanceof IMAPMessage imap
        ? first(imap, MOST_HEADER)
        : top((POP3Message) message);
  }

  private static byte[] first(IMAPMessage message, int most)
      throws MessagingException, IOException {
    // Reading a mail must not mark it as read: what is read and not recorded would be overlooked.
    message.setPeek(true);
    try (InputStream mime = message.getMimeStream()) {
      return mime.readNBytes(most);
    }
  }

  private static byte[] top(POP3Message message) throws MessagingException, IOException {
    try (InputStream top = message.top(0)) {
      return top.readNBytes(MOST_HEADER);
    }
  }

  private static byte[] written(Message message, int most) throws MessagingException, IOException {
    Capped capped = new Capped(most);
    message.writeTo(capped);
    return capped.bytes.toByteArray();
  }

  private static byte[] header(byte[] start) {
    for (int i = 0; i < start.length - 1; i++) {
      boolean lf = start[i] == '\n' && start[i + 1] == '\n';
      boolean crlf =
          i < start.length - 3
              && start[i] == '\r'
              && start[i + 1] == '\n'
              && start[i + 2] == '\r'
              && start[i + 3] == '\n';
      if (lf || crlf) {
        return Arrays.copyOf(start, i + (lf ? 2 : 4));
      }
    }
    return start;
  }

  /** Keeps the first bytes and lets the rest pass. */
  private static final class Capped extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final int most;

    private Capped(int most) {
      this.most = most;
    }

    @Override
    public void write(int one) {
      if (bytes.size() < most) {
        bytes.write(one);
      }
    }

    @Override
    public void write(byte[] many, int offset, int length) {
      bytes.write(many, offset, Math.min(length, most - bytes.size()));
    }
  }

  @Override
  public String toString() {
    return "RawMail[" + size + " bytes]";
  }
}
