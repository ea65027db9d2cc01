package dk.attestbro.gateway.journey;

import dk.attestbro.model.DeliveryRules;
import dk.attestbro.model.Directory;
import dk.attestbro.model.Endpoint;
import dk.attestbro.model.Fallback;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MailIds;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.model.Transmission;
import dk.attestbro.port.Change;
import dk.attestbro.port.Commit;
import dk.attestbro.port.DeliveryStatus;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.MailAddress;
import dk.attestbro.port.MailHead;
import dk.attestbro.port.NoticeTokens;
import dk.attestbro.port.ReadReceipt;
import dk.attestbro.port.Records;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Takes what mail systems report on letters that went out by mail: delivery notices and read
 * receipts. Each is noted on its letter with the digest of the mail, by which it is known when it
 * comes again. A delivery notice that could be anyone's changes no more than that. One that a mail
 * server on the way gave proves little: what it calls failed counts as perhaps delivered.
 */
public final class TakeMailReport {
  private static final int TRIES = 20;
  private static final String MAIL = " mail-sha256=";
  private static final String UNPROVEN = " unproven";

  /** What RFC 8098 and its forerunners know; any other word is the sender's own. */
  private static final Set<String> DISPOSITIONS =
      Set.of("displayed", "processed", "dispatched", "deleted", "denied", "failed");

  private final Records records;
  private final DirectorySource directory;
  private final LetterWrites writes;
  private final Alarms alarms;
  private final MailRules rules;
  private final NoticeTokens tokens;
  private final Clock clock;

  public TakeMailReport(
      Records records,
      DirectorySource directory,
      LetterWrites writes,
      Alarms alarms,
      MailRules rules,
      NoticeTokens tokens,
      Clock clock) {
    this.records = records;
    this.directory = directory;
    this.writes = writes;
    this.alarms = alarms;
    this.rules = rules;
    this.tokens = tokens;
    this.clock = clock;
  }

  /**
   * Takes a delivery notice; gives why not, where it is about no letter of ours. One about an alert
   * is taken without a word.
   */
  Optional<RefusalReason> delivery(FetchedMail mail, MailHead head, DeliveryStatus status) {
    if (isOfAlert(status)) {
      // An alert about an alert that came back would come back too.
      return Optional.empty();
    }
    Optional<MailIds.Envelope> envelope =
        Stream.concat(status.originalMessageId().stream(), status.envelopeId().stream())
            .flatMap(id -> MailIds.envelopeOf(id, rules.address().domain()).stream())
            .findFirst();
    Optional<LetterRef> letter = envelope.flatMap(this::letterIn);
    if (letter.isEmpty()) {
      return Optional.of(RefusalReason.MAIL_NOTICE_UNMATCHED);
    }
    settle(
        mail,
        letter.get(),
        about ->
            isProven(about, envelope.get(), head, status)
                ? delivery(about, envelope.get(), status, mail)
                : unproven(about, status, mail));
    return Optional.empty();
  }

  /**
   * SECURITY: a Message-ID is known to everyone who was shown the mail, and a From is anyone's. The
   * envelope's token is known to the mail servers that it went by; else the receiver's own domain
   * must stand behind the notice.
   */
  private boolean isProven(
      Letter about, MailIds.Envelope envelope, MailHead head, DeliveryStatus status) {
    byte[] token = tokens.of(envelope).getBytes(StandardCharsets.US_ASCII);
    boolean told =
        status
            .envelopeId()
            .flatMap(MailIds::tokenOf)
            .filter(came -> MessageDigest.isEqual(token, came.getBytes(StandardCharsets.US_ASCII)))
            .isPresent();
    return told || rules.passed(head) && isFromTheDomainOf(about, head);
  }

  private boolean isFromTheDomainOf(Letter about, MailHead head) {
    return about.receiver().flatMap(directory.current()::party).stream()
        .flatMap(TakeMailReport::mailEndpoints)
        .flatMap(endpoint -> endpoint.address().stream())
        .map(address -> address.getSchemeSpecificPart().replaceFirst(".*@", ""))
        .anyMatch(
            domain -> head.from().filter(f -> f.domain().equalsIgnoreCase(domain)).isPresent());
  }

  /** Noted, and told where it says that the letter failed: a person may know better. */
  private Effect unproven(Letter about, DeliveryStatus status, FetchedMail mail) {
    Optional<DeliveryStatus.Recipient> failed = with(status, DeliveryStatus.Action.FAILED);
    String what = failed.map(TakeMailReport::reason).orElseGet(() -> first(status)) + UNPROVEN;
    Change change =
        new Change(
            List.of(note(about, clock.instant(), TimelineCode.DELIVERY_REPORTED, what, mail)));
    return new Effect(change, failed.map(any -> new Alarm(TimelineCode.DELIVERY_REPORTED, what)));
  }

  /** Takes a read receipt; gives why not, where it is about no letter of ours. */
  Optional<RefusalReason> reading(
      FetchedMail mail, MailHead head, ReadReceipt receipt, ProvenSender sender) {
    Optional<LetterRef> letter =
        receipt
            .originalMessageId()
            .flatMap(id -> MailIds.envelopeOf(id, rules.address().domain()))
            .flatMap(this::letterIn);
    if (letter.isEmpty()) {
      return Optional.of(RefusalReason.MAIL_NOTICE_UNMATCHED);
    }
    settle(mail, letter.get(), about -> reading(about, head, receipt, sender, mail));
    return Optional.empty();
  }

  private boolean isOfAlert(DeliveryStatus status) {
    return status
        .originalMessageId()
        .filter(id -> MailIds.isAlert(id, rules.address().domain()))
        .isPresent();
  }

  private Optional<LetterRef> letterIn(MailIds.Envelope envelope) {
    return records.letterInEnvelope(envelope.sender(), envelope.bundleId());
  }

  /** What a report changes, and what is to be raised once that is written. */
  private record Effect(Change change, Optional<Alarm> alarm) {}

  private record Alarm(TimelineCode code, String detail) {}

  private interface Judgement {
    Effect of(Letter about);
  }

  private void settle(FetchedMail mail, LetterRef ref, Judgement judgement) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Letter about = records.letter(ref).orElseThrow();
      if (isNoted(about, mail)) {
        return;
      }
      Effect effect = judgement.of(about);
      if (records.commit(effect.change()) == Commit.DONE) {
        effect
            .alarm()
            .ifPresent(alarm -> alarms.raise(alarm.code(), ref.toString(), alarm.detail()));
        return;
      }
    }
    throw new IllegalStateException("a report on " + ref + " could not be written");
  }

  private boolean isNoted(Letter about, FetchedMail mail) {
    String mark = MAIL + mail.sha256().hex();
    return records.evidence(about.chain()).stream()
        .anyMatch(link -> link.entry().detail().endsWith(mark));
  }

  private Effect delivery(
      Letter about, MailIds.Envelope envelope, DeliveryStatus status, FetchedMail mail) {
    Instant now = clock.instant();
    Optional<DeliveryStatus.Recipient> failed = with(status, DeliveryStatus.Action.FAILED);
    if (failed.isPresent()) {
      return failed(about, envelope, reason(failed.get()), mail, now);
    }
    Optional<DeliveryStatus.Recipient> delayed = with(status, DeliveryStatus.Action.DELAYED);
    Change.Builder change = new Change.Builder();
    if (delayed.isPresent()) {
      change.add(note(about, now, TimelineCode.DELIVERY_DELAYED, reason(delayed.get()), mail));
    } else {
      change.add(note(about, now, TimelineCode.DELIVERY_REPORTED, first(status), mail));
    }
    return new Effect(change.build(), Optional.empty());
  }

  private static String first(DeliveryStatus status) {
    return status.recipients().stream().map(r -> r.action().name()).findFirst().orElse("UNKNOWN");
  }

  private static Optional<DeliveryStatus.Recipient> with(
      DeliveryStatus status, DeliveryStatus.Action action) {
    return status.recipients().stream().filter(r -> r.action() == action).findFirst();
  }

  private static String reason(DeliveryStatus.Recipient recipient) {
    return "DSN" + recipient.status().map(code -> "_" + code.replace('.', '_')).orElse("");
  }

  private Effect failed(
      Letter about, MailIds.Envelope envelope, String reason, FetchedMail mail, Instant now) {
    Change.Builder change = new Change.Builder();
    change.add(note(about, now, TimelineCode.DELIVERY_REJECTED, reason, mail));
    Optional<OutboxRow> row =
        records
            .row(about.ref())
            .filter(waiting -> waiting.phase() == OutboxRow.Phase.AWAITING)
            .filter(waiting -> waiting.bundleId().equals(envelope.bundleId()));
    if (row.isEmpty()) {
      // An answer, an end or another envelope was quicker; that the mail came back is still news.
      return new Effect(
          change.build(), Optional.of(new Alarm(TimelineCode.DELIVERY_FAILED, reason)));
    }
    DeliveryRules.GiveUp end = DeliveryRules.afterRejection(row.get(), reason);
    change.add(
        new Change.AddTransmission(
            new Transmission(
                about.ref(),
                envelope.bundleId(),
                row.get().attempts(),
                now,
                Transmission.Outcome.FATAL_FAILURE,
                reason,
                Optional.empty())));
    writes.giveUp(change, about, row.get(), end.reasons(), now);
    return new Effect(change.build(), Optional.of(new Alarm(TimelineCode.DEAD, end.codes())));
  }

  private Effect reading(
      Letter about, MailHead head, ReadReceipt receipt, ProvenSender sender, FetchedMail mail) {
    Instant now = clock.instant();
    Change.Builder change = new Change.Builder();
    String disposition =
        DISPOSITIONS.contains(receipt.disposition()) ? receipt.disposition() : "other";
    boolean proven = about.receiver().filter(to -> isFrom(to, head, sender)).isPresent();
    change.add(
        note(about, now, TimelineCode.READ_RECEIPT, disposition + (proven ? "" : UNPROVEN), mail));
    if (proven) {
      for (SignedBy signed : sender.signatures()) {
        LetterWrites.noteSignatures(
            change, about, signed.relied(), Optional.empty(), mail.receivedAt());
      }
    }
    Optional<Party> receiver = about.receiver().flatMap(directory.current()::party);
    if (proven && receipt.isShown() && receiver.filter(to -> isAwaited(about, to)).isPresent()) {
      writes.acknowledgeFor(change, about, records.row(about.ref()), receiver.get(), now);
    }
    return new Effect(change.build(), Optional.empty());
  }

  /** Signed by a certificate of the receiver's, from an address that it writes from or reads at. */
  private boolean isFrom(PartyId receiver, MailHead head, ProvenSender sender) {
    Directory parties = directory.current();
    return sender.signers().contains(receiver)
        && (sender.parties().contains(receiver)
            || parties.party(receiver).filter(to -> readsAt(to, head.from())).isPresent());
  }

  private static boolean readsAt(Party party, Optional<MailAddress> from) {
    return mailEndpoints(party)
        .flatMap(endpoint -> endpoint.address().stream())
        .anyMatch(
            address ->
                from.filter(f -> f.value().equalsIgnoreCase(address.getSchemeSpecificPart()))
                    .isPresent());
  }

  /** Whether a read receipt acknowledges it: the receiver's endpoint says so, and nothing did. */
  private static boolean isAwaited(Letter about, Party receiver) {
    return !about.isAcknowledgement()
        && about.acknowledgement().filter(known -> known.code().isFinal()).isEmpty()
        && mailEndpoints(receiver)
            .anyMatch(endpoint -> endpoint.acknowledges() == Endpoint.Acknowledges.MDN);
  }

  private static Stream<Endpoint> mailEndpoints(Party party) {
    return Stream.concat(
            party.endpoint().stream(), party.fallback().map(Fallback::endpoint).stream())
        .filter(endpoint -> endpoint.channel() == Endpoint.Channel.MAIL);
  }

  private static Change.Write note(
      Letter about, Instant at, TimelineCode code, String detail, FetchedMail mail) {
    return LetterWrites.note(about, at, code, detail + MAIL + mail.sha256().hex());
  }
}
