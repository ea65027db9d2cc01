package dk.attestbro.mail;

import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.MailReader.Policy;
import dk.attestbro.port.SmimeOpening;
import dk.attestbro.port.SmimeOpening.Decrypted;
import dk.attestbro.port.SmimeOpening.Layer;
import dk.attestbro.port.SmimeOpening.Verified;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;

/**
 * Opens the layers of S/MIME around a mail, from the outside in. Protection covers the whole mail
 * or the mail is refused: nothing encrypted is opened that stands among other parts, nothing that
 * was decrypted is used unless it is signed itself, and every signature met holds.
 */
final class SmimeLayers {
  private final SmimeOpening opening;
  private final MimeLimits limits;

  SmimeLayers(SmimeOpening opening, MimeLimits limits) {
    this.opening = opening;
    this.limits = limits;
  }

  /**
   * What was found.
   *
   * @param part the innermost entity
   * @param signature the innermost signature, that over the content itself
   */
  record Opened(MimePart part, Optional<Verified> signature, boolean encrypted) {}

  Opened open(MimePart mail, Policy policy, PartCount count) {
    MimePart part = mail;
    Optional<Verified> signature = Optional.empty();
    boolean encrypted = false;
    int layers = 0;
    while (SmimeKind.of(part) != SmimeKind.NONE) {
      layers++;
      if (layers > limits.layers()) {
        throw new MessageRefused(RefusalReason.SMIME_TOO_COMPLEX);
      }
      Layer layer = layer(part, policy, count);
      // A signature around what is encrypted says nothing about what is inside.
      signature = layer instanceof Verified verified ? Optional.of(verified) : Optional.empty();
      encrypted |= layer instanceof Decrypted;
      if (layer instanceof Decrypted && !isSmime(layer.content())) {
        // SECURITY: what was decrypted and is not signed is the attacker's as likely as the
        // sender's (EFAIL); it is not even looked at.
        throw new MessageRefused(RefusalReason.SMIME_NOT_SIGNED);
      }
      part = MimePart.read(layer.content(), 0, layer.content().length, limits);
    }
    return new Opened(part, signature, encrypted);
  }

  private boolean isSmime(byte[] entity) {
    return SmimeKind.of(MimePart.read(entity, 0, entity.length, limits)) != SmimeKind.NONE;
  }

  private Layer layer(MimePart part, Policy policy, PartCount count) {
    return switch (SmimeKind.of(part)) {
      case CMS -> opening.open(part.decoded(), policy.cbc());
      case SIGNED_PARTS -> beside(part.parts(count, limits));
      // The root of a mail is nothing but a signature: there is nothing that it signs.
      case SIGNATURE -> throw new MessageRefused(RefusalReason.SMIME_NOT_SIGNED);
      case NONE -> throw new IllegalStateException("asked before");
    };
  }

  private Verified beside(List<MimePart> parts) {
    if (parts.size() < 2) {
      throw new MessageRefused(RefusalReason.SMIME_NOT_SIGNED);
    }
    if (parts.size() > 2) {
      throw new MessageRefused(RefusalReason.SMIME_SIGNATURE_PARTIAL);
    }
    if (SmimeKind.of(parts.get(1)) != SmimeKind.SIGNATURE) {
      throw new MessageRefused(RefusalReason.SMIME_NOT_SIGNED);
    }
    byte[] content = parts.get(0).raw();
    byte[] signature = parts.get(1).decoded();
    try {
      return opening.verify(content, signature);
    } catch (MessageRefused asReceived) {
      // What was signed had CRLF lines (RFC 8551, 3.1.1); a transport may have made them LF.
      Optional<byte[]> canonical = canonical(content);
      if (asReceived.refusal().reason() != RefusalReason.SMIME_SIGNATURE_INVALID
          || canonical.isEmpty()) {
        throw asReceived;
      }
      return opening.verify(canonical.get(), signature);
    }
  }

  /** With every bare LF made CRLF; empty where there is none. */
  private static Optional<byte[]> canonical(byte[] content) {
    ByteArrayOutputStream canonical =
        new ByteArrayOutputStream(content.length + content.length / 32);
    int written = 0;
    for (int i = 0; i < content.length; i++) {
      if (content[i] == '\n' && (i == 0 || content[i - 1] != '\r')) {
        canonical.write(content, written, i - written);
        canonical.write('\r');
        written = i;
      }
    }
    if (written == 0 && canonical.size() == 0) {
      return Optional.empty();
    }
    canonical.write(content, written, content.length - written);
    return Optional.of(canonical.toByteArray());
  }
}
