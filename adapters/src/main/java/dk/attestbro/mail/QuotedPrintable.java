package dk.attestbro.mail;

import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;

/** Quoted-printable (RFC 2045, 6.7), read as leniently as mail programs do. */
final class QuotedPrintable {
  private QuotedPrintable() {}

  static byte[] decode(byte[] bytes, int from, int to) {
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(to - from);
    try (InputStream reading =
        new QuotedPrintableInputStream(new ByteArrayInputStream(bytes, from, to - from))) {
      reading.transferTo(decoded);
    } catch (IOException malformed) {
      throw new MessageRefused(RefusalReason.MAIL_NOT_READABLE);
    }
    return decoded.toByteArray();
  }
}
