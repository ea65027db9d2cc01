package dk.attestbro.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.client.SftpClient.DirEntry;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHFsyncExtension;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;

/** A folder on an SFTP server, over a channel of its own. */
final class SftpFolder implements Folder {
  private static final int CHUNK = 32 * 1024;

  private final SftpClient sftp;
  private final String folder;

  SftpFolder(SftpClient sftp, String folder) {
    this.sftp = sftp;
    this.folder = folder.endsWith("/") ? folder.substring(0, folder.length() - 1) : folder;
  }

  @Override
  public List<FolderEntry> entries(Place place) throws IOException {
    List<FolderEntry> found = new ArrayList<>();
    try {
      for (DirEntry entry : sftp.readEntries(at(place))) {
        String name = entry.getFilename();
        if (!name.equals(".") && !name.equals("..")) {
          found.add(entry(name, entry.getAttributes()));
        }
      }
    } catch (UncheckedIOException failed) {
      throw failed.getCause() instanceof SftpException status ? coded(status) : failed.getCause();
    } catch (SftpException failed) {
      throw coded(failed);
    }
    found.sort(Comparator.comparing(FolderEntry::name));
    return found;
  }

  @Override
  public Optional<FolderEntry> find(Place place, String name) throws IOException {
    try {
      return Optional.of(entry(name, sftp.lstat(at(place, name))));
    } catch (SftpException failed) {
      if (isMissing(failed)) {
        return Optional.empty();
      }
      throw coded(failed);
    }
  }

  private static FolderEntry entry(String name, Attributes attributes) {
    return new FolderEntry(
        name,
        attributes.getSize(),
        attributes.getModifyTime().toInstant(),
        // SECURITY: a server could otherwise name a file anywhere else.
        attributes.isRegularFile() && FileNames.isPlain(name));
  }

  /** SFTP as it is spoken shows no locks: standing still must do. */
  @Override
  public boolean isLocked(String name) {
    return false;
  }

  @Override
  public byte[] read(Place place, String name, int most) throws IOException {
    try (InputStream bytes = sftp.read(at(place, name))) {
      return Capped.read(bytes, most);
    } catch (SftpException failed) {
      throw coded(failed);
    }
  }

  @Override
  public void create(Place place, String name, byte[] bytes) throws IOException {
    try (SftpClient.CloseableHandle file =
        sftp.open(at(place, name), OpenMode.Write, OpenMode.Create, OpenMode.Exclusive)) {
      for (int at = 0; at < bytes.length; at += CHUNK) {
        sftp.write(file, at, bytes, at, Math.min(CHUNK, bytes.length - at));
      }
      OpenSSHFsyncExtension fsync = sftp.getExtension(OpenSSHFsyncExtension.class);
      if (fsync.isSupported()) {
        fsync.fsync(file);
      }
    } catch (SftpException failed) {
      throw coded(failed);
    }
  }

  @Override
  public boolean rename(Place from, String name, Place to, String newName) throws IOException {
    if (find(to, newName).isPresent()) {
      return false;
    }
    try {
      sftp.rename(at(from, name), at(to, newName));
      return true;
    } catch (SftpException failed) {
      // Servers say only that it failed; whether it is one of the two ordinary cases is looked up.
      if (find(from, name).isEmpty() || find(to, newName).isPresent()) {
        return false;
      }
      throw coded(failed);
    }
  }

  @Override
  public void delete(Place place, String name) throws IOException {
    try {
      sftp.remove(at(place, name));
    } catch (SftpException failed) {
      if (!isMissing(failed)) {
        throw coded(failed);
      }
    }
  }

  @Override
  public void makePlaces() throws IOException {
    for (Place place : Place.values()) {
      if (place != Place.FOLDER && find(Place.FOLDER, place.subfolder()).isEmpty()) {
        try {
          sftp.mkdir(at(place));
        } catch (SftpException failed) {
          throw coded(failed);
        }
      }
    }
  }

  @Override
  public void close() {
    try {
      sftp.close();
    } catch (IOException alreadyGone) {
      // The connection broke: there is nothing to close.
    }
  }

  private String at(Place place) {
    return place == Place.FOLDER ? folder : folder + "/" + place.subfolder();
  }

  private String at(Place place, String name) {
    return at(place) + "/" + name;
  }

  private static boolean isMissing(SftpException failed) {
    return failed.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE
        || failed.getStatus() == SftpConstants.SSH_FX_NO_SUCH_PATH;
  }

  private static FolderFailed coded(SftpException failed) {
    String code =
        switch (failed.getStatus()) {
          case SftpConstants.SSH_FX_NO_SUCH_FILE, SftpConstants.SSH_FX_NO_SUCH_PATH ->
              FolderFailed.FOLDER_MISSING;
          case SftpConstants.SSH_FX_PERMISSION_DENIED, SftpConstants.SSH_FX_WRITE_PROTECT ->
              FolderFailed.FOLDER_DENIED;
          case SftpConstants.SSH_FX_NO_SPACE_ON_FILESYSTEM, SftpConstants.SSH_FX_QUOTA_EXCEEDED ->
              FolderFailed.DISK_FULL;
          default -> FolderFailed.FOLDER_FAILED;
        };
    return new FolderFailed(code, failed);
  }
}
