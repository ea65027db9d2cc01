package dk.attestbro.gateway.journey;

import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReader;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Payload;
import dk.attestbro.port.MessageProtection;
import java.time.Instant;
import java.util.Optional;

/** Opens a message as it came: decrypts and verifies it where it is CMS, and reads it. */
public final class OpenMessage {
  private final MessageProtection protection;
  private final MessageReader reader;

  public OpenMessage(MessageProtection protection, MessageReader reader) {
    this.protection = protection;
    this.reader = reader;
  }

  /**
   * @throws MessageRefused CMS_NOT_READABLE, CMS_SIGNATURE_INVALID, and what the {@link
   *     MessageReader} refuses
   */
  OpenedMessage open(Payload payload, Instant receivedAt) {
    if (payload.mediaType() != MediaType.CMS) {
      return OpenedMessage.unsigned(reader.read(payload));
    }
    MessageProtection.Opened opened = protection.open(payload.bytes(), receivedAt);
    return new OpenedMessage(
        reader.read(opened.content()),
        Optional.of(opened.signer()),
        opened.trust(),
        Optional.of(opened.signature()));
  }
}
