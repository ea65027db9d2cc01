package dk.attestbro.gateway.journey;

import dk.attestbro.model.Directory;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.MailAddress;
import dk.attestbro.port.MailHead;
import dk.attestbro.port.MailReading;
import dk.attestbro.port.MailSignature;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Proves who sent a mail: by certificate and address together where it is signed; where it is not,
 * by what the site's own mail server found about the domain. Nothing else proves anything.
 */
public final class ProveMailSender {
  private final DirectorySource directory;
  private final SignerTrust trust;
  private final MailRules rules;

  public ProveMailSender(DirectorySource directory, SignerTrust trust, MailRules rules) {
    this.directory = directory;
    this.trust = trust;
    this.rules = rules;
  }

  ProvenSender of(MailReading.Read mail, Instant receivedAt) {
    Optional<MailAddress> from = mail.head().from();
    if (from.isEmpty()) {
      return ProvenSender.unproven(RefusalReason.MAIL_FROM_INVALID);
    }
    return mail.signature().isPresent()
        ? signed(mail.signature().get(), from.get(), receivedAt)
        : tunnelled(mail.head(), from.get());
  }

  private ProvenSender signed(MailSignature signature, MailAddress from, Instant at) {
    Directory parties = directory.current();
    Set<PartyId> signers = new TreeSet<>();
    boolean first = true;
    for (MailSignature.Signer signer : signature.signers()) {
      Optional<RefusalReason> objection =
          trust.objection(signer.certificate(), signature.certificates(), at);
      if (objection.isPresent()) {
        return ProvenSender.unproven(objection.get());
      }
      Set<PartyId> stoodFor = parties.signedBy(signer.certificate().fingerprint());
      if (first) {
        signers.addAll(stoodFor);
        first = false;
      } else {
        // SECURITY: everyone who signed must stand for the sender, not one among others.
        signers.retainAll(stoodFor);
      }
    }
    Set<PartyId> writing = parties.writingFrom(from.value());
    // SECURITY: without this line a listed certificate could write from anyone's address.
    writing.retainAll(signers);
    return new ProvenSender(
        writing,
        signers,
        writing.isEmpty() ? Optional.of(RefusalReason.MAIL_SENDER_NOT_LISTED) : Optional.empty());
  }

  private ProvenSender tunnelled(MailHead head, MailAddress from) {
    // SECURITY: unsigned, a From is anyone's; only the site's own server's word on it counts.
    if (!rules.tunnelDomains().contains(from.domain())
        || rules.authservId().filter(id -> passed(head, id)).isEmpty()) {
      return ProvenSender.unproven(RefusalReason.MAIL_SENDER_NOT_PROVEN);
    }
    Set<PartyId> writing = directory.current().writingFrom(from.value());
    return new ProvenSender(
        writing,
        Set.of(),
        writing.isEmpty() ? Optional.of(RefusalReason.MAIL_SENDER_NOT_LISTED) : Optional.empty());
  }

  /** The topmost header of the server is its own; one below it came with the mail. */
  private static boolean passed(MailHead head, String authservId) {
    return head.dmarcPass(authservId)
        && head.authentication().stream()
            .filter(header -> header.authservId().equalsIgnoreCase(authservId))
            .findFirst()
            .filter(topmost -> !topmost.dmarc().isEmpty())
            .isPresent();
  }
}
