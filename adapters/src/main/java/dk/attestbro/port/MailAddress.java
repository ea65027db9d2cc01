package dk.attestbro.port;

import java.util.Locale;

/**
 * A mail address, {@code local@domain} in ASCII, the domain in lower case. Two are equal where a
 * mail system would deliver to the same box: whatever the letters' case.
 */
public record MailAddress(String local, String domain) {
  public MailAddress {
    domain = domain.toLowerCase(Locale.ROOT);
  }

  /** The address as it is written. */
  public String value() {
    return local + "@" + domain;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MailAddress that
        && domain.equals(that.domain)
        && local.equalsIgnoreCase(that.local);
  }

  @Override
  public int hashCode() {
    return local.toLowerCase(Locale.ROOT).hashCode() * 31 + domain.hashCode();
  }

  /** Never the local part, which may be a person's name. */
  @Override
  public String toString() {
    return "MailAddress[@" + domain + "]";
  }
}
