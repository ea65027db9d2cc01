package dk.attestbro.model;

/**
 * One destination of a message: its use ({@code primary}, {@code cc}, or as found), receiver, path.
 */
public record Destination(String use, OrganisationIds receiver, String path) {
  public boolean isPrimary() {
    return use.equals("primary");
  }

  public boolean isCopy() {
    return use.equals("cc");
  }
}
