package dk.attestbro.gateway.journey;

import dk.attestbro.model.Digest;
import dk.attestbro.model.MessageReading;
import dk.attestbro.port.CertificateTrust.Trusted;
import java.util.Optional;

/**
 * What a message says; where it came as CMS, the certificate that it was signed with, and by what
 * that is relied upon.
 */
public record OpenedMessage(
    MessageReading reading, Optional<Digest> signer, Optional<Trusted> trust) {}
