package dk.attestbro.file;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** Opens the folders that the directory names: {@code file:} here, {@code sftp:} elsewhere. */
public final class Folders implements AutoCloseable {
  private final SftpConnections sftp;

  public Folders(SftpSettings sftp) {
    this.sftp = new SftpConnections(sftp);
  }

  Folder open(URI address) throws IOException {
    return address.getScheme().equals("sftp")
        ? sftp.open(address)
        : new LocalFolder(Path.of(address));
  }

  @Override
  public void close() {
    sftp.close();
  }
}
