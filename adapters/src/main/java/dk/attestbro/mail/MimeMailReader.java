package dk.attestbro.mail;

import dk.attestbro.model.Digest;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.MailAddress;
import dk.attestbro.port.MailContents;
import dk.attestbro.port.MailHead;
import dk.attestbro.port.MailReader;
import dk.attestbro.port.MailReading;
import dk.attestbro.port.MailSignature;
import dk.attestbro.port.SenderSignature;
import dk.attestbro.port.SmimeOpening;
import dk.attestbro.port.SmimeOpening.Verified;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a mail in one direction: its size, its header, the layers of S/MIME around it, whether they
 * fit its header, and then what is inside. The first thing that is wrong is the verdict.
 */
public final class MimeMailReader implements MailReader {
  private static final Logger LOG = LoggerFactory.getLogger(MimeMailReader.class);

  private final SmimeOpening opening;
  private final MimeLimits limits;

  public MimeMailReader(SmimeOpening opening, MimeLimits limits) {
    this.opening = opening;
    this.limits = limits;
  }

  @Override
  public MailReading read(byte[] mail, Function<MailAddress, Policy> policies) {
    if (mail.length > limits.bytes()) {
      return tooLarge(mail);
    }
    MailHead head = MailHead.UNREADABLE;
    try {
      MimePart root = MimePart.read(mail, 0, mail.length, limits);
      head = MailHeads.lenient(root.header());
      head = MailHeads.strict(root.header());
      return read(root, head, policies.apply(head.from().orElseThrow()));
    } catch (MessageRefused refused) {
      return new MailReading.Refused(head, refused.refusal().reason());
    } catch (RuntimeException unforeseen) {
      // A mail that trips the reader must get a verdict all the same, or it would block the box.
      LOG.warn("a mail could not be read: {}, {}", Digest.of(mail), unforeseen.getClass());
      return new MailReading.Refused(head, RefusalReason.MAIL_NOT_READABLE);
    }
  }

  @Override
  public MailReading tooLarge(byte[] header) {
    MailHead head = MailHead.UNREADABLE;
    try {
      head = MailHeads.lenient(MimeHeader.read(header, 0, header.length, limits.headerBytes()));
    } catch (MessageRefused unreadable) {
      // It is refused for its size, whatever else is wrong with it.
    }
    return new MailReading.Refused(head, RefusalReason.MAIL_TOO_LARGE);
  }

  @Override
  public int mostBytes() {
    return limits.bytes();
  }

  private MailReading read(MimePart root, MailHead outerHead, Policy policy) {
    PartCount count = new PartCount(limits.parts());
    SmimeLayers.Opened opened = new SmimeLayers(opening, limits).open(root, policy, count);
    MimePart content = opened.part();
    MailHead head = outerHead;
    boolean coversHeader = false;
    if (opened.signature().isPresent()) {
      content = MessageInMail.unwrapped(content, limits);
      coversHeader = SignedHeader.isIn(content.header());
      if (coversHeader) {
        SignedHeader.requireAgreement(root.header(), content.header(), opened.encrypted());
        head = MailHeads.strict(root.header(), content.header());
      }
      requireSender(opened.signature().get(), head, policy);
    }
    MailContents contents = new ContentsReader(limits, count).read(content);
    return new MailReading.Read(
        head, signature(opened, coversHeader), contents, Purposes.of(head, contents));
  }

  private static void requireSender(Verified signature, MailHead head, Policy policy) {
    boolean others =
        signature.signers().stream()
            .anyMatch(
                signer ->
                    !signer.addresses().isEmpty()
                        && head.from().filter(signer.addresses()::contains).isEmpty());
    if (others && !policy.signsForOthers()) {
      throw new MessageRefused(RefusalReason.SMIME_SIGNER_NOT_SENDER);
    }
  }

  private static Optional<MailSignature> signature(
      SmimeLayers.Opened opened, boolean coversHeader) {
    return opened
        .signature()
        .map(
            verified ->
                new MailSignature(
                    verified.signers(),
                    verified.certificates(),
                    verified.revocationLists(),
                    opened.encrypted(),
                    coversHeader,
                    SenderSignature.over(verified.content(), verified.signature())));
  }
}
