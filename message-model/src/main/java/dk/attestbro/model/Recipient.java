package dk.attestbro.model;

import java.net.URI;

/** Whom a notice goes to. */
public sealed interface Recipient {
  /** What the records know it by. */
  String address();

  /** A person, or a box that several read. */
  record Mail(String address) implements Recipient {
    /** Never the local part, which may be a person's name. */
    @Override
    public String toString() {
      return "Mail[@" + address.substring(address.lastIndexOf('@') + 1) + "]";
    }
  }

  /**
   * A system that takes notices as signed HTTP requests.
   *
   * @param secretFile where the secrets are that they are signed with
   */
  record Webhook(URI uri, String secretFile) implements Recipient {
    @Override
    public String address() {
      return uri.toString();
    }

    /** Never the path, which may be a password. */
    @Override
    public String toString() {
      return "Webhook[" + uri.getHost() + "]";
    }
  }
}
