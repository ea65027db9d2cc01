package dk.attestbro.mail;

import jakarta.mail.Session;
import java.io.IOException;
import java.io.OutputStream;
import org.eclipse.angus.mail.smtp.SMTPMessage;

/**
 * A mail that is sent as the bytes that it is: nothing is parsed, added or printed again. It knows
 * whether all of them were handed to the connection.
 */
final class ExactMail extends SMTPMessage {
  private final byte[] mail;
  private volatile boolean handedOver;

  ExactMail(Session session, byte[] mail) {
    super(session);
    this.mail = mail;
  }

  @Override
  public void writeTo(OutputStream out, String[] ignored) throws IOException {
    out.write(mail);
    handedOver = true;
  }

  /** Whether only the final dot was still to come: from here on a server may have taken it. */
  boolean isHandedOver() {
    return handedOver;
  }
}
