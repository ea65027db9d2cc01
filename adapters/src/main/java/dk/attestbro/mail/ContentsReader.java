package dk.attestbro.mail;

import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Payload;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.DeliveryStatus;
import dk.attestbro.port.MailContents;
import dk.attestbro.port.MailContents.File;
import dk.attestbro.port.ReadReceipt;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Takes the content of one mail apart, with every layer of S/MIME already opened. */
final class ContentsReader {
  /** Together; more than that nobody wrote, and it stays a file. */
  private static final int MOST_TEXT = 1 << 20;

  private static final byte[] PDF = "%PDF-".getBytes(StandardCharsets.US_ASCII);
  private static final Set<String> FHIR_JSON =
      Set.of("application/fhir+json", "application/json+fhir");
  private static final Set<String> FHIR_XML =
      Set.of("application/fhir+xml", "application/xml+fhir");

  /** The types that tell nothing more than the file's name does. */
  private static final Set<String> BY_NAME =
      Set.of("application/octet-stream", "application/json", "application/xml", "text/xml");

  private final MimeLimits limits;
  private final PartCount count;
  private final List<Payload> messages = new ArrayList<>();
  private final List<File> pdfs = new ArrayList<>();
  private final List<File> others = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private final List<String> pages = new ArrayList<>();
  private int textBytes;
  private Optional<DeliveryStatus> deliveryStatus = Optional.empty();
  private Optional<ReadReceipt> readReceipt = Optional.empty();

  ContentsReader(MimeLimits limits, PartCount count) {
    this.limits = limits;
    this.count = count;
  }

  MailContents read(MimePart content) {
    take(content, 0);
    if (messages.size() > 1) {
      throw new MessageRefused(RefusalReason.MAIL_MESSAGES_AMBIGUOUS);
    }
    String text =
        texts.isEmpty()
            ? HtmlText.of(String.join("\n", pages))
            : String.join("\n\n", texts).strip();
    return new MailContents(messages, pdfs, others, text, deliveryStatus, readReceipt);
  }

  private void take(MimePart part, int depth) {
    if (depth > limits.depth()) {
      throw new MessageRefused(RefusalReason.MAIL_TOO_DEEP);
    }
    requireNoSmime(part);
    if (part.isMultipart()) {
      List<MimePart> parts = part.parts(count, limits);
      if (depth == 0 && part.is("multipart/report")) {
        report(part, parts);
      }
      parts.forEach(each -> take(each, depth + 1));
    } else {
      leaf(part);
    }
  }

  /**
   * SECURITY: an encrypted or signed part among others lends its trust to them, and they read it.
   */
  private static void requireNoSmime(MimePart part) {
    switch (SmimeKind.of(part)) {
      case CMS ->
          throw new MessageRefused(
              part.type()
                  .parameter("smime-type")
                  .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("signed"))
                  .map(signed -> RefusalReason.SMIME_SIGNATURE_PARTIAL)
                  .orElse(RefusalReason.SMIME_REWRAPPED));
      case SIGNED_PARTS, SIGNATURE ->
          throw new MessageRefused(RefusalReason.SMIME_SIGNATURE_PARTIAL);
      case NONE -> {
        // An ordinary part.
      }
    }
  }

  private void report(MimePart report, List<MimePart> parts) {
    switch (report.type().parameter("report-type").orElse("").toLowerCase(Locale.ROOT)) {
      case "delivery-status" -> deliveryStatus = Reports.delivery(parts, limits);
      case "disposition-notification" -> readReceipt = Reports.reading(parts, limits);
      default -> {
        // Feedback reports and the like are for a person to look at.
      }
    }
  }

  private void leaf(MimePart part) {
    boolean page = part.is("text/html");
    if ((page || part.is("text/plain")) && isWritten(part)) {
      textBytes += part.end() - part.body();
      (page ? pages : texts).add(text(part).strip());
    } else {
      file(part.fileName(), part.type().word(), part.decoded());
    }
  }

  private boolean isWritten(MimePart part) {
    return !part.isAttachment()
        && part.fileName().isEmpty()
        && part.end() - part.body() <= MOST_TEXT - textBytes;
  }

  private void file(String name, String type, byte[] bytes) {
    Optional<MediaType> message = message(name.toLowerCase(Locale.ROOT), type, bytes);
    if (message.isPresent()) {
      messages.add(new Payload(bytes, message.get()));
    } else if (isPdf(name.toLowerCase(Locale.ROOT), type, bytes)) {
      pdfs.add(new File(name, type, bytes));
    } else {
      others.add(new File(name, type, bytes));
    }
  }

  private static Optional<MediaType> message(String name, String type, byte[] bytes) {
    if (FHIR_JSON.contains(type) || (BY_NAME.contains(type) && name.endsWith(".json"))) {
      return Optional.of(MediaType.FHIR_JSON);
    }
    // A PDF or a spreadsheet in a file called .xml is none; only markup is.
    boolean markup = bytes.length > 0 && (bytes[0] == '<' || bytes[0] == (byte) 0xEF);
    return FHIR_XML.contains(type) || (BY_NAME.contains(type) && name.endsWith(".xml") && markup)
        ? Optional.of(MediaType.FHIR_XML)
        : Optional.empty();
  }

  private static boolean isPdf(String name, String type, byte[] bytes) {
    boolean called =
        type.equals("application/pdf")
            || type.equals("application/x-pdf")
            || (type.equals("application/octet-stream") && name.endsWith(".pdf"));
    return called
        && bytes.length > PDF.length
        && Arrays.equals(bytes, 0, PDF.length, PDF, 0, PDF.length);
  }

  private static String text(MimePart part) {
    return new String(part.decoded(), charset(part)).replace("\r\n", "\n").replace("\0", "");
  }

  /** Where the charset is not told or not known, UTF-8 is the likeliest. */
  private static Charset charset(MimePart part) {
    try {
      return part.type().parameter("charset").map(Charset::forName).orElse(StandardCharsets.UTF_8);
    } catch (IllegalArgumentException unknown) {
      return StandardCharsets.UTF_8;
    }
  }
}
