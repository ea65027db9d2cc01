package dk.attestbro.port;

import dk.attestbro.model.Digest;
import dk.attestbro.model.Payload;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * What the sender of a letter signed, so that anyone can verify it again: the signature, and with
 * the letter's content exactly the bytes that it stands over. Not copied.
 *
 * @param cms SignedData (RFC 5652) beside what it signs, with the certificates that came in it
 * @param before what was signed before the content
 * @param body what was signed after that, where it is not the content that is held of the letter
 */
@SuppressWarnings("ArrayRecordComponent") // kept and handed on, and compared by nobody
public record SenderSignature(byte[] cms, byte[] before, Optional<byte[]> body) {
  private static final int LENGTHS = 2 * Integer.BYTES + 1;

  /** Over a whole entity that stands for itself, such as a mail's. */
  public static SenderSignature over(byte[] entity, byte[] cms) {
    return new SenderSignature(cms, new byte[0], Optional.of(entity));
  }

  /** The same for a letter that will hold something else than this, its content so far. */
  public SenderSignature apartFrom(Payload content) {
    return body.isPresent() ? this : new SenderSignature(cms, before, Optional.of(content.bytes()));
  }

  /** The digest of all that was signed, with the letter's content. */
  public Digest signed(Payload content) {
    MessageDigest sha256 = Digest.sha256();
    sha256.update(before);
    sha256.update(body.orElseGet(content::bytes));
    return Digest.of(sha256);
  }

  /** As it is sealed. */
  public byte[] encoded() {
    ByteBuffer encoded =
        ByteBuffer.allocate(
            LENGTHS + cms.length + before.length + body.map(bytes -> bytes.length).orElse(0));
    encoded.put((byte) (body.isPresent() ? 1 : 0)).putInt(cms.length).putInt(before.length);
    encoded.put(cms).put(before);
    body.ifPresent(encoded::put);
    return encoded.array();
  }

  /** What {@link #encoded()} gave. */
  public static SenderSignature decoded(byte[] bytes) {
    ByteBuffer encoded = ByteBuffer.wrap(bytes);
    boolean hasBody = encoded.get() == 1;
    byte[] cms = new byte[encoded.getInt()];
    byte[] before = new byte[encoded.getInt()];
    encoded.get(cms).get(before);
    byte[] body = new byte[encoded.remaining()];
    encoded.get(body);
    return new SenderSignature(cms, before, hasBody ? Optional.of(body) : Optional.empty());
  }

  @Override
  public String toString() {
    return "SenderSignature["
        + cms.length
        + " bytes over "
        + body.map(bytes -> bytes.length + " bytes").orElse("the content")
        + "]";
  }
}
