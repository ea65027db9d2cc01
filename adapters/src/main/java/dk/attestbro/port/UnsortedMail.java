package dk.attestbro.port;

import dk.attestbro.model.Digest;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.PartyId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * A mail that a person must sort: what may be told of it without opening it. Its bytes are held
 * sealed as a content, at its {@link #place()}.
 *
 * @param sha256 of the mail exactly as it was fetched; no two have the same
 * @param account the mail account that it came to
 * @param reason a code: why no one else could take it
 * @param sender the party that is proven to have sent it, if any
 * @param size in bytes
 */
public record UnsortedMail(
    Digest sha256,
    String account,
    String reason,
    Optional<PartyId> sender,
    Instant receivedAt,
    int size,
    Optional<Instant> closedAt) {
  /** No party: the directory takes no id without a letter or a digit. */
  private static final PartyId DESK = new PartyId("--");

  /** A mail that has just come. */
  public static UnsortedMail open(
      Digest sha256,
      String account,
      String reason,
      Optional<PartyId> sender,
      Instant receivedAt,
      int size) {
    return new UnsortedMail(sha256, account, reason, sender, receivedAt, size, Optional.empty());
  }

  /** Its id: the first half of its digest, so that a mail fetched twice has the same. */
  public UUID id() {
    return idOf(sha256);
  }

  /** The id that a mail with this digest has here. */
  public static UUID idOf(Digest sha256) {
    ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(sha256.hex()));
    return new UUID(bytes.getLong(), bytes.getLong());
  }

  /** Under what its content is sealed and held. */
  public LetterRef place() {
    return new LetterRef(DESK, new LetterId(id().toString()));
  }

  /** The evidence chain of what was decided about it. */
  public String chain() {
    return "mail:" + id();
  }
}
