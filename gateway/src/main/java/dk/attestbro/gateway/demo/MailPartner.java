package dk.attestbro.gateway.demo;

import dk.attestbro.crypto.CmsSmime;
import dk.attestbro.crypto.KeyAndCertificate;
import dk.attestbro.crypto.PrivateKeyOperations;
import dk.attestbro.mail.MimeLimits;
import dk.attestbro.mail.MimeMailReader;
import dk.attestbro.mail.MimeMailWriter;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.Certificate;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.Payload;
import dk.attestbro.port.MailAddress;
import dk.attestbro.port.MailContents;
import dk.attestbro.port.MailDraft;
import dk.attestbro.port.MailPurpose;
import dk.attestbro.port.MailReader;
import dk.attestbro.port.MailReading;
import dk.attestbro.port.MailSignature;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * A simulated organisation that has only mail: a box, a key for S/MIME, and the gateway's
 * certificate. All that it learns, it learns from its box.
 */
final class MailPartner {
  /** The gateway's certificate names no mail address. */
  private static final MailReader.Policy OWN_POLICY = new MailReader.Policy(false, true);

  private final Organisations organisation;
  private final ThrowawayKey key;
  private final MailServer server;
  private final Messages messages;
  private final Clock clock;
  private final PartnerLetters letters;
  private final MimeMailWriter writer;
  private final MimeMailReader reader;
  private volatile Optional<Gateway> gateway = Optional.empty();

  /** Whom it encrypts to, and the fingerprints of whom it takes letters from. */
  private record Gateway(Certificate encryptTo, Set<String> signers) {}

  /** A letter as it came: the mail's raw bytes, what it is read to, and the message in it. */
  record Received(Raw raw, MailReading.Read mail, MessageReading message) {}

  /** A mail's bytes as the server gave them. */
  @SuppressWarnings("ArrayRecordComponent")
  record Raw(byte[] bytes) {
    @Override
    public String toString() {
      return "Raw[" + bytes.length + " bytes]";
    }
  }

  MailPartner(
      Organisations organisation,
      ThrowawayAuthority authority,
      MailServer server,
      Messages messages,
      Clock clock) {
    this.organisation = organisation;
    this.key = authority.issueForMail(organisation.id(), address(organisation));
    this.server = server;
    this.messages = messages;
    this.clock = clock;
    this.letters = new PartnerLetters(organisation, messages, clock);
    KeyAndCertificate own = new KeyAndCertificate(key.key(), key.certificate());
    CmsSmime smime = new CmsSmime(own, List.of(own), new PrivateKeyOperations());
    this.writer = new MimeMailWriter(smime);
    this.reader = new MimeMailReader(smime, MimeLimits.DEFAULT);
    server.open(address(organisation));
  }

  /** The address of an organisation in this demo. */
  static String address(Organisations organisation) {
    return "post@" + organisation.id() + ".example";
  }

  Organisations organisation() {
    return organisation;
  }

  PartnerLetters letters() {
    return letters;
  }

  /** Its certificate as PEM. */
  String pem() {
    return key.pem();
  }

  /** From now on it encrypts to this certificate, and takes the signatures of these alone. */
  void trust(Certificate encryptTo, Set<String> signers) {
    gateway = Optional.of(new Gateway(encryptTo, signers));
  }

  /** Sends a message as an S/MIME mail to the gateway. */
  void send(Payload message, CaseId caseId) {
    String ending = message.mediaType() == MediaType.FHIR_XML ? "xml" : "json";
    MailDraft draft =
        new MailDraft(
            mailAddress(address(organisation)),
            organisation.id(),
            mailAddress(MailFolder.GATEWAY),
            clock.instant(),
            "<" + UUID.randomUUID() + "@" + organisation.id() + ".example>",
            Optional.empty(),
            "Til Attestbro [AB:" + caseId + "]",
            false,
            "Se den vedhæftede meddelelse.\n",
            List.of(
                new MailContents.File(
                    "message." + ending, message.mediaType().value(), message.bytes())));
    byte[] mail = writer.encrypted(draft, gateway.orElseThrow().encryptTo(), clock.instant());
    server.send(address(organisation), MailFolder.GATEWAY, mail);
  }

  /** The first message of this event in this case, if it has come. */
  Optional<Received> received(EventCode event, CaseId caseId) {
    return find(
        message ->
            message.event().equals(Optional.of(event))
                && message.caseId().equals(Optional.of(caseId)));
  }

  /** The Acknowledgement of this letter, if it has come. */
  Optional<Received> acknowledgementOf(LetterId letter) {
    return find(
        message ->
            message.acknowledgement().filter(a -> a.acknowledges().equals(letter)).isPresent());
  }

  private Optional<Received> find(Predicate<MessageReading> wanted) {
    return received().stream().filter(one -> wanted.test(one.message())).findFirst();
  }

  /** Every message in its box, oldest first. */
  List<Received> received() {
    List<Received> all = new ArrayList<>();
    for (byte[] mail : server.box(address(organisation))) {
      if (reader.read(mail, from -> OWN_POLICY) instanceof MailReading.Read read
          && read.purpose() instanceof MailPurpose.Message inside) {
        requireFromGateway(read);
        all.add(new Received(new Raw(mail), read, messages.reader().read(inside.payload())));
      }
    }
    return all;
  }

  private void requireFromGateway(MailReading.Read mail) {
    MailSignature signature =
        mail.signature()
            .filter(MailSignature::encrypted)
            .orElseThrow(() -> new StepFailed("a letter that is not signed and encrypted"));
    Set<String> known = gateway.orElseThrow().signers();
    for (MailSignature.Signer signer : signature.signers()) {
      if (!known.contains(signer.certificate().fingerprint().hex())) {
        throw new StepFailed("a letter signed by someone who is not the gateway");
      }
    }
  }

  static MailAddress mailAddress(String address) {
    int at = address.indexOf('@');
    return new MailAddress(address.substring(0, at), address.substring(at + 1));
  }
}
