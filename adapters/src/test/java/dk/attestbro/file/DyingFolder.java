package dk.attestbro.file;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A folder whose user is killed at the n-th change, before it is made or after, and then can do
 * nothing more: not even what a finally would do.
 */
final class DyingFolder implements Folder {
  private final Folder real;
  private final boolean before;
  private int left;
  private boolean dead;

  DyingFolder(Folder real, int changes, boolean before) {
    this.real = real;
    this.left = changes;
    this.before = before;
  }

  boolean isDead() {
    return dead;
  }

  @Override
  public List<FolderEntry> entries(Place place) throws IOException {
    alive();
    return real.entries(place);
  }

  @Override
  public Optional<FolderEntry> find(Place place, String name) throws IOException {
    alive();
    return real.find(place, name);
  }

  @Override
  public boolean isLocked(String name) throws IOException {
    alive();
    return real.isLocked(name);
  }

  @Override
  public byte[] read(Place place, String name, int most) throws IOException {
    alive();
    return real.read(place, name, most);
  }

  @Override
  public void create(Place place, String name, byte[] bytes) throws IOException {
    dieBefore();
    if (dead) {
      // A kill while writing leaves a part of the file.
      real.create(place, name, java.util.Arrays.copyOf(bytes, bytes.length / 2));
      throw new Killed();
    }
    real.create(place, name, bytes);
    dieAfter();
  }

  @Override
  public boolean rename(Place from, String name, Place to, String newName) throws IOException {
    dieBefore();
    throwIfDead();
    boolean renamed = real.rename(from, name, to, newName);
    dieAfter();
    return renamed;
  }

  @Override
  public void delete(Place place, String name) throws IOException {
    dieBefore();
    throwIfDead();
    real.delete(place, name);
    dieAfter();
  }

  @Override
  public void makePlaces() throws IOException {
    alive();
    real.makePlaces();
  }

  @Override
  public void close() {
    real.close();
  }

  private void alive() {
    throwIfDead();
  }

  private void dieBefore() {
    throwIfDead();
    if (before && left-- == 0) {
      dead = true;
    }
  }

  private void dieAfter() {
    if (!before && left-- == 0) {
      dead = true;
      throw new Killed();
    }
  }

  private void throwIfDead() {
    if (dead) {
      throw new Killed();
    }
  }
}
