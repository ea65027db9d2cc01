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

  public static Evidence of(Letter letter, Instant at, TimelineCode code, String detail) {
    return new Evidence(letter.chain(), at, code, Optional.of(letter.ref()), detail);
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
