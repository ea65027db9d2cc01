package dk.attestbro.model;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * One entry of the hash-chained log: a decision about a letter, in digests and codes only. {@code
 * detail} is a code or an id (a Bundle.id, a reason, an operator's token label), never content.
 */
public record Evidence(
    String chain, Instant at, TimelineCode code, Optional<LetterRef> letter, String detail) {
  /** The hash that the first entry of a chain follows. */
  public static final Digest START = Digest.of("attestbro".getBytes(StandardCharsets.UTF_8));

  private static final String CONTENT = " content-sha256=";

  public static Evidence of(Letter letter, Instant at, TimelineCode code, String detail) {
    return new Evidence(letter.chain(), at, code, Optional.of(letter.ref()), detail);
  }

  /** A detail that also says which bytes a letter's content has from now on. */
  public static String withContent(String detail, Digest content) {
    return detail + CONTENT + content.hex();
  }

  /** The digest of the bytes that a letter's content has from this entry on, where it says so. */
  public Optional<Digest> content() {
    int at = detail.lastIndexOf(CONTENT);
    return at >= 0 && detail.length() - at - CONTENT.length() == 64
        ? Optional.of(new Digest(detail.substring(at + CONTENT.length())))
        : Optional.empty();
  }

  /** The hash of this entry as number {@code sequence} of its chain, after {@code previous}. */
  public Digest hashAfter(Digest previous, long sequence) {
    String text =
        String.join(
            "\n",
            previous.hex(),
            chain,
            Long.toString(sequence),
            at.toString(),
            code.name(),
            letter.map(LetterRef::toString).orElse(""),
            detail);
    return Digest.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
