package dk.attestbro.model;

/** A document that goes with a letter. The array is shared, not copied. */
@SuppressWarnings("ArrayRecordComponent")
public record Attachment(String title, String contentType, byte[] data) {
  @Override
  public String toString() {
    return "Attachment[" + contentType + ", " + data.length + " bytes]";
  }
}
