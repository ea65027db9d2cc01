package dk.attestbro.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every message that MedCom publishes as valid is taken, and its digest does not mind the format.
 */
class MedComExamplesTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @BeforeAll
  static void needsMedComsFiles() {
    assumeTrue(
        Validators.medcom().isPresent(),
        "skipped: MedCom's packages and examples are not at ../shared/medcom (ATTESTBRO_SHARED)");
  }

  static List<Path> examples() throws IOException {
    if (Validators.medcom().isEmpty()) {
      return List.of(Path.of("absent"));
    }
    try (var files = Files.walk(Validators.medcom().get().resolve("examples"))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void takesEveryPublishedMessage(Path file) throws IOException {
    MessageReading message = new FhirMessageReader().read(payload(file));

    Validation validation = Validators.withPackages().validate(message, NOW, OptionalInt.empty());

    if (message.eventCode().equals("empty-message")) {
      assertThat(validation.problems())
          .extracting(Problem::reason)
          .contains(RefusalReason.EMPTY_MESSAGE);
    } else {
      assertThat(validation.problems()).isEmpty();
      assertThat(validation.validatedBy()).noneMatch("generic"::equals);
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void givesTheSameDigestInTheOtherFormat(Path file) throws IOException {
    Payload payload = payload(file);
    MediaType other =
        payload.mediaType() == MediaType.FHIR_JSON ? MediaType.FHIR_XML : MediaType.FHIR_JSON;
    FhirMessageReader reader = new FhirMessageReader();

    Payload converted = Fhir.payload(Fhir.bundle(payload), other);

    assertThat(reader.read(converted).contentDigest())
        .isEqualTo(reader.read(payload).contentDigest());
  }

  @Test
  void namesTheProfileAndItsVersion() throws IOException {
    Path file =
        examples().stream().filter(p -> p.toString().contains("Ack_3.3.1")).findFirst().get();

    Validation validation =
        Validators.withPackages()
            .validate(new FhirMessageReader().read(payload(file)), NOW, OptionalInt.empty());

    assertThat(validation.validatedBy())
        .containsExactly(
            "http://medcomfhir.dk/ig/acknowledgement/StructureDefinition/medcom-messaging-acknowledgement|2.0.3");
  }

  private static Payload payload(Path file) throws IOException {
    return new Payload(
        Files.readAllBytes(file),
        file.toString().endsWith(".xml") ? MediaType.FHIR_XML : MediaType.FHIR_JSON);
  }
}
