package dk.attestbro.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import ca.uhn.fhir.validation.ValidationResult;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Form;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.Payload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Questionnaire;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The golden examples in docs/examples. To write them anew after an intended change: {@code mvn
 * test -pl message-model -Dtest=ExamplesTest -Dexamples.update=true}, then read the difference.
 */
class ExamplesTest {
  /** As HAPI brings it, read once. */
  private static final IValidationSupport CORE =
      new DefaultProfileValidationSupport(Fhir.context());

  private static final Path FOLDER = Path.of("../docs/examples");
  private static final Map<String, FhirValidator> VALIDATORS = new ConcurrentHashMap<>();

  @BeforeAll
  static void update() throws IOException {
    if (Boolean.getBoolean("examples.update")) {
      Files.createDirectories(FOLDER);
      for (EventCode event : EventCode.values()) {
        for (MediaType type : List.of(MediaType.FHIR_JSON, MediaType.FHIR_XML)) {
          Files.writeString(file(event, type), pretty(Examples.of(event), type));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(EventCode.class)
  void theExampleIsWhatWeWriteToday(EventCode event) throws IOException {
    for (MediaType type : List.of(MediaType.FHIR_JSON, MediaType.FHIR_XML)) {
      Path file = file(event, type);
      String written = pretty(Examples.of(event), type);
      assertThat(Files.readString(file)).as(file.toString()).isEqualTo(written);
    }
  }

  @ParameterizedTest
  @EnumSource(EventCode.class)
  void jsonAndXmlSayTheSame(EventCode event) throws IOException {
    MessageReading json = Messages.READER.read(payload(event, MediaType.FHIR_JSON));
    MessageReading xml = Messages.READER.read(payload(event, MediaType.FHIR_XML));

    assertThat(json.event()).contains(event);
    assertThat(xml.contentDigest()).isEqualTo(json.contentDigest());
  }

  @ParameterizedTest
  @EnumSource(EventCode.class)
  void aStockHapiValidatorAcceptsTheExample(EventCode event) throws IOException {
    FhirValidator validator = VALIDATORS.computeIfAbsent(stack(event), ExamplesTest::validator);
    for (MediaType type : List.of(MediaType.FHIR_JSON, MediaType.FHIR_XML)) {
      ValidationResult result = validator.validateWithResult(Files.readString(file(event, type)));

      assertThat(result.getMessages())
          .filteredOn(m -> m.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0)
          .extracting(SingleValidationMessage::toString)
          .isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(EventCode.class)
  void ourOwnValidatorAcceptsTheExampleAsLongAsItsConsentLasts(EventCode event) throws IOException {
    FhirMessageValidator validator =
        stack(event).isEmpty() ? Validators.OWN : Validators.withPackages();
    for (MediaType type : List.of(MediaType.FHIR_JSON, MediaType.FHIR_XML)) {
      MessageReading reading = Messages.READER.read(payload(event, type));

      Instant last = Examples.TRIED_UNTIL.atTime(12, 0).toInstant(ZoneOffset.UTC);
      for (Instant now : List.of(reading.timestamp().orElseThrow(), last)) {
        assertThat(validator.validate(reading, now, OptionalInt.of(2)).problems()).isEmpty();
      }
    }
  }

  @Test
  void everyFormIsAValidQuestionnaire() {
    FhirValidator validator = VALIDATORS.computeIfAbsent("", ExamplesTest::validator);
    for (Form form : Messages.FORMS.all()) {
      String json = new String(Messages.FORMS.questionnaire(form), StandardCharsets.UTF_8);

      assertThat(validator.validateWithResult(json).getMessages())
          .filteredOn(m -> m.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0)
          .extracting(SingleValidationMessage::toString)
          .isEmpty();
    }
  }

  /** The folder of MedCom's packages that the event needs; empty for our own events. */
  private static String stack(EventCode event) {
    if (!event.isMedCom()) {
      return "";
    }
    String stack =
        event == EventCode.HOSPITAL_NOTIFICATION
            ? "hospitalnotification"
            : "carecommunication-and-acknowledgement";
    assumeTrue(
        Validators.medcom().isPresent(),
        "MedCom's packages are not there (ATTESTBRO_SHARED says where they are)");
    return stack;
  }

  private static FhirValidator validator(String stack) {
    PrePopulatedValidationSupport questionnaires =
        new PrePopulatedValidationSupport(Fhir.context());
    for (Form form : Messages.FORMS.all()) {
      questionnaires.addResource(
          Fhir.parser(MediaType.FHIR_JSON)
              .parseResource(
                  Questionnaire.class,
                  new ByteArrayInputStream(Messages.FORMS.questionnaire(form))));
    }
    IValidationSupport chain =
        new ValidationSupportChain(
            new PinnedCanonicals(CORE),
            conformance(stack),
            questionnaires,
            CORE,
            new CommonCodeSystemsTerminologyService(Fhir.context()),
            new InMemoryTerminologyServerValidationSupport(Fhir.context()),
            new SnapshotGeneratingValidationSupport(Fhir.context()),
            unknownCodeSystems());
    FhirInstanceValidator instance = new FhirInstanceValidator(chain);
    instance.setErrorForUnknownProfiles(true);
    return Fhir.context().newValidator().registerValidatorModule(instance);
  }

  /** Our profiles name codes of MedCom's, whose code systems only MedCom's packages hold. */
  private static IValidationSupport unknownCodeSystems() {
    UnknownCodeSystemWarningValidationSupport unknown =
        new UnknownCodeSystemWarningValidationSupport(Fhir.context());
    unknown.setNonExistentCodeSystemSeverity(IValidationSupport.IssueSeverity.WARNING);
    return unknown;
  }

  private static IValidationSupport conformance(String stack) {
    try {
      return (stack.isEmpty()
              ? Conformance.sources()
              : Conformance.ofPackages(
                  Validators.medcom().orElseThrow().resolve("packages").resolve(stack)))
          .support();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Payload payload(EventCode event, MediaType type) throws IOException {
    return new Payload(Files.readAllBytes(file(event, type)), type);
  }

  private static Path file(EventCode event, MediaType type) {
    return FOLDER.resolve(event.code() + (type == MediaType.FHIR_JSON ? ".json" : ".xml"));
  }

  /** For people to read, with the narratives left as they are. */
  private static String pretty(Bundle bundle, MediaType type) {
    IParser parser = Fhir.parser(type);
    return switch (type) {
      case FHIR_JSON -> parser.setPrettyPrint(true).encodeResourceToString(bundle) + "\n";
      case FHIR_XML -> indented(parser.encodeResourceToString(bundle));
      case CMS, MIME -> throw new IllegalArgumentException("not a FHIR format");
    };
  }

  /** One element per line; HAPI's own indenting would put white space into the narratives. */
  private static String indented(String xml) {
    StringBuilder out = new StringBuilder();
    Matcher tags = Pattern.compile("<div.*?</div>|<[^>]+>", Pattern.DOTALL).matcher(xml);
    int depth = 0;
    while (tags.find()) {
      String tag = tags.group();
      boolean closing = tag.startsWith("</");
      boolean alone = tag.endsWith("/>") || tag.startsWith("<div") || tag.startsWith("<?");
      depth -= closing ? 1 : 0;
      out.append("  ".repeat(depth)).append(tag).append('\n');
      depth += closing || alone ? 0 : 1;
    }
    return out.toString();
  }
}
