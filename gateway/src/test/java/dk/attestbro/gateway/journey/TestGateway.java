package dk.attestbro.gateway.journey;

import dk.attestbro.fhir.FhirMessageValidator;
import dk.attestbro.fhir.Messages;
import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.memory.MemoryDrafts;
import dk.attestbro.memory.MemoryRecords;
import dk.attestbro.memory.MemoryTrustProofs;
import dk.attestbro.model.Agreements;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.Certificate;
import dk.attestbro.model.Checkpoint;
import dk.attestbro.model.CircuitRules;
import dk.attestbro.model.DeliveryOutcome;
import dk.attestbro.model.Digest;
import dk.attestbro.model.Directory;
import dk.attestbro.model.Endpoint;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Receipt;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.Retention;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.model.WorkCalendar;
import dk.attestbro.port.AgreementSource;
import dk.attestbro.port.Caller;
import dk.attestbro.port.CertificateTrust;
import dk.attestbro.port.CitizenDigests;
import dk.attestbro.port.ContentSealing;
import dk.attestbro.port.Delivery;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.EvidenceSigning;
import dk.attestbro.port.MessageProtection;
import dk.attestbro.port.Outbox;
import dk.attestbro.port.ProtectedMessage;
import dk.attestbro.port.ReceiptSigning;
import dk.attestbro.port.SealedContent;
import dk.attestbro.port.SenderSignature;
import dk.attestbro.port.StorageKeys;
import dk.attestbro.samples.SettableClock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All steps of the journey on records in memory, with the real reader, writer and validator. The
 * receivers, the queue, the sealing and CMS are stand-ins in the test's hand.
 */
public final class TestGateway implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

  /** Making one takes seconds, so that all tests share it. */
  static final FhirMessageValidator VALIDATOR = new FhirMessageValidator(Messages.FORMS);

  private static final byte[] CMS = "cms:".getBytes(StandardCharsets.US_ASCII);

  /** The certificate that every CMS message here is signed with. */
  static final Certificate SIGNER = Certificate.of(new byte[] {1, 2, 3});

  public final SettableClock clock = new SettableClock(NOW);
  final MemoryRecords memory = new MemoryRecords();
  public final MemoryTrustProofs proofs = new MemoryTrustProofs();
  public final WatchedRecords records = new WatchedRecords(memory);

  /** What was raised: code, subject, detail. */
  final List<String> alarms = new ArrayList<>();

  /** What is in the queue. */
  public final List<ProtectedMessage> queue = new ArrayList<>();

  /** What the receivers' systems were given. */
  final List<Payload> delivered = new ArrayList<>();

  /** The channels that these went by. */
  final List<Endpoint.Channel> channels = new ArrayList<>();

  /** What they answer, in order; where none is left they take it. */
  final Deque<DeliveryOutcome> outcomes = new ArrayDeque<>();

  /** What happens while a delivery runs. */
  Runnable duringDelivery = () -> {};

  boolean brokerIsUp = true;
  boolean certificateIsUsable = true;

  /** By what the signature on a CMS message is relied upon. */
  Optional<CertificateTrust.Trusted> signatureTrust = Optional.empty();

  boolean contentCanBeOpened = true;
  private Directory directory = SampleDirectory.directory();

  final ContentSealing sealing = new TestSealing();
  private final MessageProtection standIn = new TestProtection();

  /** Opens what comes as CMS, and protects what goes; a test may put the real one here. */
  public MessageProtection cms = standIn;

  public final MessageProtection protection = new CurrentProtection();
  final Alarms raise = (code, subject, detail) -> alarms.add(code + " " + detail);
  final OpenLetter openLetter =
      new OpenLetter(records, sealing, Messages.READER, LargeContents.ofThisHeap());
  private final OpenMessage openMessage = new OpenMessage(protection, Messages.READER);
  private final RefusalAcknowledgement refusals =
      new RefusalAcknowledgement(() -> directory, Messages.WRITER);

  /** What is agreed; weekends are the only days off. */
  Agreements agreed = Agreements.NONE;

  private final AgreementSource agreements =
      new AgreementSource() {
        @Override
        public Agreements current() {
          return agreed;
        }

        @Override
        public WorkCalendar calendar() {
          return WorkCalendar.MONDAY_TO_FRIDAY;
        }
      };
  private String digestKey = "";
  private final CitizenDigests citizens =
      citizen -> Digest.of((digestKey() + citizen.id()).getBytes(StandardCharsets.UTF_8));
  final KnownCases cases = new KnownCases(records, () -> directory, agreements);
  private final SecondRequests secondRequests =
      new SecondRequests(records, cases, citizens, Duration.ofDays(90));
  private final DischargeCases dischargeCases =
      new DischargeCases(records, () -> directory, agreements, citizens);
  private final CaseWrites caseWrites = new CaseWrites(cases, () -> directory, agreements);
  final LetterWrites writes =
      new LetterWrites(
          records, () -> directory, sealing, Messages.WRITER, Messages.READER, caseWrites);
  private final GatewayLetters gatewayLetters =
      new GatewayLetters(() -> directory, Messages.WRITER, Messages.READER, openLetter, writes);
  public final Authenticate authenticate = new Authenticate(() -> directory, openMessage, proofs);
  public final Recognise recognise =
      new Recognise(records, () -> directory, openLetter, sealing, Messages.WRITER, refusals);
  public final Validate validate =
      new Validate(
          VALIDATOR,
          () -> directory,
          records,
          cases,
          new JudgeCase(() -> directory, agreements, secondRequests, Messages.FORMS, openLetter),
          Messages.FORMS,
          openLetter);

  /** What signs receipts, checkpoints and packages. */
  ReceiptSigning receipts = new UnsignedReceipts();

  EvidenceSigning evidenceSigning = new UnsignedEvidence();

  public final AnchorEvidence anchor =
      new AnchorEvidence(
          memory,
          new CurrentEvidenceSigning(),
          Duration.ofMinutes(1),
          Duration.ofHours(4),
          raise,
          clock);

  public final Record record =
      new Record(
          records,
          new CurrentReceipts(),
          writes,
          new FollowCase(
              caseWrites,
              new DischargeWrites(records, () -> directory, openLetter, dischargeCases),
              gatewayLetters),
          recognise,
          validate,
          raise);
  public final Refuse refuse = new Refuse(records, () -> directory, refusals, recognise, raise);
  public final ReceiveRoute receive = this::receive;

  /** As by default: a test that fails five attempts in a row opens one. */
  final Circuits circuits = new Circuits(CircuitRules.DEFAULT, () -> directory, clock);

  public final RelayOutbox relay =
      new RelayOutbox(
          memory,
          records,
          () -> directory,
          sealing,
          new ProtectLetter(protection, Optional.empty()),
          this::send,
          circuits,
          JourneySettings.DEFAULT,
          raise,
          clock);
  private final LeaseKeeper leases = new LeaseKeeper(memory, Duration.ofSeconds(30), clock);
  public final DeliverLetter deliver =
      new DeliverLetter(
          records,
          memory,
          () -> directory,
          sealing,
          this::outcome,
          writes,
          new ResponseAcknowledgement(openMessage, receive, raise, clock),
          leases,
          circuits,
          raise,
          clock);
  public final FollowUpLetter followUp =
      new FollowUpLetter(
          memory,
          records,
          () -> directory,
          sealing,
          Messages.WRITER,
          openLetter,
          writes,
          raise,
          clock);
  final Operate operate =
      new Operate(records, () -> directory, sealing, Messages.WRITER, openLetter, writes, clock);
  final WriteLetter writeLetter =
      new WriteLetter(
          records,
          new DraftPlainLetter(
              records,
              () -> directory,
              Messages.FORMS,
              cases,
              Messages.WRITER,
              openLetter,
              dischargeCases),
          receive,
          clock);
  final CaseContacts contacts = new CaseContacts(records, sealing);
  final OwnTurns ownTurns = new OwnTurns(records, cases, caseWrites, contacts, agreements, clock);
  public final FollowUpCase followUpCase = anotherNode();
  public final DeleteContent deleteContent =
      new DeleteContent(memory, memory, records, writes, contacts, Retention.DEFAULT, clock);

  /** The keys that there are, the one that seals first. */
  final List<Integer> storageKeys = new ArrayList<>(List.of(1));

  final MemoryDrafts drafts = new MemoryDrafts();

  public final TurnStorageKeys turnStorageKeys =
      new TurnStorageKeys(
          new TestStorageKeys(), memory, drafts, records, Duration.ofDays(90), raise, clock);
  final AcknowledgeInboxItem acknowledgeInboxItem =
      new AcknowledgeInboxItem(
          records, memory, () -> directory, Messages.WRITER, openLetter, receive, clock);

  /** The follow-up of another node on the same records, or of this one after a restart. */
  FollowUpCase anotherNode() {
    return new FollowUpCase(
        records,
        cases,
        caseWrites,
        gatewayLetters,
        () -> directory,
        agreements,
        Messages.FORMS,
        raise,
        clock);
  }

  /** Samples of a new case between employment-odense and psychiatry-midt. */
  public static Messages newCase() {
    return Messages.at(NOW);
  }

  /** A call with the credentials of this party. */
  static Caller caller(Party... parties) {
    return new Caller(Set.copyOf(Arrays.stream(parties).map(Party::id).toList()), false, "test");
  }

  /** A message as this party posts it now. */
  public IncomingMessage from(Party sender, Payload payload) {
    return IncomingMessage.of(caller(sender), payload, Optional.empty(), clock.instant());
  }

  /** Takes what this party posts the whole way in. */
  Answer post(Party sender, Payload payload) {
    return receive(from(sender, payload));
  }

  /** A request from employment-odense to psychiatry-midt, recorded. */
  LetterRef recorded(Payload request) {
    post(SampleDirectory.ODENSE, request);
    return ref(SampleDirectory.ODENSE, request);
  }

  /** The same, relayed and delivered. */
  LetterRef sent(Payload request) {
    LetterRef ref = recorded(request);
    deliverAll();
    return ref;
  }

  static LetterRef ref(Party sender, Payload payload) {
    return new LetterRef(sender.id(), Messages.READER.read(payload).letterId());
  }

  /** Relays what is due and delivers what is in the queue then. */
  void deliverAll() {
    relay.all();
    List<ProtectedMessage> now = List.copyOf(queue);
    queue.clear();
    now.forEach(deliver::once);
  }

  /** The only message in the queue, after a relay; it stays there. */
  ProtectedMessage handedOver() {
    relay.all();
    return queue.get(queue.size() - 1);
  }

  public Letter letter(LetterRef ref) {
    return records.letter(ref).orElseThrow();
  }

  OutboxRow row(LetterRef ref) {
    return records.row(ref).orElseThrow();
  }

  /** The codes of a letter's own evidence, oldest first. */
  List<TimelineCode> timeline(LetterRef ref) {
    return records.evidence(letter(ref).chain()).stream()
        .filter(link -> link.entry().letter().equals(Optional.of(ref)))
        .map(link -> link.entry().code())
        .toList();
  }

  /** What waits to be sent to this party, read. */
  List<Letter> acknowledgementsTo(Party party) {
    return memory.due(clock.instant(), Outbox.Window.of(100), 100).stream()
        .map(row -> letter(row.letter()))
        .filter(Letter::isAcknowledgement)
        .filter(letter -> letter.receiver().equals(Optional.of(party.id())))
        .toList();
  }

  /** The directory as it is at each call. */
  DirectorySource directory() {
    return () -> directory;
  }

  /** Lets what this certificate signs count as this party's. */
  public void signs(Party party, Certificate signer) {
    change(Parties.signing(party, signer));
  }

  /** From now on citizens have other digests, as where the key was lost and made anew. */
  void loseDigestKey() {
    digestKey = "another";
  }

  private String digestKey() {
    return digestKey;
  }

  /** The directory with this party in the place of the one with its id. */
  void change(Party party) {
    directory =
        new Directory(
            directory.gateway(),
            directory.parties().stream().map(p -> p.id().equals(party.id()) ? party : p).toList());
  }

  /** The directory without this party. */
  void remove(Party party) {
    directory =
        new Directory(
            directory.gateway(),
            directory.parties().stream().filter(p -> !p.id().equals(party.id())).toList());
  }

  private Answer receive(IncomingMessage message) {
    try {
      Recognised known = recognise.letter(authenticate.sender(message));
      return known instanceof Recognised.KnownLetter again
          ? again.answer()
          : record.once(validate.content(anchor.accept((Recognised.NewLetter) known).message()));
    } catch (LetterRefused refused) {
      return refuse.withAcknowledgement(refused);
    } catch (MessageRefused refused) {
      return refuse.plainly(refused);
    }
  }

  private void send(ProtectedMessage message) {
    if (!brokerIsUp) {
      throw new IllegalStateException("the broker is down");
    }
    queue.add(message);
  }

  private DeliveryOutcome outcome(Delivery delivery) {
    duringDelivery.run();
    delivered.add(delivery.body());
    channels.add(delivery.endpoint().channel());
    DeliveryOutcome next = outcomes.poll();
    return next == null ? new DeliveryOutcome.Delivered(Optional.empty()) : next;
  }

  @Override
  public void close() {
    leases.close();
  }

  /** Keys that are only numbers. */
  private final class TestStorageKeys implements StorageKeys {
    @Override
    public List<Integer> current() {
      return List.copyOf(storageKeys);
    }

    @Override
    public int rotate(int sealing) {
      storageKeys.add(0, sealing + 1);
      return storageKeys.get(0);
    }

    @Override
    public void destroy(int keyId) {
      storageKeys.remove(Integer.valueOf(keyId));
    }
  }

  /** Marks what it seals with the key and the letter's reference; no protection at all. */
  private final class TestSealing implements ContentSealing {
    @Override
    public SealedContent seal(LetterRef letter, Payload content) {
      byte[] mark = mark(letter, storageKeys.get(0));
      byte[] sealed = Arrays.copyOf(mark, mark.length + content.bytes().length);
      System.arraycopy(content.bytes(), 0, sealed, mark.length, content.bytes().length);
      return new SealedContent(content.mediaType(), sealed);
    }

    @Override
    public Payload open(LetterRef letter, SealedContent content) {
      byte[] mark = mark(letter, content.keyId());
      if (!contentCanBeOpened
          || !Arrays.equals(mark, Arrays.copyOf(content.bytes(), mark.length))) {
        throw new IllegalStateException("the content is not that of " + letter);
      }
      return new Payload(
          Arrays.copyOfRange(content.bytes(), mark.length, content.bytes().length),
          content.mediaType());
    }

    private static byte[] mark(LetterRef letter, int key) {
      byte[] name = letter.toString().getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.allocate(SealedContent.KEY_ID_AT + Integer.BYTES + name.length)
          .putInt(SealedContent.KEY_ID_AT, key)
          .put(SealedContent.KEY_ID_AT + Integer.BYTES, name)
          .array();
    }
  }

  /** Protects as the test has it now. */
  private final class CurrentProtection implements MessageProtection {
    @Override
    public byte[] protect(Payload content, Certificate encryptTo, Instant now) {
      return cms.protect(content, encryptTo, now);
    }

    @Override
    public Opened open(byte[] message, Instant now) {
      return cms.open(message, now);
    }
  }

  /** CMS as a prefix, always signed by {@link #SIGNER}; the content is always FHIR JSON. */
  private final class TestProtection implements MessageProtection {
    @Override
    public byte[] protect(Payload content, Certificate encryptTo, Instant now) {
      if (!certificateIsUsable) {
        throw new CertificateUnusable("CERTIFICATE_EXPIRED");
      }
      return cms(content).bytes();
    }

    @Override
    public Opened open(byte[] cms, Instant now) {
      if (!Arrays.equals(CMS, Arrays.copyOf(cms, CMS.length))) {
        throw new MessageRefused(RefusalReason.CMS_NOT_READABLE);
      }
      return new Opened(
          new Payload(Arrays.copyOfRange(cms, CMS.length, cms.length), MediaType.FHIR_JSON),
          SIGNER,
          List.of(),
          new SenderSignature(CMS, new byte[0], Optional.empty()),
          signatureTrust);
    }
  }

  /** The content as {@link TestProtection} wraps it. */
  static Payload cms(Payload content) {
    byte[] wrapped = Arrays.copyOf(CMS, CMS.length + content.bytes().length);
    System.arraycopy(content.bytes(), 0, wrapped, CMS.length, content.bytes().length);
    return new Payload(wrapped, MediaType.CMS);
  }

  /** Signs as the test has it now. */
  private final class CurrentReceipts implements ReceiptSigning {
    @Override
    public Receipt sign(
        LetterId letterId,
        BundleId bundleId,
        PartyId sender,
        PartyId receiver,
        Optional<CaseId> caseId,
        Digest sha256,
        Instant receivedAt,
        List<String> validatedBy,
        List<String> warnings) {
      return receipts.sign(
          letterId, bundleId, sender, receiver, caseId, sha256, receivedAt, validatedBy, warnings);
    }

    @Override
    public String jwks() {
      return receipts.jwks();
    }
  }

  /** Signs as the test has it now. */
  private final class CurrentEvidenceSigning implements EvidenceSigning {
    @Override
    public String sign(Checkpoint checkpoint) {
      return evidenceSigning.sign(checkpoint);
    }

    @Override
    public String signPackage(Digest manifest) {
      return evidenceSigning.signPackage(manifest);
    }

    @Override
    public String jwks() {
      return evidenceSigning.jwks();
    }
  }
}
