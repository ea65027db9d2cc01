package dk.attestbro.gateway.api;

import dk.attestbro.chart.BarDrawing;
import dk.attestbro.fhir.FhirForms;
import dk.attestbro.fhir.FhirMessageReader;
import dk.attestbro.fhir.FhirMessageWriter;
import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.gateway.evidence.DirectoryTrust;
import dk.attestbro.gateway.evidence.WriteEvidence;
import dk.attestbro.gateway.journey.AcknowledgeInboxItem;
import dk.attestbro.gateway.journey.Answer;
import dk.attestbro.gateway.journey.BreakGlass;
import dk.attestbro.gateway.journey.CaseContacts;
import dk.attestbro.gateway.journey.CaseWrites;
import dk.attestbro.gateway.journey.DischargeCases;
import dk.attestbro.gateway.journey.DraftPlainLetter;
import dk.attestbro.gateway.journey.KnownCases;
import dk.attestbro.gateway.journey.LargeContents;
import dk.attestbro.gateway.journey.LetterPdf;
import dk.attestbro.gateway.journey.OpenLetter;
import dk.attestbro.gateway.journey.OwnTurns;
import dk.attestbro.gateway.journey.ReceiveRoute;
import dk.attestbro.gateway.journey.UnsignedEvidence;
import dk.attestbro.gateway.journey.UnsignedReceipts;
import dk.attestbro.gateway.journey.WriteLetter;
import dk.attestbro.gateway.operations.CertificateEnd;
import dk.attestbro.gateway.operations.ExplainLetter;
import dk.attestbro.gateway.operations.ProbeParty;
import dk.attestbro.gateway.operations.Surroundings;
import dk.attestbro.gateway.operations.TakeOverview;
import dk.attestbro.memory.MemoryAccessLog;
import dk.attestbro.memory.MemoryOperations;
import dk.attestbro.memory.MemoryRecords;
import dk.attestbro.memory.MemoryTrustProofs;
import dk.attestbro.model.Access;
import dk.attestbro.model.AcknowledgementIssue;
import dk.attestbro.model.AcknowledgementState;
import dk.attestbro.model.Agreements;
import dk.attestbro.model.CaseOpening;
import dk.attestbro.model.Certificate;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.CertificateRequest;
import dk.attestbro.model.Circuit;
import dk.attestbro.model.Citizen;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.Digest;
import dk.attestbro.model.Endpoint;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Evidence;
import dk.attestbro.model.Form;
import dk.attestbro.model.Forms;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MessageReader;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.MessageWriter;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Receipt;
import dk.attestbro.model.Refusal;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.model.WorkCalendar;
import dk.attestbro.pdf.ReplyPdf;
import dk.attestbro.port.AccessLog;
import dk.attestbro.port.AgreementSource;
import dk.attestbro.port.Caller;
import dk.attestbro.port.CallerIdentification;
import dk.attestbro.port.Change;
import dk.attestbro.port.ChannelProbe.Part;
import dk.attestbro.port.ChartDrawing;
import dk.attestbro.port.CitizenDigests;
import dk.attestbro.port.ContentSealing;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.HopTimer;
import dk.attestbro.port.MessageProtection;
import dk.attestbro.port.PagePrinting;
import dk.attestbro.port.ReceiptSigning;
import dk.attestbro.port.SealedContent;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;

/**
 * The API on a real listener, with records in memory and a journey that takes every letter it can
 * read and puts it straight into its receiver's inbox.
 */
public final class ApiServer implements AutoCloseable {
  public static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  static final int LIMIT = 200_000;

  /** Passwords as the gateway keeps them, with a thousandth of the work; and as it does. */
  public static final PasswordEncoder PASSWORDS =
      new DelegatingPasswordEncoder(
          "quick",
          Map.of(
              "quick",
              new Pbkdf2PasswordEncoder(
                  "",
                  16,
                  310,
                  Pbkdf2PasswordEncoder.SecretKeyFactoryAlgorithm.PBKDF2WithHmacSHA256),
              "pbkdf2-sha256",
              Pbkdf2PasswordEncoder.defaultsForSpringSecurity_v5_8()));

  private final ServletWebServerApplicationContext context;

  ApiServer() {
    this(List.of(), List.of());
  }

  /** The same with more parts and settings. */
  public ApiServer(List<Class<?>> more, List<String> settings) {
    SpringApplication application = new SpringApplication(Parts.class);
    application.addPrimarySources(more);
    List<String> arguments = new ArrayList<>(settings);
    arguments.add("--server.port=0");
    arguments.add("--server.address=127.0.0.1");
    if (settings.stream().noneMatch(setting -> setting.contains(".multipart."))) {
      arguments.add("--spring.servlet.multipart.enabled=false");
    }
    arguments.add("--management.endpoints.web.exposure.include=health,prometheus");
    arguments.add("--spring.main.banner-mode=off");
    context =
        (ServletWebServerApplicationContext) application.run(arguments.toArray(String[]::new));
  }

  private static Digest digest(Citizen citizen) {
    return Digest.of(citizen.id().getBytes(StandardCharsets.UTF_8));
  }

  public int port() {
    return context.getWebServer().getPort();
  }

  public <T> T part(String name, Class<T> type) {
    return context.getBean(name, type);
  }

  /** What the access log was told, in a list that may be cleared. */
  public List<Access> noted() {
    return part("accessLog", WatchedAccessLog.class).noted;
  }

  @Override
  public void close() {
    context.close();
  }

  @EnableAutoConfiguration(
      excludeName = {
        "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
        "org.apache.camel.spring.boot.CamelAutoConfiguration",
        // Of the test's identity provider; it makes an RSA key for each context.
        "org.springframework.boot.security.oauth2.server.authorization.autoconfigure.servlet"
            + ".OAuth2AuthorizationServerJwtAutoConfiguration"
      })
  @Import(ApiConfiguration.class)
  static class Parts {
    private static final Circuit OPEN =
        new Circuit(5, 0, Optional.of(NOW), false, Optional.of("TIMEOUT"));

    private static final AgreementSource NOTHING_AGREED =
        new AgreementSource() {
          @Override
          public Agreements current() {
            return Agreements.NONE;
          }

          @Override
          public WorkCalendar calendar() {
            return WorkCalendar.MONDAY_TO_FRIDAY;
          }
        };

    @Bean
    SortingCalls sortingCalls() {
      return new SortingCalls(
          new dk.attestbro.memory.MemoryRecords(),
          (mail, reason, label) -> java.util.Optional.empty());
    }

    @Bean
    @Primary
    PasswordEncoder quickPasswords() {
      return PASSWORDS;
    }

    @Bean
    Clock clock() {
      return Clock.fixed(NOW, ZoneOffset.UTC);
    }

    @Bean
    ApiSettings settings() {
      return new ApiSettings(LIMIT);
    }

    @Bean
    EncryptionCertificate certificate() {
      return () -> "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n";
    }

    @Bean
    Forms forms() {
      return new FhirForms();
    }

    @Bean
    MessageReader reader() {
      return new FhirMessageReader();
    }

    @Bean
    MessageWriter writer(Forms forms) {
      return new FhirMessageWriter(forms);
    }

    @Bean
    MemoryRecords records() {
      return new MemoryRecords();
    }

    @Bean
    LargeContents largeContents() {
      return LargeContents.ofThisHeap();
    }

    @Bean
    LetterPdf letterPdf(
        MemoryRecords records,
        DirectorySource directory,
        Forms forms,
        ContentSealing sealing,
        MessageReader reader,
        LargeContents large) {
      OpenLetter open = new OpenLetter(records, sealing, reader, large);
      return new LetterPdf(records, directory, forms, open, reader, new ReplyPdf());
    }

    @Bean
    ChartDrawing charts() {
      return (chart, words) -> BarDrawing.svg(chart, words);
    }

    @Bean
    PagePrinting printing() {
      return xhtml -> ("%PDF " + xhtml).getBytes(StandardCharsets.UTF_8);
    }

    @Bean
    DirectorySource directory() {
      return SampleDirectory::directory;
    }

    @Bean
    CallerIdentification callers() {
      PartyId aarhus = SampleDirectory.AARHUS.id();
      PartyId odense = SampleDirectory.ODENSE.id();
      Map<String, Caller> known =
          Map.of(
              "aarhus", new Caller(Set.of(aarhus), false, "aarhus"),
              "odense", new Caller(Set.of(odense), false, "odense"),
              "midt", new Caller(Set.of(SampleDirectory.MIDT.id()), false, "midt"),
              "vendor", new Caller(Set.of(aarhus, odense), false, "vendor"),
              "operator", new Caller(Set.of(), true, "operator"));
      return new CallerIdentification() {
        @Override
        public Optional<Caller> byToken(String token) {
          return Optional.ofNullable(known.get(token));
        }

        @Override
        public Optional<Caller> byCertificate(Digest fingerprint) {
          return Optional.empty();
        }
      };
    }

    @Bean
    ContentSealing sealing() {
      return new ContentSealing() {
        @Override
        public SealedContent seal(LetterRef letter, Payload content) {
          return new SealedContent(content.mediaType(), content.bytes());
        }

        @Override
        public Payload open(LetterRef letter, SealedContent content) {
          return new Payload(content.bytes(), content.mediaType());
        }
      };
    }

    @Bean
    ReceiptSigning receipts() {
      return new UnsignedReceipts();
    }

    @Bean
    WriteEvidence evidence(MemoryRecords records, DirectorySource directory, JourneyCalls journey) {
      return new WriteEvidence(
          records,
          records,
          records,
          new UnsignedEvidence(),
          new DirectoryTrust(directory, Map::of, new MemoryTrustProofs()),
          journey.open(),
          letter -> Optional.empty());
    }

    @Bean
    CitizenDigests digests() {
      return ApiServer::digest;
    }

    @Bean
    WatchedAccessLog accessLog(MemoryRecords records) {
      return new WatchedAccessLog(new MemoryAccessLog(records));
    }

    @Bean
    MemoryOperations operationsRecords(MemoryRecords records) {
      return new MemoryOperations(records);
    }

    @Bean
    ExplainLetter explainLetter(
        MemoryRecords records, DirectorySource directory, AccessLog accesses) {
      return new ExplainLetter(records, records, directory, accesses);
    }

    @Bean
    TakeOverview takeOverview(
        MemoryOperations operations,
        MemoryRecords records,
        DirectorySource directory,
        Optional<BreakGlass> breakGlass,
        Clock clock) {
      return new TakeOverview(
          operations,
          records,
          records,
          records,
          directory,
          () -> new Surroundings(List.of(new Surroundings.Part("broker", true)), 50, 100, 0),
          () ->
              List.of(
                  new CertificateEnd(
                      "psychiatry-midt",
                      CertificateEnd.Use.SIGNER,
                      "signer-1",
                      "00",
                      NOW.plus(Duration.ofDays(7)))),
          party -> party.equals(SampleDirectory.SYD.id()) ? OPEN : Circuit.CLOSED,
          () -> breakGlass.map(BreakGlass::waiting).orElse(0L),
          clock);
    }

    @Bean
    ProbeParty probeParty(Clock clock) {
      return new ProbeParty(
          Map.of(
              Endpoint.Channel.HTTPS,
              endpoint -> new HopTimer().ended(Part.CONNECTION, "CONNECT_FAILED").hops()),
          new NoProtection(),
          clock);
    }

    @Bean
    KnownCases cases(MemoryRecords records, DirectorySource directory) {
      return new KnownCases(records, directory, NOTHING_AGREED);
    }

    @Bean
    CaseContacts contacts(MemoryRecords records, ContentSealing sealing) {
      return new CaseContacts(records, sealing);
    }

    @Bean
    OwnTurns ownTurns(
        MemoryRecords records,
        DirectorySource directory,
        KnownCases cases,
        CaseContacts contacts,
        Clock clock) {
      CaseWrites writes = new CaseWrites(cases, directory, NOTHING_AGREED);
      return new OwnTurns(records, cases, writes, contacts, NOTHING_AGREED, clock);
    }

    @Bean
    JourneyCalls journey(
        MemoryRecords records,
        DirectorySource directory,
        Forms forms,
        KnownCases cases,
        MessageReader reader,
        MessageWriter writer,
        ContentSealing sealing,
        ReceiptSigning receipts,
        LargeContents large,
        Clock clock) {
      OpenLetter open = new OpenLetter(records, sealing, reader, large);
      DraftPlainLetter drafts =
          new DraftPlainLetter(
              records,
              directory,
              forms,
              cases,
              writer,
              open,
              new DischargeCases(records, directory, NOTHING_AGREED, ApiServer::digest));
      ReceiveRoute receive = new ShortJourney(records, directory, forms, reader, sealing, receipts);
      return new JourneyCalls(
          receive,
          new WriteLetter(records, drafts, receive, clock)::take,
          new AcknowledgeInboxItem(records, records, directory, writer, open, receive, clock)::take,
          (letter, reason, label) -> Optional.empty(),
          (letter, reason, label) -> Optional.of(Refusal.of(RefusalReason.NO_WAY)),
          (letter, reason, label) -> Optional.empty(),
          (party, reason, label) -> Optional.empty(),
          (party, reason, label) -> Optional.empty(),
          open::open);
    }
  }

  /** No party here has a certificate to encrypt to. */
  private static final class NoProtection implements MessageProtection {
    @Override
    public byte[] protect(Payload content, Certificate encryptTo, Instant now) {
      throw new CertificateUnusable("CERTIFICATE_EXPIRED");
    }

    @Override
    public Opened open(byte[] cms, Instant now) {
      throw new MessageRefused(RefusalReason.CMS_NOT_READABLE);
    }
  }

  /** Takes what can be read. */
  private record ShortJourney(
      MemoryRecords records,
      DirectorySource directory,
      Forms forms,
      MessageReader reader,
      ContentSealing sealing,
      ReceiptSigning receipts)
      implements ReceiveRoute {
    @Override
    public Answer take(dk.attestbro.gateway.journey.IncomingMessage message) {
      try {
        MessageReading reading = reader.read(message.payload());
        return record(message, reading);
      } catch (MessageRefused refused) {
        return new Answer.Refused(refused.refusal(), Optional.empty());
      }
    }

    private Answer record(
        dk.attestbro.gateway.journey.IncomingMessage message, MessageReading reading) {
      PartyId sender = party(reading.sender().sor());
      PartyId receiver = party(reading.destinations().get(0).receiver().sor());
      LetterRef ref = new LetterRef(sender, reading.letterId());
      Optional<Letter> known = records.letter(ref);
      if (known.isPresent()) {
        return new Answer.Repeated(known.get().receipt().orElseThrow());
      }
      Receipt receipt =
          receipts.sign(
              ref.id(),
              reading.bundleId().orElseThrow(),
              sender,
              receiver,
              reading.caseId(),
              message.payload().sha256(),
              message.receivedAt(),
              List.of("generic"),
              List.of());
      Letter letter =
          new Letter(
              ref,
              reading.bundleId(),
              reading.eventCode(),
              Optional.of(receiver),
              reading.caseId(),
              message.receivedAt(),
              receipt.sha256(),
              message.requestDigest().orElseGet(reading::contentDigest),
              message.payload().mediaType(),
              LetterStatus.SENT,
              Optional.of(receipt),
              List.of(),
              Optional.empty(),
              reading.acknowledgement().map(a -> new LetterRef(receiver, a.acknowledges())),
              Optional.empty(),
              1);
      Change.Builder change = new Change.Builder();
      change.add(new Change.AddLetter(letter));
      change.add(new Change.PutContent(ref, sealing.seal(ref, message.payload())));
      change.add(new Change.AddInboxItem(receiver, ref, message.receivedAt()));
      change.add(
          new Change.AddEvidence(
              Evidence.of(letter, message.receivedAt(), TimelineCode.RECORDED, "")));
      reading
          .content()
          .filter(LetterContent.Request.class::isInstance)
          .map(content -> opened(letter, receiver, ((LetterContent.Request) content).request()))
          .ifPresent(opened -> open(opened, message.refusesSecond(), change));
      if (reading.event().equals(Optional.of(EventCode.ACKNOWLEDGEMENT))) {
        acknowledged(letter, reading, change);
      }
      records.commit(change.build());
      return new Answer.Accepted(receipt);
    }

    private void open(CertificateCase opened, boolean refusesSecond, Change.Builder change) {
      CaseOpening opening = opened.opening();
      Optional<CertificateCase> earlier =
          opening
              .citizen()
              .flatMap(
                  citizen ->
                      records.sameRequest(
                          opening.requester(),
                          opening.responder(),
                          opening.form(),
                          citizen,
                          opening.openedAt()));
      if (refusesSecond && earlier.isPresent()) {
        throw new MessageRefused(
            Refusal.of(RefusalReason.DUPLICATE_REQUEST, "citizen", earlier.get().id().toString()));
      }
      change.add(
          new Change.AddCase(opened, OptionalInt.of(records.latestRequestNumber(opening) + 1)));
    }

    private void acknowledged(Letter by, MessageReading reading, Change.Builder change) {
      Letter letter = records.letter(by.acknowledges().orElseThrow()).orElseThrow();
      AcknowledgementState state =
          new AcknowledgementState(
              reading.acknowledgement().orElseThrow().code(),
              by.receivedAt(),
              List.<AcknowledgementIssue>of(),
              by.ref());
      change.add(new Change.UpdateLetter(letter.with(LetterStatus.ACKNOWLEDGED, state)));
      change.add(new Change.TakeInboxItem(by.ref().sender(), letter.ref()));
    }

    private CertificateCase opened(Letter letter, PartyId receiver, CertificateRequest request) {
      Form form = forms.find(request.form()).orElseThrow();
      return CertificateCase.opened(
          new CaseOpening(
              letter.caseId().orElseThrow(),
              form.id(),
              request.questions().size(),
              letter.ref().sender(),
              receiver,
              letter.ref(),
              form.deadlineRuleOn(DeadlineRule.day(letter.receivedAt())),
              letter.receivedAt(),
              request.wishedBy(),
              Optional.empty(),
              request.caseStartedOn(),
              request.citizen().map(ApiServer::digest)),
          WorkCalendar.MONDAY_TO_FRIDAY);
    }

    private PartyId party(String sor) {
      return directory.current().bySor(sor).orElseThrow().id();
    }
  }
}
