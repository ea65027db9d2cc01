package dk.attestbro.port;

import dk.attestbro.model.Payload;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is inside a mail.
 *
 * @param messages FHIR attachments
 * @param pdfs PDF attachments, which begin as a PDF does
 * @param others every other attachment, unopened
 * @param text what a person wrote: plain text, or what is left of HTML
 * @param deliveryStatus of a delivery status notification
 * @param readReceipt of a message disposition notification
 */
public record MailContents(
    List<Payload> messages,
    List<File> pdfs,
    List<File> others,
    String text,
    Optional<DeliveryStatus> deliveryStatus,
    Optional<ReadReceipt> readReceipt) {
  private static final Set<String> RICH_TEXT =
      Set.of("application/ms-tnef", "application/vnd.ms-tnef");

  public MailContents {
    messages = List.copyOf(messages);
    pdfs = List.copyOf(pdfs);
    others = List.copyOf(others);
  }

  /** Whether the rest of the content is packed in a way that only Outlook reads (TNEF). */
  public boolean isRichText() {
    return others.stream()
        .anyMatch(
            file -> RICH_TEXT.contains(file.type()) || file.name().equalsIgnoreCase("winmail.dat"));
  }

  @Override
  public String toString() {
    return "MailContents[%d messages, %d pdfs, %d others, %d characters]"
        .formatted(messages.size(), pdfs.size(), others.size(), text.length());
  }

  /**
   * An attachment.
   *
   * @param name as the sender calls it, without folders; never a path to write to
   * @param type the media type in lower case, without parameters
   * @param bytes decoded; not copied
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record File(String name, String type, byte[] bytes) {
    /** Never the name, which may be a person's. */
    @Override
    public String toString() {
      return "File[" + type + ", " + bytes.length + " bytes]";
    }
  }
}
