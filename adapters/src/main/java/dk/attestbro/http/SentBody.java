package dk.attestbro.http;

import java.io.ByteArrayInputStream;

/**
 * A request body, read from its array piece by piece and never copied whole. It knows whether all
 * of it was handed over: until then the receiver cannot have the letter.
 */
final class SentBody extends ByteArrayInputStream {
  SentBody(byte[] bytes) {
    super(bytes);
  }

  synchronized boolean isHandedOver() {
    return pos >= count;
  }
}
