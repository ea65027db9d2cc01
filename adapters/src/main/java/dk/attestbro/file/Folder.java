package dk.attestbro.file;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A partner's folder with its places. A name is always the name of one file, as the folder itself
 * listed it or as {@link FileNames} made it: never a path. No method follows a link. What fails is
 * a {@link FolderFailed} with its code, or another IOException.
 */
interface Folder extends AutoCloseable {
  /** What lies there, whole or not, in the order of the names. */
  List<FolderEntry> entries(Place place) throws IOException;

  /** What is known of this name there, where it exists. */
  Optional<FolderEntry> find(Place place, String name) throws IOException;

  /** Whether another program holds a lock on it. */
  boolean isLocked(String name) throws IOException;

  /**
   * The bytes of a file.
   *
   * @throws FolderFailed TOO_LARGE where there are more than {@code most}, whatever the size said
   */
  byte[] read(Place place, String name, int most) throws IOException;

  /** Writes a new file and forces it to disk where the folder's system can. */
  void create(Place place, String name, byte[] bytes) throws IOException;

  /**
   * Moves a file in one step. False, and nothing done, where it is no longer there or where the new
   * name is taken.
   */
  boolean rename(Place from, String name, Place to, String newName) throws IOException;

  /** Removes a file; one that is gone already is none to remove. */
  void delete(Place place, String name) throws IOException;

  /** Makes the places beneath the folder that are missing; never the folder itself. */
  void makePlaces() throws IOException;

  @Override
  void close();
}
