package dk.attestbro.model;

/** The named person behind a letter, with a phone number. */
public record Contact(String name, String phone) {
  @Override
  public String toString() {
    return "Contact[]";
  }
}
