package dk.attestbro.gateway.pages;

import dk.attestbro.model.Attachment;
import dk.attestbro.model.AttachmentTypes;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** The documents that go with a letter: how they are listed, and how they are handed out. */
public final class Documents {
  private static final int KILO = 1024;

  private Documents() {}

  /** A document as it is listed. */
  public record Document(int number, String title, String contentType, long kilobytes) {
    /** What a person calls its type: PDF, PNG; the type itself where it is none that is taken. */
    public String kind() {
      return AttachmentTypes.parse(contentType).map(Enum::name).orElse(contentType);
    }
  }

  /** All of them, numbered from 0. */
  public static List<Document> of(List<Attachment> all) {
    return IntStream.range(0, all.size()).mapToObj(i -> document(i, all.get(i))).toList();
  }

  private static Document document(int number, Attachment one) {
    long kilobytes = Math.max(1, one.data().length / KILO);
    return new Document(number, one.title(), one.contentType(), kilobytes);
  }

  /**
   * One of them as a file.
   *
   * @throws MessageRefused NOT_FOUND, or NOT_ACCEPTABLE where it is of no type that is taken
   */
  public static ResponseEntity<byte[]> download(List<Attachment> all, int number, LetterId letter) {
    if (number < 0 || number >= all.size()) {
      throw new MessageRefused(RefusalReason.NOT_FOUND);
    }
    Attachment wanted = all.get(number);
    AttachmentTypes type =
        AttachmentTypes.parse(wanted.contentType())
            .orElseThrow(() -> new MessageRefused(RefusalReason.NOT_ACCEPTABLE));
    String ending = "." + type.name().toLowerCase(Locale.ROOT);
    return download(wanted.data(), type.contentType(), letter + "-" + (number + 1) + ending);
  }

  /** SECURITY: saved and never shown by the browser, whatever it is; no person is in its name. */
  public static ResponseEntity<byte[]> download(byte[] body, String type, String name) {
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(type))
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(name).build().toString())
        .body(body);
  }
}
