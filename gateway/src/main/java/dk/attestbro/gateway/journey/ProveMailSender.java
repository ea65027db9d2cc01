package dk.attestbro.gateway.journey;

import dk.attestbro.model.Directory;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.CertificateTrust;
import dk.attestbro.port.CertificateTrust.Refused;
import dk.attestbro.port.CertificateTrust.Trusted;
import dk.attestbro.port.CertificateTrust.Verdict;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.MailAddress;
import dk.attestbro.port.MailHead;
import dk.attestbro.port.MailReading;
import dk.attestbro.port.MailSignature;
import dk.attestbro.port.TrustProofs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Proves who sent a mail: by certificate and address together where it is signed; where it is not,
 * by what the site's own mail server found about the domain. Nothing else proves anything.
 */
public final class ProveMailSender {
  private final DirectorySource directory;
  private final CertificateTrust trust;
  private final TrustProofs proofs;
  private final MailRules rules;

  public ProveMailSender(
      DirectorySource directory, CertificateTrust trust, TrustProofs proofs, MailRules rules) {
    this.directory = directory;
    this.trust = trust;
    this.proofs = proofs;
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
    List<Trusted> signatures = new ArrayList<>();
    boolean first = true;
    for (MailSignature.Signer signer : signature.signers()) {
      Verdict verdict =
          trust.check(
              signer.certificate(), signature.certificates(), CertificateTrust.Purpose.SIGN, at);
      if (verdict instanceof Refused refused) {
        return ProvenSender.unproven(refused.reason());
      }
      signatures.add((Trusted) verdict);
      Set<PartyId> stoodFor = parties.signedBy(signer.certificate().fingerprint());
      if (first) {
        signers.addAll(stoodFor);
        first = false;
      } else {
        // SECURITY: everyone who signed must stand for the sender, not one among others.
        signers.retainAll(stoodFor);
      }
    }
    if (!signers.isEmpty()) {
      // SECURITY: a stranger's certificates are not kept, or anyone could fill the records.
      signatures.forEach(one -> proofs.keep(one.kept()));
    }
    Set<PartyId> writing = parties.writingFrom(from.value());
    // SECURITY: without this line a listed certificate could write from anyone's address.
    writing.retainAll(signers);
    return new ProvenSender(
        writing,
        signers,
        writing.isEmpty() ? Optional.of(RefusalReason.MAIL_SENDER_NOT_LISTED) : Optional.empty(),
        signers.isEmpty() ? List.of() : List.of(new SignedBy(signatures, signature.made())));
  }

  private ProvenSender tunnelled(MailHead head, MailAddress from) {
    // SECURITY: unsigned, a From is anyone's; only the site's own server's word on it counts.
    if (!rules.tunnelDomains().contains(from.domain()) || !rules.passed(head)) {
      return ProvenSender.unproven(RefusalReason.MAIL_SENDER_NOT_PROVEN);
    }
    Set<PartyId> writing = directory.current().writingFrom(from.value());
    return new ProvenSender(
        writing,
        Set.of(),
        writing.isEmpty() ? Optional.of(RefusalReason.MAIL_SENDER_NOT_LISTED) : Optional.empty(),
        List.of());
  }
}
