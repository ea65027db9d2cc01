package dk.attestbro.file;

import dk.attestbro.model.Endpoint;
import dk.attestbro.port.ChannelProbe;
import dk.attestbro.port.HopTimer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Tries a party's folder: opens it, and writes and removes a small file under a hidden name, which
 * a reader never takes for a letter.
 */
public final class FileProbe implements ChannelProbe {
  private static final byte[] CONTENT = "attestbro".getBytes(StandardCharsets.US_ASCII);

  private final Folders folders;

  public FileProbe(Folders folders) {
    this.folders = folders;
  }

  @Override
  public List<Hop> probe(Endpoint endpoint) {
    URI address = endpoint.address().orElseThrow();
    HopTimer timer = new HopTimer();
    Part part = Part.CONNECTION;
    try (Folder folder = folders.open(address)) {
      timer.good(part);
      part = Part.PLACE;
      String name = FileNames.temporary();
      folder.create(Place.FOLDER, name, CONTENT);
      folder.delete(Place.FOLDER, name);
      return timer.good(part).hops();
    } catch (IOException failed) {
      return timer.ended(part, FolderFailed.codeOf(failed)).hops();
    }
  }
}
