package dk.attestbro.gateway.journey;

import dk.attestbro.model.Digest;
import dk.attestbro.model.MessageReading;
import java.util.Optional;

/** What a message says, and where it came as CMS the certificate that it was signed with. */
public record OpenedMessage(MessageReading reading, Optional<Digest> signer) {}
