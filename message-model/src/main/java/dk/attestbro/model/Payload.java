package dk.attestbro.model;

import java.util.Objects;

/**
 * The exact bytes of a message, their media type and their SHA-256. The bytes are the truth; every
 * model of them is a reading. The array is shared, not copied: nobody may change it. {@link
 * #toString()} never shows content.
 */
public final class Payload {
  private final byte[] bytes;
  private final MediaType mediaType;
  private final Digest sha256;

  public Payload(byte[] bytes, MediaType mediaType) {
    this.bytes = Objects.requireNonNull(bytes);
    this.mediaType = Objects.requireNonNull(mediaType);
    this.sha256 = Digest.of(bytes);
  }

  /** The bytes themselves. */
  public byte[] bytes() {
    return bytes;
  }

  public MediaType mediaType() {
    return mediaType;
  }

  /** The digest of the bytes as they are. */
  public Digest sha256() {
    return sha256;
  }

  /** The size in bytes. */
  public int size() {
    return bytes.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Payload that
        && mediaType == that.mediaType
        && sha256.equals(that.sha256);
  }

  @Override
  public int hashCode() {
    return sha256.hashCode();
  }

  @Override
  public String toString() {
    return "Payload[" + mediaType.value() + ", " + bytes.length + " bytes, " + sha256 + "]";
  }
}
