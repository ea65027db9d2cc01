package dk.attestbro.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.AcknowledgementCodes;
import dk.attestbro.model.AcknowledgementDraft;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.CitizenRules;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.Validation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FhirMessageValidatorTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final String HEADER = "Bundle.entry[0].resource";

  @Test
  void acceptsARequestAsJsonAndXml() {
    for (Payload payload :
        new Payload[] {
          Samples.json(Samples.request()),
          Samples.xml(Samples.asXml(Samples.request())),
          Samples.json(Samples.requestWithPdf())
        }) {
      Validation validation = validate(payload);

      assertThat(validation.problems()).isEmpty();
      assertThat(validation.validatedBy())
          .containsExactly("https://attestbro.dk/fhir/StructureDefinition/certificate-request|1.0");
    }
  }

  @Test
  void imposesTheProfileOfTheEventWhateverTheMessageDeclares() {
    String declared = "https://attestbro.dk/fhir/StructureDefinition/certificate-request";

    assertThat(problems(declared, "http://hl7.org/fhir/StructureDefinition/Bundle"))
        .contains(new Problem(RefusalReason.PROFILE_MISSING, "Bundle.meta.profile", declared));
    assertThat(problems("\"meta\": {\n  \"profile\": [\n   \"" + declared + "\"\n  ]\n },", ""))
        .contains(new Problem(RefusalReason.PROFILE_MISSING, "Bundle.meta.profile", declared));
  }

  @Test
  void reportsWhatTheProfileForbidsWithItsRuleAndPath() {
    assertThat(problems("\"status\": \"requested\"", "\"status\": \"rejected\""))
        .contains(new Problem(RefusalReason.PROFILE_VIOLATED, "Bundle", "ab-status"));
    assertThat(problems("\"new-message\"", "\"reply-message\""))
        .contains(new Problem(RefusalReason.PROFILE_VIOLATED, "Bundle", "ab-activity"));
    assertThat(problems("\"intent\": \"order\"", "\"intent\": \"plan\""))
        .extracting(Problem::path)
        .contains("Bundle.entry[1].resource.intent");
  }

  @Test
  void reportsUnknownElementsInJsonAndXml() {
    assertThat(problems("\"intent\": \"order\"", "\"intent\": \"order\", \"colour\": \"red\""))
        .extracting(Problem::reason)
        .contains(RefusalReason.PROFILE_VIOLATED);
    assertThat(
            validate(
                    Samples.xml(
                        Samples.asXml(Samples.request())
                            .replaceFirst(
                                "<intent value=\"order\"/>",
                                "<intent value=\"order\"/><colour value=\"red\"/>")))
                .problems())
        .extracting(Problem::reason)
        .contains(RefusalReason.PROFILE_VIOLATED);
  }

  @Test
  void refusesWhatHapiCannotGetThrough() {
    assertReason("\"given\": [", "\"given\": [ null,", RefusalReason.PROFILE_VIOLATED, "Bundle");
  }

  @Test
  void reportsCodesThatAreNotInTheirValueSet() {
    assertThat(problems("\"RSL_11A\"", "\"RSL_99\""))
        .extracting(Problem::reason)
        .contains(RefusalReason.CODE_UNKNOWN);
  }

  @Test
  void neverRepeatsAValueOfTheMessage() {
    String broken =
        Samples.request()
            .replace("2509479989", "9909479989")
            .replace("\"use\": \"official\"", "\"use\": \"Elmer\"")
            .replace("\"2026-11-01\"", "\"Bruno\"")
            .replace("\"intent\": \"order\"", "\"intent\": \"order\", \"p2509479989\": \"Elmer\"")
            .replace("PractitionerRole/role", "PractitionerRole/Elmer");

    assertThat(validate(Samples.json(broken)).problems().toString())
        .doesNotContain("Elmer", "Bruno", "9909479989", "2509479989");
  }

  @Test
  void refusesUnknownAndEmptyEvents() {
    assertReason(
        "\"code\": \"certificate-request\"",
        "\"code\": \"certificate-wish\"",
        RefusalReason.EVENT_UNKNOWN,
        HEADER + ".event");
    assertReason(
        "\"code\": \"certificate-request\"",
        "\"code\": \"empty-message\"",
        RefusalReason.EMPTY_MESSAGE,
        HEADER + ".event");
  }

  @Test
  void refusesDestinationsThatAreMissingDoubleOrOfUnknownUse() {
    assertThat(
            problems(
                Samples.request(
                    bundle -> {
                      header(bundle).getDestination().clear();
                      return bundle;
                    })))
        .contains(new Problem(RefusalReason.DESTINATION_MISSING, HEADER + ".destination"));
    assertThat(
            problems(
                Samples.request(
                    bundle -> {
                      header(bundle).addDestination(header(bundle).getDestinationFirstRep().copy());
                      return bundle;
                    })))
        .contains(new Problem(RefusalReason.DESTINATION_AMBIGUOUS, HEADER + ".destination[1]"));
    assertReason(
        "\"code\": \"primary\"",
        "\"code\": \"secondary\"",
        RefusalReason.DESTINATION_UNKNOWN_USE,
        HEADER + ".destination[0]");
  }

  @Test
  void allowsNoCopiesOfOurEventsAndAsksACopyForItsDestination() {
    assertReason(
        "\"code\": \"primary\"",
        "\"code\": \"cc\"",
        RefusalReason.COPY_NOT_ALLOWED,
        HEADER + ".destination[0]");
    assertReason(
        "\"new-message\"",
        "\"carboncopy-message\"",
        RefusalReason.COPY_AMBIGUOUS,
        HEADER + ".destination");
  }

  @Test
  void asksEveryPartyForSorAndGlnInTheirShape() {
    String path = "Bundle.entry[3].resource.identifier";

    assertThat(problems("urn:oid:1.2.208.176.1.1\",\n      \"value\": \"265161000016000", "urn:x"))
        .contains(new Problem(RefusalReason.IDENTIFIER_MISSING, path, "SOR"));
    assertThat(problems("5790000121526", "5790000121527"))
        .contains(new Problem(RefusalReason.IDENTIFIER_INVALID, path, "GLN"));
    assertThat(problems("\"265161000016000\"", "\"1234567890\""))
        .contains(new Problem(RefusalReason.IDENTIFIER_INVALID, path, "SOR"));
  }

  @Test
  void asksForAProvenanceOfThisHeader() {
    assertReason(
        "MessageHeader/9c1a9f0e-3b5c-4f7f-9a53-0a4d0f5c1a01\"\n",
        "MessageHeader/an-earlier-one\"\n",
        RefusalReason.PROVENANCE_MISSING,
        "Bundle.entry");
  }

  @Test
  void asksForATimestampWithSecondsAndZoneThatIsNotAhead() {
    String timestamp = "\"timestamp\": \"2026-11-20T10:00:00+01:00\"";

    for (String bad : List.of("2026-11-20T10:00:00", "2026-11-20T10:00+01:00", "2026-11-20")) {
      assertReason(
          timestamp,
          "\"timestamp\": \"" + bad + "\"",
          RefusalReason.TIMESTAMP_INVALID,
          "Bundle.timestamp");
    }
    assertReason(
        timestamp,
        "\"timestamp\": \"2026-11-22T12:05:01Z\"",
        RefusalReason.TIMESTAMP_IN_FUTURE,
        "Bundle.timestamp");
    assertThat(problems(timestamp, "\"timestamp\": \"2026-11-22T12:05:00Z\"")).isEmpty();
  }

  @Test
  void asksForASupportedDefinition() {
    assertReason(
        "certificate-request|1.0",
        "certificate-request|2.0",
        RefusalReason.DEFINITION_UNSUPPORTED,
        HEADER + ".definition");
    assertReason(
        "certificate-request|1.0",
        "certificate-reply|1.0",
        RefusalReason.DEFINITION_UNSUPPORTED,
        HEADER + ".definition");
  }

  @Test
  void asksEveryResourceForANarrative() {
    assertThat(
            problems(
                Samples.request(
                    bundle -> {
                      ((Task) bundle.getEntry().get(1).getResource()).setText(null);
                      return bundle;
                    })))
        .contains(new Problem(RefusalReason.NARRATIVE_MISSING, "Bundle.entry[1].resource.text"));
  }

  @Test
  void refusesActiveContentInANarrative() {
    for (String active :
        List.of(
            "<script>alert(1)</script>",
            "<b onclick='alert(1)'>x</b>",
            "<a href='java&#10;script:alert(1)'>x</a>",
            "<img src='https://example.org/pixel.png' alt='x'/>",
            "<iframe src='https://example.org'>x</iframe>",
            "<p style='background:url(https://example.org/x)'>x</p>",
            "<p style='background:u\\\\72l(https://example.org/x)'>x</p>")) {
      assertThat(problems("<p>Samtykke</p>", "<p>Samtykke</p>" + active))
          .as(active)
          .extracting(Problem::reason, Problem::path)
          .contains(tuple(RefusalReason.ACTIVE_CONTENT, "Bundle.entry[6].resource.text.div"));
    }
  }

  @Test
  void refusesDocumentsThatAreBrokenOfAnotherTypeOrNotAllowed() {
    String data = Base64.getEncoder().encodeToString(Samples.PDF);
    String path = "Bundle.entry[11].resource.data";
    String message = Samples.requestWithPdf();

    assertThat(problems(Samples.json(message.replace(data, data.substring(1)))))
        .contains(new Problem(RefusalReason.ATTACHMENT_INVALID, path));
    assertThat(problems(Samples.json(message.replace(data, "R0lGODlhAQABAAAAACw="))))
        .contains(new Problem(RefusalReason.ATTACHMENT_TYPE_MISMATCH, path));
    assertThat(problems(Samples.json(message.replace("application/pdf", "text/html"))))
        .contains(new Problem(RefusalReason.ATTACHMENT_TYPE_NOT_ALLOWED, path));
    assertThat(
            problems(
                Samples.changed(
                    message,
                    bundle -> {
                      description(bundle).getContentFirstRep().getAttachment().setSize(5);
                      return bundle;
                    })))
        .containsExactly(new Problem(RefusalReason.ATTACHMENT_INVALID, path));
  }

  @ParameterizedTest
  @EnumSource(
      value = MediaType.class,
      names = {"FHIR_JSON", "FHIR_XML"})
  void comparesADocumentWithTheHashThatIsStatedOfIt(MediaType type) throws Exception {
    byte[] sha1 = MessageDigest.getInstance("SHA-1").digest(Samples.PDF);

    assertThat(problems(withHash(sha1, type))).isEmpty();
    sha1[0]++;
    assertThat(problems(withHash(sha1, type)))
        .containsExactly(
            new Problem(RefusalReason.ATTACHMENT_INVALID, "Bundle.entry[11].resource.data"));
  }

  private static Payload withHash(byte[] hash, MediaType type) {
    Bundle bundle = Samples.bundle(Samples.requestWithPdf());
    description(bundle).getContentFirstRep().getAttachment().setHash(hash);
    return Fhir.payload(bundle, type);
  }

  @Test
  void looksIntoWhatIsContainedLikewise() {
    Payload letter =
        Samples.request(
            bundle -> {
              Task task = (Task) bundle.getEntry().get(1).getResource();
              Binary binary = new Binary();
              binary.setId("b");
              binary.setContentType("application/pdf");
              binary.setData("MZ no document".getBytes(StandardCharsets.UTF_8));
              Patient patient = new Patient();
              patient.setId("p");
              patient.addIdentifier().setSystem(CitizenRules.CPR_SYSTEM).setValue("9999999999");
              task.addContained(binary).addContained(patient);
              return bundle;
            });

    assertThat(problems(letter))
        .contains(
            new Problem(
                RefusalReason.ATTACHMENT_TYPE_MISMATCH,
                "Bundle.entry[1].resource.contained[0].data"),
            new Problem(
                RefusalReason.CPR_INVALID, "Bundle.entry[1].resource.contained[1].identifier[0]"));
  }

  private static DocumentReference description(Bundle bundle) {
    return bundle.getEntry().stream()
        .map(Bundle.BundleEntryComponent::getResource)
        .filter(DocumentReference.class::isInstance)
        .map(DocumentReference.class::cast)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void refusesWhatTakesTheMeaningFromARequest() {
    forbidden("ab-consent-status", Consent.class, c -> c.setStatus(Consent.ConsentState.REJECTED));
    forbidden(
        "ab-consent-1", Consent.class, c -> c.getScope().getCodingFirstRep().setCode("research"));
    forbidden(
        "ab-consent-2",
        Consent.class,
        c -> c.getProvision().setType(Consent.ConsentProvisionType.DENY));
    forbidden("ab-form", ServiceRequest.class, s -> formOf(s).setCode("LAE125"));
    forbidden("ab-service-request-1", ServiceRequest.class, s -> s.setSubject(named()));
    forbidden("ab-focus", Task.class, t -> t.setFocus(null));
    forbidden("ab-task-2", Task.class, t -> t.setFor(named()));
    forbidden(
        "ab-wished-by",
        Task.class,
        t -> t.getRestriction().getPeriod().setEndElement(new DateTimeType("2026-12")));
    forbidden("ab-practitioner-role-1", PractitionerRole.class, r -> r.setOrganization(named()));
    forbidden("", ServiceRequest.class, s -> s.setDoNotPerform(true));
    forbidden(
        "",
        ServiceRequest.class,
        s -> s.setStatus(ServiceRequest.ServiceRequestStatus.ENTEREDINERROR));
  }

  @Test
  void refusesAnOrganisationOfTwoNumbers() {
    forbidden(
        "ab-organization-1",
        Organization.class,
        o -> o.addIdentifier().setSystem(Canonicals.SOR).setValue("1000000000016041"));
    forbidden(
        "ab-organization-2",
        Organization.class,
        o -> o.addIdentifier().setSystem(Canonicals.GLN_HTTP).setValue("5790001900041"));
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {
        "CERTIFICATE_REQUEST",
        "DISCHARGE_NOTICE",
        "CARE_COMMUNICATION",
        "HOSPITAL_NOTIFICATION",
        "ACKNOWLEDGEMENT"
      })
  void aLaterLetterSaysWhichItFollows(EventCode event) {
    Bundle letter = Examples.of(event);
    new MessageParts(letter).provenances().forEach(link -> link.setEntity(null));

    assertThat(problems(Fhir.payload(letter, MediaType.FHIR_JSON)))
        .contains(new Problem(RefusalReason.PROFILE_VIOLATED, "Bundle", "ab-follows"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(<dateTime value=\")[^\"]*",
        "(<end value=\")[^\"]*",
        "(<occurredDateTime value=\")[^\"]*",
        "(<recorded value=\")[^\"]*",
        "(<authoredOn value=\")[^\"]*",
        "(<timestamp value=\")[^\"]*"
      })
  void whatIsNoTimeIsToldAndNeverRepeated(String place) {
    String xml = Samples.asXml(Samples.requestWithPdf()).replaceAll(place, "$1Bruno Elmer");

    refusedWithoutAName(Samples.xml(xml));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"valueInteger", "valueDecimal", "valueBoolean", "valueDate", "valueDateTime"})
  void anAnswerOrSizeThatIsNoValueIsToldAndNeverRepeated(String type) {
    Bundle reply = Examples.of(EventCode.CERTIFICATE_REPLY);
    new MessageParts(reply)
        .first(DocumentReference.class)
        .orElseThrow()
        .getContentFirstRep()
        .getAttachment()
        .setSize(4711);
    String xml =
        new String(Fhir.payload(reply, MediaType.FHIR_XML).bytes(), StandardCharsets.UTF_8);

    refusedWithoutAName(Samples.xml(xml.replace("value=\"4711\"", "value=\"Bruno Elmer\"")));
    refusedWithoutAName(
        Samples.xml(
            xml.replaceFirst(
                "<value(String|Integer|Decimal|Boolean|Date) value=\"[^\"]*\"",
                "<" + type + " value=\"Bruno Elmer\"")));
  }

  @Test
  void aTimeThatIsNoneWithinTheChainIsNotCopied() {
    String reply =
        new String(
            Fhir.payload(Examples.of(EventCode.CERTIFICATE_REPLY), MediaType.FHIR_XML).bytes(),
            StandardCharsets.UTF_8);

    refusedWithoutAName(
        Samples.xml(
            reply.replaceAll(
                "(<what>\\s*<reference value=\"[^\"]*\"/>)",
                "$1<identifier><period><start value=\"Bruno Elmer\"/></period></identifier>")));
  }

  private static void refusedWithoutAName(Payload payload) {
    MessageReading read = Messages.READER.read(payload);
    Payload refusal =
        Messages.WRITER.acknowledgement(
            new AcknowledgementDraft(
                LetterId.random(),
                BundleId.random(),
                NOW,
                SampleDirectory.GATEWAY,
                SampleDirectory.ODENSE,
                Optional.empty(),
                read.letterId(),
                AcknowledgementCode.FATAL_ERROR,
                List.of(),
                Optional.of(read)),
            MediaType.FHIR_JSON);

    assertThat(new String(payload.bytes(), StandardCharsets.UTF_8)).contains("Bruno Elmer");
    assertThat(problems(payload)).isNotEmpty().asString().doesNotContain("Bruno", "Elmer");
    assertThat(new String(refusal.bytes(), StandardCharsets.UTF_8)).doesNotContain("Bruno");
  }

  private static Coding formOf(ServiceRequest request) {
    return request.getCode().getCoding().stream()
        .filter(coding -> Canonicals.FORM.equals(coding.getSystem()))
        .findFirst()
        .orElseThrow();
  }

  private static Reference named() {
    return new Reference().setDisplay("somebody");
  }

  private static <T extends Resource> void forbidden(
      String rule, Class<T> type, Consumer<T> change) {
    Payload changed =
        Samples.request(
            bundle -> {
              bundle.getEntry().stream()
                  .map(Bundle.BundleEntryComponent::getResource)
                  .filter(type::isInstance)
                  .map(type::cast)
                  .forEach(change);
              return bundle;
            });

    assertThat(problems(changed))
        .as(rule)
        .filteredOn(problem -> problem.reason() == RefusalReason.PROFILE_VIOLATED)
        .extracting(Problem::hint)
        .isNotEmpty()
        .allMatch(hint -> rule.isEmpty() || hint.equals(rule));
  }

  @Test
  void asksACprForADayAndMonthAndNotForModulus11() {
    assertThat(problems("2509479989", "2513479989"))
        .contains(new Problem(RefusalReason.CPR_INVALID, "Bundle.entry[2].resource.identifier[0]"));
    assertThat(problems("2509479989", "0201609996")).isEmpty();
  }

  @Test
  void asksOurLettersForACaseAndForWhatTheContentRulesAsk() {
    assertReason(
        "urn:uuid:5d2c0a52-6a5e-4c1e-9c0a-6d2f1f0e7b11",
        "J-17",
        RefusalReason.CASE_MISSING,
        HEADER + ".focus");
    assertThat(problems("Afklaring af arbejdsevne", " "))
        .extracting(Problem::reason)
        .contains(RefusalReason.PURPOSE_MISSING);
    assertThat(problems("PSYK125", "PSYK999"))
        .extracting(Problem::reason)
        .contains(RefusalReason.FORM_UNKNOWN);
  }

  @Test
  void checksMedComsMessagesGenericallyWithoutItsPackages() {
    Payload acknowledgement = Samples.json(Samples.resource("acknowledgement.json"));

    Validation validation = validate(acknowledgement);

    assertThat(validation.problems()).isEmpty();
    assertThat(validation.validatedBy()).containsExactly("generic");
  }

  @Test
  void asksAnAcknowledgementOfAValidLetterForTheProvenanceItCopies() {
    Payload acknowledgement =
        Samples.changed(
            Samples.resource("acknowledgement.json"),
            bundle -> {
              bundle.getEntry().remove(4);
              return bundle;
            });

    assertThat(problems(acknowledgement))
        .contains(
            new Problem(RefusalReason.PROVENANCE_MISSING, "Bundle.entry", "acknowledged letter"));
  }

  @Test
  void asksAnAcknowledgementOfAnErrorWhyInACodeOfMedComs() {
    String header = "Bundle.entry[0].resource";

    assertThat(problems(saying("fatal-error", noOutcome -> {})))
        .containsExactly(
            new Problem(
                RefusalReason.PROFILE_VIOLATED, header + ".response.details", "OperationOutcome"));
    assertThat(problems(saying("transient-error", why("MSG_NO_MATCH")))).isEmpty();
    assertThat(problems(saying("fatal-error", why("MSG_AUTH_REQUIRED"))))
        .containsExactly(
            new Problem(RefusalReason.CODE_UNKNOWN, "Bundle.entry[5].resource.issue[0].details"));
  }

  @Test
  void refusesAnAcknowledgementThatTellsOfACitizen() {
    Payload withPatient =
        saying(
            "ok",
            bundle ->
                bundle
                    .addEntry()
                    .setFullUrl(Canonicals.BASE + "/Patient/p")
                    .setResource(
                        CaseLetter.patient(Messages.citizen())
                            .setText(Narratives.of("Borger"))
                            .setId("p")));

    assertThat(problems(withPatient))
        .containsExactly(
            new Problem(RefusalReason.PROFILE_VIOLATED, "Bundle.entry[5].resource", "Patient"));
  }

  private static Payload saying(String code, Consumer<Bundle> change) {
    return Samples.changed(
        Samples.resource("acknowledgement.json"),
        bundle -> {
          ((MessageHeader) bundle.getEntryFirstRep().getResource())
              .getResponse()
              .setCode(MessageHeader.ResponseType.fromCode(code));
          change.accept(bundle);
          return bundle;
        });
  }

  private static Consumer<Bundle> why(String code) {
    return bundle -> {
      OperationOutcome outcome = new OperationOutcome();
      outcome.setId("why");
      outcome.setText(Narratives.of("Afvist"));
      outcome
          .addIssue()
          .setSeverity(OperationOutcome.IssueSeverity.ERROR)
          .setCode(OperationOutcome.IssueType.PROCESSING)
          .getDetails()
          .addCoding()
          .setSystem(AcknowledgementCodes.HL7_SYSTEM)
          .setCode(code);
      bundle.addEntry().setFullUrl(Canonicals.BASE + "/OperationOutcome/why").setResource(outcome);
    };
  }

  @Test
  void refusesToStartNamingEveryMistakeInThePackages(@TempDir Path packages) throws IOException {
    Files.writeString(Files.createDirectory(packages.resolve("broken")).resolve("a.tgz"), "no");
    Map<String, String> profiles = new HashMap<>(FhirMessageValidator.defaultProfiles());
    profiles.put("no-such-event", "https://example.org/StructureDefinition/x");

    assertThatThrownBy(
            () -> new FhirMessageValidator(new FhirForms(), profiles, Optional.of(packages)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("broken")
        .hasMessageContaining("no-such-event");
  }

  @Test
  void givesTheSameVerdictFromManyThreads() {
    Payload good = Samples.json(Samples.request());
    Payload bad =
        Samples.json(Samples.request().replace("\"intent\": \"order\"", "\"intent\": \"plan\""));
    List<Problem> expected = problems(bad);

    assertThat(
            IntStream.range(0, 40)
                .parallel()
                .mapToObj(i -> problems(i % 2 == 0 ? good : bad))
                .distinct())
        .containsExactlyInAnyOrder(List.of(), expected);
  }

  @Test
  void acceptsTheFirstMessagesOfAStartThoughTheyComeAtOnce() {
    assertThatAllAreAcceptedAtOnce(new ValidationStack(Conformance.own()));
  }

  @Test
  void acceptsTheFirstMessagesOfAStackWhoseSnapshotsAreToBeMadeThoughTheyComeAtOnce() {
    assertThatAllAreAcceptedAtOnce(new ValidationStack(Conformance.sources()));
  }

  private static void assertThatAllAreAcceptedAtOnce(ValidationStack cold) {
    byte[] good = Samples.request().getBytes(StandardCharsets.UTF_8);
    String profile = Canonicals.profile(EventCode.CERTIFICATE_REQUEST);

    assertThat(
            IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> cold.validate(good, MediaType.FHIR_JSON, profile))
                .map(findings -> ProfileFindings.problems(findings, true))
                .distinct())
        .containsExactly(List.of());
  }

  @Test
  void tellsUnreadableFilesFromInvalidOnes(@TempDir Path folder) throws IOException {
    ValidateFiles files =
        new ValidateFiles(
            new FhirMessageReader(), Validators.OWN, Clock.fixed(NOW, ZoneOffset.UTC));
    Path good = Files.writeString(folder.resolve("good"), Samples.request());
    Path xml = Files.writeString(folder.resolve("xml"), Samples.asXml(Samples.request()));
    Path bad =
        Files.writeString(folder.resolve("bad"), Samples.request().replace("5790000121526", "1"));
    Path unreadable = Files.writeString(folder.resolve("unreadable"), "{");

    assertThat(files.validate(good).isValid()).isTrue();
    assertThat(files.validate(xml).isValid()).isTrue();
    assertThat(files.validate(bad).isValid()).isFalse();
    assertThat(files.validate(bad).readable()).isTrue();
    assertThat(files.validate(unreadable).readable()).isFalse();
  }

  private static void assertReason(String from, String to, RefusalReason reason, String path) {
    assertThat(problems(from, to))
        .extracting(Problem::reason, Problem::path)
        .contains(tuple(reason, path));
  }

  private static List<Problem> problems(String from, String to) {
    assertThat(Samples.request()).contains(from);
    return problems(Samples.json(Samples.request().replace(from, to)));
  }

  private static List<Problem> problems(Payload payload) {
    return validate(payload).problems();
  }

  private static Validation validate(Payload payload) {
    return Validators.OWN.validate(Samples.read(payload), NOW, OptionalInt.empty());
  }

  private static MessageHeader header(Bundle bundle) {
    return (MessageHeader) bundle.getEntryFirstRep().getResource();
  }
}
