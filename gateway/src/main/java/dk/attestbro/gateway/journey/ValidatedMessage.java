package dk.attestbro.gateway.journey;

import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Letter;
import dk.attestbro.model.Party;
import java.util.List;
import java.util.Optional;

/**
 * A message that passed every check. {@code certificateCase} is the case as it is after this
 * letter; {@code acknowledged} is the letter that an Acknowledgement is about.
 */
public record ValidatedMessage(
    AuthenticatedMessage message,
    Party receiver,
    List<String> validatedBy,
    Optional<CertificateCase> certificateCase,
    Optional<Letter> acknowledged) {}
