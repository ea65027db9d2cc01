package dk.attestbro.mail;

import dk.attestbro.model.Digest;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Payload;
import java.util.Optional;

/** Finds the one message in what was signed of a mail, as {@link MimeMailReader} does. */
public final class MessageInMail {
  private MessageInMail() {}

  /** The digest of its bytes; empty where there is none, or nothing that can be read. */
  public static Optional<Digest> digest(byte[] signedEntity) {
    MimeLimits limits = MimeLimits.DEFAULT;
    try {
      MimePart content =
          unwrapped(MimePart.read(signedEntity, 0, signedEntity.length, limits), limits);
      return new ContentsReader(limits, new PartCount(limits.parts()))
          .read(content).messages().stream().findFirst().map(Payload::sha256);
    } catch (MessageRefused unreadable) {
      return Optional.empty();
    }
  }

  /** A whole mail under the signature stands for this one, unless it says that it is passed on. */
  static MimePart unwrapped(MimePart content, MimeLimits limits) {
    boolean forwarded =
        content
            .type()
            .parameter("forwarded")
            .filter(yes -> yes.equalsIgnoreCase("yes"))
            .isPresent();
    if (!content.is("message/rfc822") || forwarded) {
      return content;
    }
    byte[] mail = content.decoded();
    return MimePart.read(mail, 0, mail.length, limits);
  }
}
