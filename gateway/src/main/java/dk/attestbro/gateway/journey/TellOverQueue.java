package dk.attestbro.gateway.journey;

import dk.attestbro.model.Endpoint;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Payload;
import dk.attestbro.port.AnswerDocument;
import dk.attestbro.port.AnswerDocument.Kind;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.MessageProtection;
import java.time.Clock;
import java.util.Optional;

/**
 * What of an answer may lie on a queue: a Receipt or an OperationOutcome as it is, since both hold
 * ids and codes only; an Acknowledgement only encrypted to its reader.
 */
public final class TellOverQueue {
  private final DirectorySource directory;
  private final MessageProtection protection;
  private final Clock clock;

  public TellOverQueue(DirectorySource directory, MessageProtection protection, Clock clock) {
    this.directory = directory;
    this.protection = protection;
    this.clock = clock;
  }

  /** A body and its type. */
  public record Told(byte[] body, String contentType) {}

  /** What this party is told besides the code; nothing where it cannot be told safely. */
  public Optional<Told> to(PartyId party, AnswerDocument answer) {
    if (answer.kind() == Kind.RECEIPT) {
      return Optional.of(new Told(answer.json(), "application/json"));
    }
    if (answer.kind() == Kind.OUTCOME) {
      return Optional.of(new Told(answer.json(), MediaType.FHIR_JSON.value()));
    }
    return directory
        .current()
        .party(party)
        .flatMap(Party::endpoint)
        .flatMap(Endpoint::encryptTo)
        .flatMap(
            certificate -> {
              try {
                Payload message = new Payload(answer.json(), MediaType.FHIR_JSON);
                return Optional.of(
                    new Told(
                        protection.protect(message, certificate, clock.instant()),
                        MediaType.CMS.value()));
              } catch (MessageProtection.CertificateUnusable expired) {
                // The code alone is told; the certificate is alarmed where letters go out.
                return Optional.empty();
              }
            });
  }
}
