package dk.attestbro.mail;

import java.util.Locale;
import java.util.Set;

/** What a MIME entity is to S/MIME (RFC 8551, 3.9). */
enum SmimeKind {
  /** CMS that holds its content: signed, encrypted or compressed, as the CMS itself says. */
  CMS,
  /** A part and the signature beside it. */
  SIGNED_PARTS,
  /** The signature that stands beside a part. */
  SIGNATURE,
  NONE;

  private static final Set<String> CMS_TYPES =
      Set.of("application/pkcs7-mime", "application/x-pkcs7-mime");
  private static final Set<String> SIGNATURE_TYPES =
      Set.of("application/pkcs7-signature", "application/x-pkcs7-signature");

  static SmimeKind of(MimePart part) {
    if (part.is("multipart/signed")) {
      // OpenPGP's (RFC 3156) is a multipart like any other here.
      return part.type()
              .parameter("protocol")
              .map(protocol -> SIGNATURE_TYPES.contains(protocol.toLowerCase(Locale.ROOT)))
              .orElse(true)
          ? SIGNED_PARTS
          : NONE;
    }
    if (CMS_TYPES.contains(part.type().word())) {
      return CMS;
    }
    if (SIGNATURE_TYPES.contains(part.type().word())) {
      return SIGNATURE;
    }
    if (part.is("application/octet-stream")) {
      String name = part.fileName().toLowerCase(Locale.ROOT);
      return name.endsWith(".p7m") ? CMS : name.endsWith(".p7s") ? SIGNATURE : NONE;
    }
    return NONE;
  }
}
