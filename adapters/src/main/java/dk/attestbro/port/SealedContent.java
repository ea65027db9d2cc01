package dk.attestbro.port;

import dk.attestbro.model.MediaType;
import java.nio.ByteBuffer;

/** A letter's content at rest: authenticated cipher text and what it is once opened. Not copied. */
@SuppressWarnings("ArrayRecordComponent")
public record SealedContent(MediaType mediaType, byte[] bytes) {
  /** Where in the bytes the id of the storage key stands, as four bytes: see {@link #keyId}. */
  public static final int KEY_ID_AT = 5;

  /**
   * The storage key that it needs. Every {@link ContentSealing} at rest writes it there in the
   * clear, so that the records can tell which keys are needed.
   *
   * @throws IllegalStateException where it is too short to name one
   */
  public int keyId() {
    if (bytes.length < KEY_ID_AT + Integer.BYTES) {
      throw new IllegalStateException("not a sealed content");
    }
    return ByteBuffer.wrap(bytes).getInt(KEY_ID_AT);
  }

  @Override
  public String toString() {
    return "SealedContent[" + mediaType.value() + ", " + bytes.length + " bytes]";
  }
}
