package dk.attestbro.file;

import java.io.IOException;
import java.io.InputStream;

/** Reads no more than is allowed. */
final class Capped {
  private Capped() {}

  /**
   * @throws FolderFailed TOO_LARGE
   */
  static byte[] read(InputStream bytes, int most) throws IOException {
    byte[] read = bytes.readNBytes(most);
    if (bytes.read() >= 0) {
      throw new FolderFailed(FolderFailed.TOO_LARGE);
    }
    return read;
  }
}
