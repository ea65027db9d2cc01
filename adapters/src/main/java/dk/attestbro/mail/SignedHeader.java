package dk.attestbro.mail;

import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Header fields under the signature, by either way to put them there: the whole mail as a
 * message/rfc822 (RFC 8551, 3.1), or the fields in the header of what is signed (RFC 9788).
 */
final class SignedHeader {
  private static final List<String> ADDRESSES = List.of("from", "to", "cc");
  private static final List<String> TEXTS =
      List.of("subject", "message-id", "date", "in-reply-to", "references");
  private static final List<String> OBSCURED = List.of("...", "[...]");

  private SignedHeader() {}

  /** Whether these fields are a mail's and not a part's alone. */
  static boolean isIn(MimeHeader header) {
    return header.has("from");
  }

  /**
   * Whatever stands in both must be the same, unless the signed one tells how it was hidden
   * outside.
   *
   * @throws MessageRefused where the outer one was altered on the way
   */
  static void requireAgreement(MimeHeader outer, MimeHeader signed, boolean encrypted) {
    for (String name : ADDRESSES) {
      requireAgreement(outer, signed, name, encrypted);
    }
    for (String name : TEXTS) {
      requireAgreement(outer, signed, name, encrypted);
    }
  }

  private static void requireAgreement(
      MimeHeader outer, MimeHeader signed, String name, boolean encrypted) {
    Optional<String> outside = outer.first(name);
    Optional<String> inside = signed.first(name);
    if (inside.isEmpty() || outside.isEmpty()) {
      // What only one of them has cannot contradict; the signed one is used.
      return;
    }
    boolean agree =
        same(name, outside.get(), inside.get())
            || (encrypted && toldOutside(signed, name, outside.get()))
            || (encrypted && name.equals("subject") && OBSCURED.contains(outside.get()));
    if (!agree) {
      throw new MessageRefused(RefusalReason.SMIME_HEADER_ALTERED);
    }
  }

  private static boolean same(String name, String outside, String inside) {
    if (ADDRESSES.contains(name)) {
      return Addresses.parse(outside).equals(Addresses.parse(inside))
          && (Addresses.parse(outside).isPresent() || outside.equals(inside));
    }
    return normal(outside).equals(normal(inside));
  }

  /** HP-Outer repeats under the signature what the sender let stand outside (RFC 9788, 2.2). */
  private static boolean toldOutside(MimeHeader signed, String name, String outside) {
    return !name.equals("from")
        && signed.all("hp-outer").stream()
            .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(name + ":"))
            .anyMatch(value -> same(name, outside, value.substring(name.length() + 1)));
  }

  private static String normal(String value) {
    return EncodedWords.decode(value).replaceAll("\\s+", " ").strip();
  }
}
