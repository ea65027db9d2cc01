package dk.attestbro.port;

import java.util.Optional;

/** The people who sign in by a password of this gateway. */
public interface StaffDirectory {
  /** The person with this id, as the file says now. */
  Optional<Entry> find(String id);

  /** Whether nobody is listed. */
  boolean isEmpty();

  /**
   * A person and the hash of the password.
   *
   * @param hash names its own method; never a clear text
   */
  record Entry(Staff staff, String hash) {
    @Override
    public String toString() {
      return "Entry[" + staff + "]";
    }
  }
}
