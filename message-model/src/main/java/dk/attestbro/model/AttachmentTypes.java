package dk.attestbro.model;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The types of document that a letter may carry (MedCom's attachment value set), and how their
 * bytes begin. It tells a wrong label from a right one; it does not tell a harmless document from a
 * harmful one.
 */
public enum AttachmentTypes {
  PDF("application/pdf", List.of("25504446")),
  PNG("image/png", List.of("89504e470d0a1a0a")),
  JPEG("image/jpeg", List.of("ffd8ff")),
  GIF("image/gif", List.of("474946383761", "474946383961")),
  TIFF("image/tiff", List.of("49492a00", "4d4d002a")),
  BMP("image/bmp", List.of("424d"));

  private final String contentType;
  private final List<byte[]> beginnings;

  AttachmentTypes(String contentType, List<String> beginnings) {
    this.contentType = contentType;
    this.beginnings = beginnings.stream().map(HexFormat.of()::parseHex).toList();
  }

  /** The media type without parameters. */
  public String contentType() {
    return contentType;
  }

  /** The allowed type with this name, letter case and parameters left aside; empty for others. */
  public static Optional<AttachmentTypes> parse(String contentType) {
    int semicolon = contentType.indexOf(';');
    String bare =
        (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
            .strip()
            .toLowerCase(Locale.ROOT);
    for (AttachmentTypes type : values()) {
      if (type.contentType.equals(bare)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** Whether the bytes begin as a document of this type does. */
  public boolean matches(byte[] data) {
    return beginnings.stream().anyMatch(beginning -> startsWith(data, beginning));
  }

  /**
   * What is wrong with a document: nothing, or {@link RefusalReason#ATTACHMENT_TYPE_NOT_ALLOWED},
   * {@link RefusalReason#ATTACHMENT_INVALID} (empty) or {@link
   * RefusalReason#ATTACHMENT_TYPE_MISMATCH}.
   */
  public static Optional<RefusalReason> check(String contentType, byte[] data) {
    Optional<AttachmentTypes> type = parse(contentType);
    if (type.isEmpty()) {
      return Optional.of(RefusalReason.ATTACHMENT_TYPE_NOT_ALLOWED);
    }
    if (data.length == 0) {
      return Optional.of(RefusalReason.ATTACHMENT_INVALID);
    }
    return type.get().matches(data)
        ? Optional.empty()
        : Optional.of(RefusalReason.ATTACHMENT_TYPE_MISMATCH);
  }

  private static boolean startsWith(byte[] data, byte[] beginning) {
    if (data.length < beginning.length) {
      return false;
    }
    for (int i = 0; i < beginning.length; i++) {
      if (data[i] != beginning[i]) {
        return false;
      }
    }
    return true;
  }
}
