package dk.attestbro.model;

/** Names one letter among all: its id is unique per sender. */
public record LetterRef(PartyId sender, LetterId id) {
  @Override
  public String toString() {
    return sender + "/" + id;
  }
}
