package dk.attestbro.port;

import dk.attestbro.model.MediaType;

/** A letter's content at rest: authenticated cipher text and what it is once opened. Not copied. */
@SuppressWarnings("ArrayRecordComponent")
public record SealedContent(MediaType mediaType, byte[] bytes) {
  @Override
  public String toString() {
    return "SealedContent[" + mediaType.value() + ", " + bytes.length + " bytes]";
  }
}
