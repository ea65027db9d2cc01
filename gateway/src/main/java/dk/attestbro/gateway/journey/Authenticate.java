package dk.attestbro.gateway.journey;

import dk.attestbro.model.Digest;
import dk.attestbro.model.Directory;
import dk.attestbro.model.MessageReader;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.OrganisationIds;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.TrustProofs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Proves who sent a message: the credentials, the CMS signature where there is one, and
 * MessageHeader.sender must agree. What fails here is not recorded and reserves no id.
 */
public final class Authenticate {
  private final DirectorySource directory;
  private final OpenMessage openMessage;
  private final TrustProofs proofs;

  public Authenticate(DirectorySource directory, OpenMessage openMessage, TrustProofs proofs) {
    this.directory = directory;
    this.openMessage = openMessage;
    this.proofs = proofs;
  }

  /**
   * @throws MessageRefused NOT_ALLOWED, SENDER_NOT_AUTHENTICATED, PARTY_AMBIGUOUS,
   *     CMS_NOT_READABLE, CMS_SIGNATURE_INVALID, and what the {@link MessageReader} refuses
   */
  public AuthenticatedMessage sender(IncomingMessage incoming) {
    OpenedMessage opened =
        incoming
            .opened()
            .orElseGet(() -> openMessage.open(incoming.payload(), incoming.receivedAt()));
    MessageReading reading = opened.reading();
    List<Problem> problems = new ArrayList<>();
    PartyId sender = resolve(incoming, reading.sender(), problems);
    opened.signer().ifPresent(certificate -> requireSignerFor(certificate, sender));
    return new AuthenticatedMessage(
        incoming,
        reading,
        incoming.receivedSha256(),
        sender,
        problems,
        signatures(incoming, opened));
  }

  /**
   * Those of the mail, and the one of the message itself, kept now that its signer is known to
   * stand for the sender: strangers' certificates are not kept.
   */
  private List<SignedBy> signatures(IncomingMessage incoming, OpenedMessage opened) {
    List<SignedBy> signatures = new ArrayList<>(incoming.signatures());
    opened.trust().ifPresent(trust -> proofs.keep(trust.kept()));
    opened
        .signature()
        .ifPresent(made -> signatures.add(new SignedBy(opened.trust().stream().toList(), made)));
    return signatures;
  }

  private PartyId resolve(IncomingMessage incoming, OrganisationIds ids, List<Problem> problems) {
    Set<PartyId> mayActAs = incoming.caller().parties();
    if (mayActAs.isEmpty()) {
      throw new MessageRefused(RefusalReason.NOT_ALLOWED);
    }
    Optional<Party> named = ids.sor().isEmpty() ? Optional.empty() : bySor(ids.sor());
    if (named.isPresent()) {
      // SECURITY: without this line one party could write letters in another's name.
      if (!mayActAs.contains(named.get().id())) {
        throw new MessageRefused(RefusalReason.SENDER_NOT_AUTHENTICATED, ids.path());
      }
      if (!ids.gln().isEmpty() && !named.get().gln().equals(ids.gln())) {
        problems.add(new Problem(RefusalReason.GLN_NOT_LISTED, ids.path()));
      }
      return named.get().id();
    }
    if (!ids.sor().isEmpty()) {
      problems.add(new Problem(RefusalReason.SENDER_UNKNOWN, ids.path()));
    }
    return ActingParty.of(incoming.caller(), incoming.actingAs());
  }

  private Optional<Party> bySor(String sor) {
    Directory now = directory.current();
    return now.bySor(sor).filter(party -> !party.id().equals(now.gateway().id()));
  }

  private void requireSignerFor(Digest certificate, PartyId sender) {
    // SECURITY: a CMS message counts only as the party that its signer's certificate stands for.
    if (!directory.current().signedBy(certificate).contains(sender)) {
      throw new MessageRefused(RefusalReason.CMS_SIGNATURE_INVALID);
    }
  }
}
