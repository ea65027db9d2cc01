package dk.attestbro.file;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.DeliveryOutcome;
import dk.attestbro.model.DeliveryOutcome.Delivered;
import dk.attestbro.model.DeliveryOutcome.TransientFailure;
import dk.attestbro.model.Payload;
import dk.attestbro.port.Delivery;
import dk.attestbro.port.MessageDelivery;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Puts a letter into its receiver's folder: written whole under a hidden name, forced to disk, then
 * renamed to its Bundle.id. A reader never sees a part of it, and a letter that lies there already
 * counts as delivered.
 */
public final class FileDelivery implements MessageDelivery {
  /** What a killed process left behind half-written is removed after so long. */
  private static final Duration LEFT_BEHIND = Duration.ofHours(1);

  /** What an operator must mend; everything else may pass by itself. */
  private static final Set<String> ALARMING =
      Set.of(
          FolderFailed.FOLDER_MISSING,
          FolderFailed.FOLDER_DENIED,
          FolderFailed.DISK_FULL,
          FolderFailed.HOST_KEY_UNKNOWN,
          FolderFailed.SFTP_NOT_ALLOWED,
          FolderFailed.SFTP_NOT_CONFIGURED);

  private final Folders folders;
  private final Clock clock;
  private final Map<URI, Instant> swept = new ConcurrentHashMap<>();

  public FileDelivery(Folders folders, Clock clock) {
    this.folders = folders;
    this.clock = clock;
  }

  @Override
  public DeliveryOutcome deliver(Delivery delivery) {
    URI address = delivery.endpoint().address().orElseThrow();
    boolean[] renaming = new boolean[1];
    try (Folder folder = folders.open(address)) {
      sweep(address, folder);
      put(folder, delivery.bundleId(), delivery.body(), renaming);
      return new Delivered(Optional.empty());
    } catch (IOException failed) {
      String code = FolderFailed.codeOf(failed);
      // A connection that breaks in the rename leaves open whether it was done.
      return new TransientFailure(
          code,
          Optional.empty(),
          renaming[0] && code.equals(FolderFailed.FOLDER_FAILED),
          ALARMING.contains(code));
    }
  }

  static void put(Folder folder, BundleId bundle, Payload body, boolean[] renaming)
      throws IOException {
    String first = FileNames.outgoing(bundle, body.mediaType());
    String second = FileNames.outgoing(bundle, body.sha256(), body.mediaType());
    if (lies(folder, first, body) || lies(folder, second, body)) {
      return;
    }
    String temporary = FileNames.temporary();
    try {
      folder.create(Place.FOLDER, temporary, body.bytes());
      renaming[0] = true;
      // SECURITY: a file that lies there is never replaced, and other bytes under this Bundle.id
      // never count as this letter: another sender may have used the same id.
      if (!folder.rename(Place.FOLDER, temporary, Place.FOLDER, first)
          && !folder.rename(Place.FOLDER, temporary, Place.FOLDER, second)) {
        throw new FolderFailed(FolderFailed.FOLDER_FAILED);
      }
    } catch (IOException failed) {
      removeAfter(failed, folder, temporary);
      throw failed;
    }
  }

  private static boolean lies(Folder folder, String name, Payload body) throws IOException {
    Optional<FolderEntry> there = folder.find(Place.FOLDER, name);
    if (there.filter(f -> f.regular() && f.size() == body.size()).isEmpty()) {
      return false;
    }
    return new Payload(folder.read(Place.FOLDER, name, body.size()), body.mediaType()).equals(body);
  }

  private static void removeAfter(IOException failed, Folder folder, String temporary) {
    try {
      folder.delete(Place.FOLDER, temporary);
    } catch (IOException again) {
      // The sweep removes it.
      failed.addSuppressed(again);
    }
  }

  /** A killed process may have left a part of a letter under a hidden name. */
  private void sweep(URI address, Folder folder) throws IOException {
    Instant now = clock.instant();
    Instant next = swept.getOrDefault(address, Instant.MIN);
    if (now.isBefore(next)) {
      return;
    }
    for (FolderEntry entry : folder.entries(Place.FOLDER)) {
      if (FileNames.isTemporary(entry.name())
          && entry.modified().isBefore(now.minus(LEFT_BEHIND))) {
        folder.delete(Place.FOLDER, entry.name());
      }
    }
    swept.put(address, now.plus(LEFT_BEHIND));
  }
}
