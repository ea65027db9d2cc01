package dk.attestbro.mail;

import dk.attestbro.model.Certificate;
import dk.attestbro.model.Digest;
import dk.attestbro.port.MailContents;
import dk.attestbro.port.MailDraft;
import dk.attestbro.port.MailWriting;
import dk.attestbro.port.SmimeWriting;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * Writes mails in ASCII and CRLF lines: the text first, then the files. In an encrypted mail the
 * header fields stand a second time under the signature, in the header of what is signed (RFC
 * 9788): a client that knows this trusts those, and every other one shows the mail as usual, which
 * it would not do with a whole mail inside (RFC 8551, 3.1).
 */
public final class MimeMailWriter implements MailWriting {
  private static final String LINE_END = "\r\n";
  private static final int MOST_IN_LINE = 76;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss xx", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final byte[] CRLF = {'\r', '\n'};

  private final SmimeWriting smime;

  public MimeMailWriter(SmimeWriting smime) {
    this.smime = smime;
  }

  @Override
  public byte[] open(MailDraft draft) {
    return joined(ascii(header(draft)), ascii("MIME-Version: 1.0\r\n"), entity(draft, ""));
  }

  @Override
  public byte[] encrypted(MailDraft draft, Certificate encryptTo, Instant now) {
    String header = header(draft);
    StringBuilder outer = new StringBuilder();
    for (String field : header.split(LINE_END + "(?![ \t])")) {
      outer.append("HP-Outer: ").append(field).append(LINE_END);
    }
    byte[] signed =
        joined(ascii(header), ascii(outer.toString()), entity(draft, "; hp=\"cipher\""));
    return joined(
        ascii(header), ascii("MIME-Version: 1.0\r\n"), smime.protect(signed, encryptTo, now));
  }

  private static String header(MailDraft draft) {
    List<String> fields = new ArrayList<>();
    fields.add("From: " + sender(draft));
    fields.add("To: " + draft.to().value());
    fields.add("Subject: " + encoded("Subject: ", draft.subject()));
    fields.add("Date: " + DATE.format(draft.date()));
    fields.add("Message-ID: " + draft.messageId());
    draft.threads().ifPresent(id -> fields.add("In-Reply-To: " + id));
    draft.threads().ifPresent(id -> fields.add("References: " + id));
    // RFC 3834: no system answers that its owner is on holiday.
    fields.add("Auto-Submitted: auto-generated");
    if (draft.readReceipt()) {
      fields.add("Disposition-Notification-To: " + draft.from().value());
    }
    return String.join(LINE_END, fields) + LINE_END;
  }

  private static String sender(MailDraft draft) {
    try {
      return new InternetAddress(
              draft.from().value(), draft.fromName(), StandardCharsets.UTF_8.name())
          .toString();
    } catch (UnsupportedEncodingException impossible) {
      throw new IllegalStateException("every Java platform has UTF-8", impossible);
    }
  }

  /** RFC 2047 for the words that need it; what is ASCII stays readable, as the tag of the case. */
  private static String encoded(String field, String text) {
    int first = firstBeyondAscii(text);
    if (first < 0) {
      return MimeUtility.fold(field.length(), text);
    }
    int from = text.lastIndexOf(' ', first) + 1;
    int last = text.length() - 1 - firstBeyondAscii(new StringBuilder(text).reverse().toString());
    int space = text.indexOf(' ', last);
    int to = space < 0 ? text.length() : space;
    try {
      String words =
          MimeUtility.encodeText(text.substring(from, to), StandardCharsets.UTF_8.name(), "Q");
      return MimeUtility.fold(field.length(), text.substring(0, from) + words + text.substring(to));
    } catch (UnsupportedEncodingException impossible) {
      throw new IllegalStateException("every Java platform has UTF-8", impossible);
    }
  }

  private static int firstBeyondAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > '~') {
        return i;
      }
    }
    return -1;
  }

  private static byte[] entity(MailDraft draft, String parameter) {
    byte[] text = textPart(draft.text());
    String boundary = "part-" + Digest.of(text).hex().substring(0, 32);
    List<byte[]> pieces = new ArrayList<>();
    pieces.add(
        ascii(
            "Content-Type: multipart/mixed; boundary=\""
                + boundary
                + "\""
                + parameter
                + LINE_END
                + LINE_END));
    pieces.add(between(boundary));
    pieces.add(text);
    for (MailContents.File file : draft.files()) {
      pieces.add(between(boundary));
      pieces.add(filePart(file));
    }
    pieces.add(ascii("--" + boundary + "--" + LINE_END));
    return joined(pieces.toArray(byte[][]::new));
  }

  private static byte[] between(String boundary) {
    return ascii("--" + boundary + LINE_END);
  }

  private static byte[] textPart(String text) {
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    try (OutputStream printable = MimeUtility.encode(encoded, "quoted-printable")) {
      printable.write(text.replace("\n", LINE_END).getBytes(StandardCharsets.UTF_8));
    } catch (MessagingException | IOException impossible) {
      throw new IllegalStateException("memory does not fail", impossible);
    }
    return joined(
        ascii(
            "Content-Type: text/plain; charset=utf-8\r\n"
                + "Content-Language: da\r\n"
                + "Content-Transfer-Encoding: quoted-printable\r\n\r\n"),
        encoded.toByteArray(),
        CRLF);
  }

  private static byte[] filePart(MailContents.File file) {
    return joined(
        ascii(
            "Content-Type: "
                + file.type()
                + "\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment;"
                + " filename=\""
                + file.name()
                + "\"\r\n\r\n"),
        Base64.getMimeEncoder(MOST_IN_LINE, CRLF).encode(file.bytes()),
        CRLF);
  }

  private static byte[] joined(byte[]... pieces) {
    int length = 0;
    for (byte[] piece : pieces) {
      length += piece.length;
    }
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] piece : pieces) {
      System.arraycopy(piece, 0, all, at, piece.length);
      at += piece.length;
    }
    return all;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
