package dk.attestbro.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/**
 * A request body, written from its array piece by piece and never copied whole. It knows whether
 * all of it was handed over: until then the receiver cannot have the letter.
 */
final class SentBody extends AbstractHttpEntity {
  private static final int PIECE = 1 << 16;

  private final byte[] bytes;
  private volatile boolean isHandedOver;

  SentBody(byte[] bytes, ContentType type) {
    super(type, null);
    this.bytes = bytes;
  }

  boolean isHandedOver() {
    return isHandedOver;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    for (int from = 0; from < bytes.length; from += PIECE) {
      int length = Math.min(PIECE, bytes.length - from);
      isHandedOver = from + length == bytes.length;
      out.write(bytes, from, length);
    }
  }

  @Override
  public InputStream getContent() {
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public long getContentLength() {
    return bytes.length;
  }

  @Override
  public boolean isStreaming() {
    return false;
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public void close() {
    // An array needs no closing.
  }
}
