package dk.attestbro.gateway.wiring;

import dk.attestbro.fhir.FhirForms;
import dk.attestbro.fhir.FhirMessageReader;
import dk.attestbro.fhir.FhirMessageValidator;
import dk.attestbro.fhir.FhirMessageWriter;
import dk.attestbro.fhir.ReadingLimits;
import dk.attestbro.gateway.journey.AcknowledgeInboxItem;
import dk.attestbro.gateway.journey.Alarms;
import dk.attestbro.gateway.journey.Authenticate;
import dk.attestbro.gateway.journey.DeliverLetter;
import dk.attestbro.gateway.journey.FollowUpLetter;
import dk.attestbro.gateway.journey.JourneySettings;
import dk.attestbro.gateway.journey.LeaseKeeper;
import dk.attestbro.gateway.journey.LetterWrites;
import dk.attestbro.gateway.journey.OpenLetter;
import dk.attestbro.gateway.journey.OpenMessage;
import dk.attestbro.gateway.journey.Operate;
import dk.attestbro.gateway.journey.ReceiveRoute;
import dk.attestbro.gateway.journey.Recognise;
import dk.attestbro.gateway.journey.Record;
import dk.attestbro.gateway.journey.RefusalAcknowledgement;
import dk.attestbro.gateway.journey.Refuse;
import dk.attestbro.gateway.journey.RelayOutbox;
import dk.attestbro.gateway.journey.ResponseAcknowledgement;
import dk.attestbro.gateway.journey.Validate;
import dk.attestbro.gateway.journey.WriteLetter;
import dk.attestbro.model.Forms;
import dk.attestbro.model.MessageReader;
import dk.attestbro.model.MessageValidator;
import dk.attestbro.model.MessageWriter;
import dk.attestbro.model.Validation;
import dk.attestbro.port.ContentSealing;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.Inbox;
import dk.attestbro.port.MessageDelivery;
import dk.attestbro.port.MessageProtection;
import dk.attestbro.port.Outbox;
import dk.attestbro.port.ReceiptSigning;
import dk.attestbro.port.Records;
import dk.attestbro.port.TransmissionQueue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
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
  Forms forms() {
    return new FhirForms();
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
  OpenLetter openLetter(Records records, ContentSealing sealing, MessageReader reader) {
    return new OpenLetter(records, sealing, reader);
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
      Forms forms) {
    return new LetterWrites(records, directory, sealing, writer, reader, forms);
  }

  @Bean
  OpenMessage openMessage(MessageProtection protection, MessageReader reader) {
    return new OpenMessage(protection, reader);
  }

  @Bean
  Authenticate authenticate(DirectorySource directory, OpenMessage openMessage) {
    return new Authenticate(directory, openMessage);
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
      MessageValidator validator, DirectorySource directory, Records records, Forms forms) {
    return new Validate(validator, directory, records, forms);
  }

  @Bean
  Record record(
      Records records,
      ReceiptSigning receipts,
      LetterWrites writes,
      Recognise recognise,
      Validate validate,
      Alarms alarms) {
    return new Record(records, receipts, writes, recognise, validate, alarms);
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
  RelayOutbox relayOutbox(
      Outbox outbox,
      Records records,
      DirectorySource directory,
      ContentSealing sealing,
      MessageProtection protection,
      TransmissionQueue queue,
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
  DeliverLetter deliverLetter(
      Records records,
      Outbox outbox,
      DirectorySource directory,
      ContentSealing sealing,
      MessageDelivery https,
      LetterWrites writes,
      ResponseAcknowledgement responses,
      LeaseKeeper leases,
      Alarms alarms,
      Clock clock) {
    return new DeliverLetter(
        records, outbox, directory, sealing, https, writes, responses, leases, alarms, clock);
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
  WriteLetter writeLetter(
      Records records,
      DirectorySource directory,
      Forms forms,
      MessageWriter writer,
      OpenLetter openLetter,
      ReceiveRoute receive,
      Clock clock) {
    return new WriteLetter(records, directory, forms, writer, openLetter, receive, clock);
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
