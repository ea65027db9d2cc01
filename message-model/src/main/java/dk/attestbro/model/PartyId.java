package dk.attestbro.model;

import java.util.regex.Pattern;

/** Names a party in the directory, in URLs and in queue names: {@code [a-z0-9-]+}, at most 64. */
public record PartyId(String value) implements Comparable<PartyId> {
  private static final Pattern SHAPE = Pattern.compile("[a-z0-9-]{1,64}");

  public PartyId {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException("not a party id of a-z, 0-9 and '-'");
    }
  }

  @Override
  public int compareTo(PartyId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
