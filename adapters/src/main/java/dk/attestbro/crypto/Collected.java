package dk.attestbro.crypto;

import java.io.ByteArrayOutputStream;

/** What was collected, by its own array. */
final class Collected extends ByteArrayOutputStream {
  Collected(int size) {
    super(size);
  }

  byte[] array() {
    return buf;
  }
}
