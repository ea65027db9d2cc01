package dk.attestbro.gateway.wiring;

import dk.attestbro.fhir.FhirForms;
import dk.attestbro.fhir.FhirMessageReader;
import dk.attestbro.fhir.FhirMessageValidator;
import dk.attestbro.fhir.FhirMessageWriter;
import dk.attestbro.fhir.ReadingLimits;
import dk.attestbro.gateway.journey.AcknowledgeInboxItem;
import dk.attestbro.gateway.journey.Alarms;
import dk.attestbro.gateway.journey.Authenticate;
import dk.attestbro.gateway.journey.CaseContacts;
import dk.attestbro.gateway.journey.CaseWrites;
import dk.attestbro.gateway.journey.ChannelDelivery;
import dk.attestbro.gateway.journey.Circuits;
import dk.attestbro.gateway.journey.DeleteContent;
import dk.attestbro.gateway.journey.DeliverLetter;
import dk.attestbro.gateway.journey.DeliveryByChannel;
import dk.attestbro.gateway.journey.DischargeCases;
import dk.attestbro.gateway.journey.DischargeWrites;
import dk.attestbro.gateway.journey.DraftPlainLetter;
import dk.attestbro.gateway.journey.FollowCase;
import dk.attestbro.gateway.journey.FollowUpCase;
import dk.attestbro.gateway.journey.FollowUpLetter;
import dk.attestbro.gateway.journey.GatewayLetters;
import dk.attestbro.gateway.journey.JourneySettings;
import dk.attestbro.gateway.journey.JudgeCase;
import dk.attestbro.gateway.journey.KnownCases;
import dk.attestbro.gateway.journey.LargeContents;
import dk.attestbro.gateway.journey.LeaseKeeper;
import dk.attestbro.gateway.journey.LetterPdf;
import dk.attestbro.gateway.journey.LetterWrites;
import dk.attestbro.gateway.journey.OpenLetter;
import dk.attestbro.gateway.journey.OpenMessage;
import dk.attestbro.gateway.journey.Operate;
import dk.attestbro.gateway.journey.OwnTurns;
import dk.attestbro.gateway.journey.ProtectLetter;
import dk.attestbro.gateway.journey.ReceiveRoute;
import dk.attestbro.gateway.journey.Recognise;
import dk.attestbro.gateway.journey.Record;
import dk.attestbro.gateway.journey.RefusalAcknowledgement;
import dk.attestbro.gateway.journey.Refuse;
import dk.attestbro.gateway.journey.RelayOutbox;
import dk.attestbro.gateway.journey.ResponseAcknowledgement;
import dk.attestbro.gateway.journey.SecondRequests;
import dk.attestbro.gateway.journey.TurnStorageKeys;
import dk.attestbro.gateway.journey.Validate;
import dk.attestbro.gateway.journey.WriteLetter;
import dk.attestbro.model.Endpoint;
import dk.attestbro.model.Forms;
import dk.attestbro.model.MessageReader;
import dk.attestbro.model.MessageValidator;
import dk.attestbro.model.MessageWriter;
import dk.attestbro.model.Validation;
import dk.attestbro.pdf.ReplyPdf;
import dk.attestbro.port.AgreementSource;
import dk.attestbro.port.CitizenDigests;
import dk.attestbro.port.ContentSealing;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.Drafts;
import dk.attestbro.port.HeldContents;
import dk.attestbro.port.Inbox;
import dk.attestbro.port.LetterDocuments;
import dk.attestbro.port.MessageDelivery;
import dk.attestbro.port.MessageProtection;
import dk.attestbro.port.Outbox;
import dk.attestbro.port.ReceiptSigning;
import dk.attestbro.port.Records;
import dk.attestbro.port.SortingDesk;
import dk.attestbro.port.StorageKeys;
import dk.attestbro.port.TransmissionQueue;
import dk.attestbro.port.TrustProofs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;

/** The message model and the steps of the journey. */
@Configuration(proxyBeanMethods = false)
class JourneyConfiguration {
  /**
   * Set by the bench alone, which measures what validation costs; {@code run} refuses to start with
   * it.
   */
  private static final String BENCH_VALIDATION = "attestbro.bench.validation";

  private static final String BENCH_WITHOUT_VALIDATION = "off";

  @Bean
  Forms forms(GatewaySettings settings) {
    return new FhirForms(settings.config().resolve("forms"));
  }

  @Bean
  MessageReader messageReader(GatewaySettings settings) {
    return new FhirMessageReader(
        new ReadingLimits(settings.maxDepth(), settings.maxElements(), settings.maxMessageBytes()));
  }

  @Bean
  FhirMessageValidator fhirMessageValidator(GatewaySettings settings, Forms forms) {
    Map<String, String> profiles = new HashMap<>(FhirMessageValidator.defaultProfiles());
    profiles.putAll(settings.profiles());
    Path packages = settings.config().resolve("fhir").resolve("packages");
    return new FhirMessageValidator(
        forms, profiles, Files.isDirectory(packages) ? Optional.of(packages) : Optional.empty());
  }

  /** What the journey validates with: the validator, or for a bench without validation nothing. */
  @Bean
  @Primary
  MessageValidator messageValidator(FhirMessageValidator validator, Environment environment) {
    return BENCH_WITHOUT_VALIDATION.equals(environment.getProperty(BENCH_VALIDATION))
        ? (message, now, freeQuestions) -> new Validation(List.of(), List.of("none"))
        : validator;
  }

  @Bean
  MessageWriter messageWriter(Forms forms) {
    return new FhirMessageWriter(forms);
  }

  @Bean
  LargeContents largeContents() {
    return LargeContents.ofThisHeap();
  }

  @Bean
  OpenLetter openLetter(
      Records records, ContentSealing sealing, MessageReader reader, LargeContents large) {
    return new OpenLetter(records, sealing, reader, large);
  }

  /** Loads no font and no renderer before the first document. */
  @Bean
  LetterDocuments letterDocuments() {
    return new ReplyPdf();
  }

  @Bean
  LetterPdf letterPdf(
      Records records,
      DirectorySource directory,
      Forms forms,
      OpenLetter openLetter,
      MessageReader reader,
      LetterDocuments documents) {
    return new LetterPdf(records, directory, forms, openLetter, reader, documents);
  }

  @Bean
  RefusalAcknowledgement refusalAcknowledgement(DirectorySource directory, MessageWriter writer) {
    return new RefusalAcknowledgement(directory, writer);
  }

  @Bean
  LetterWrites letterWrites(
      Records records,
      DirectorySource directory,
      ContentSealing sealing,
      MessageWriter writer,
      MessageReader reader,
      CaseWrites cases) {
    return new LetterWrites(records, directory, sealing, writer, reader, cases);
  }

  @Bean
  KnownCases knownCases(Records records, DirectorySource directory, AgreementSource agreements) {
    return new KnownCases(records, directory, agreements);
  }

  @Bean
  CaseWrites caseWrites(KnownCases cases, DirectorySource directory, AgreementSource agreements) {
    return new CaseWrites(cases, directory, agreements);
  }

  @Bean
  CaseContacts caseContacts(Records records, ContentSealing sealing) {
    return new CaseContacts(records, sealing);
  }

  @Bean
  OwnTurns ownTurns(
      Records records,
      KnownCases cases,
      CaseWrites writes,
      CaseContacts contacts,
      AgreementSource agreements,
      Clock clock) {
    return new OwnTurns(records, cases, writes, contacts, agreements, clock);
  }

  @Bean
  FollowUpCase followUpCase(
      Records records,
      KnownCases cases,
      CaseWrites writes,
      GatewayLetters letters,
      DirectorySource directory,
      AgreementSource agreements,
      Forms forms,
      Alarms alarms,
      Clock clock) {
    return new FollowUpCase(
        records, cases, writes, letters, directory, agreements, forms, alarms, clock);
  }

  @Bean
  SecondRequests secondRequests(
      Records records, KnownCases cases, CitizenDigests digests, GatewaySettings settings) {
    return new SecondRequests(records, cases, digests, settings.duplicateRequestWindow());
  }

  @Bean
  JudgeCase judgeCase(
      DirectorySource directory,
      AgreementSource agreements,
      SecondRequests secondRequests,
      Forms forms,
      OpenLetter openLetter) {
    return new JudgeCase(directory, agreements, secondRequests, forms, openLetter);
  }

  @Bean
  GatewayLetters gatewayLetters(
      DirectorySource directory,
      MessageWriter writer,
      MessageReader reader,
      OpenLetter openLetter,
      LetterWrites writes) {
    return new GatewayLetters(directory, writer, reader, openLetter, writes);
  }

  @Bean
  FollowCase followCase(CaseWrites cases, DischargeWrites discharges, GatewayLetters letters) {
    return new FollowCase(cases, discharges, letters);
  }

  @Bean
  DischargeCases dischargeCases(
      Records records,
      DirectorySource directory,
      AgreementSource agreements,
      CitizenDigests digests) {
    return new DischargeCases(records, directory, agreements, digests);
  }

  @Bean
  DischargeWrites dischargeWrites(
      Records records, DirectorySource directory, OpenLetter openLetter, DischargeCases cases) {
    return new DischargeWrites(records, directory, openLetter, cases);
  }

  @Bean
  OpenMessage openMessage(MessageProtection protection, MessageReader reader) {
    return new OpenMessage(protection, reader);
  }

  @Bean
  Authenticate authenticate(
      DirectorySource directory, OpenMessage openMessage, TrustProofs proofs) {
    return new Authenticate(directory, openMessage, proofs);
  }

  @Bean
  Recognise recognise(
      Records records,
      DirectorySource directory,
      OpenLetter openLetter,
      ContentSealing sealing,
      MessageWriter writer,
      RefusalAcknowledgement refusals) {
    return new Recognise(records, directory, openLetter, sealing, writer, refusals);
  }

  @Bean
  Validate validate(
      MessageValidator validator,
      DirectorySource directory,
      Records records,
      KnownCases cases,
      JudgeCase judgeCase,
      Forms forms,
      OpenLetter openLetter) {
    return new Validate(validator, directory, records, cases, judgeCase, forms, openLetter);
  }

  @Bean
  Record record(
      Records records,
      ReceiptSigning receipts,
      LetterWrites writes,
      FollowCase followCase,
      Recognise recognise,
      Validate validate,
      Alarms alarms) {
    return new Record(records, receipts, writes, followCase, recognise, validate, alarms);
  }

  @Bean
  Refuse refuse(
      Records records,
      DirectorySource directory,
      RefusalAcknowledgement acknowledgements,
      Recognise recognise,
      Alarms alarms) {
    return new Refuse(records, directory, acknowledgements, recognise, alarms);
  }

  @Bean
  ProtectLetter protectLetter(MessageProtection protection, MailOut mail) {
    return new ProtectLetter(protection, mail.mails());
  }

  @Bean
  RelayOutbox relayOutbox(
      Outbox outbox,
      Records records,
      DirectorySource directory,
      ContentSealing sealing,
      ProtectLetter protection,
      TransmissionQueue queue,
      Circuits circuits,
      GatewaySettings settings,
      Alarms alarms,
      Clock clock) {
    return new RelayOutbox(
        outbox,
        records,
        directory,
        sealing,
        protection,
        queue,
        circuits,
        new JourneySettings(settings.lease(), settings.underWayPerParty(), settings.relayBatch()),
        alarms,
        clock);
  }

  @Bean
  LeaseKeeper leaseKeeper(Outbox outbox, GatewaySettings settings, Clock clock) {
    return new LeaseKeeper(outbox, settings.lease(), clock);
  }

  @Bean
  ResponseAcknowledgement responseAcknowledgement(
      OpenMessage openMessage, ReceiveRoute receive, Alarms alarms, Clock clock) {
    return new ResponseAcknowledgement(openMessage, receive, alarms, clock);
  }

  @Bean
  DeliveryByChannel deliveryByChannel(
      MessageDelivery httpsDelivery, MailOut mail, List<ChannelDelivery> others) {
    Map<Endpoint.Channel, MessageDelivery> channels = new EnumMap<>(Endpoint.Channel.class);
    channels.put(Endpoint.Channel.HTTPS, httpsDelivery);
    mail.delivery().ifPresent(delivery -> channels.put(Endpoint.Channel.MAIL, delivery));
    others.forEach(other -> channels.put(other.channel(), other.delivery()));
    return new DeliveryByChannel(channels);
  }

  @Bean
  DeliverLetter deliverLetter(
      Records records,
      Outbox outbox,
      DirectorySource directory,
      ContentSealing sealing,
      DeliveryByChannel delivery,
      LetterWrites writes,
      ResponseAcknowledgement responses,
      LeaseKeeper leases,
      Circuits circuits,
      Alarms alarms,
      Clock clock) {
    return new DeliverLetter(
        records, outbox, directory, sealing, delivery, writes, responses, leases, circuits, alarms,
        clock);
  }

  @Bean
  FollowUpLetter followUpLetter(
      Outbox outbox,
      Records records,
      DirectorySource directory,
      ContentSealing sealing,
      MessageWriter writer,
      OpenLetter openLetter,
      LetterWrites writes,
      Alarms alarms,
      Clock clock) {
    return new FollowUpLetter(
        outbox, records, directory, sealing, writer, openLetter, writes, alarms, clock);
  }

  @Bean
  DeleteContent deleteContent(
      HeldContents held,
      SortingDesk desk,
      Records records,
      LetterWrites writes,
      CaseContacts contacts,
      GatewaySettings settings,
      Clock clock) {
    return new DeleteContent(held, desk, records, writes, contacts, settings.retention(), clock);
  }

  @Bean
  TurnStorageKeys turnStorageKeys(
      StorageKeys keys,
      HeldContents held,
      Drafts drafts,
      Records records,
      GatewaySettings settings,
      Alarms alarms,
      Clock clock) {
    if (settings.retentionPeriod().compareTo(TurnStorageKeys.UNTIL_EVERY_NODE_KNOWS) > 0) {
      throw new StartRefused(
          "attestbro.retention-period: at most 1d, by then every node must know a new storage key");
    }
    return new TurnStorageKeys(
        keys, held, drafts, records, settings.storageKeyPeriod(), alarms, clock);
  }

  @Bean
  Operate operate(
      Records records,
      DirectorySource directory,
      ContentSealing sealing,
      MessageWriter writer,
      OpenLetter openLetter,
      LetterWrites writes,
      Clock clock) {
    return new Operate(records, directory, sealing, writer, openLetter, writes, clock);
  }

  @Bean
  DraftPlainLetter draftPlainLetter(
      Records records,
      DirectorySource directory,
      Forms forms,
      KnownCases cases,
      MessageWriter writer,
      OpenLetter openLetter,
      DischargeCases discharges) {
    return new DraftPlainLetter(records, directory, forms, cases, writer, openLetter, discharges);
  }

  @Bean
  WriteLetter writeLetter(
      Records records, DraftPlainLetter drafts, ReceiveRoute receive, Clock clock) {
    return new WriteLetter(records, drafts, receive, clock);
  }

  @Bean
  AcknowledgeInboxItem acknowledgeInboxItem(
      Records records,
      Inbox inbox,
      DirectorySource directory,
      MessageWriter writer,
      OpenLetter openLetter,
      ReceiveRoute receive,
      Clock clock) {
    return new AcknowledgeInboxItem(records, inbox, directory, writer, openLetter, receive, clock);
  }
}
