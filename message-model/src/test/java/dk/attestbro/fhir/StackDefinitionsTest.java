package dk.attestbro.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r5.model.StructureDefinition;
import org.hl7.fhir.r5.model.StructureDefinition.TypeDerivationRule;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Structures in outline: known by name at once, and whole as soon as somebody asks. */
class StackDefinitionsTest {
  private static final String PATIENT = "http://hl7.org/fhir/StructureDefinition/Patient";

  private final AtomicInteger read = new AtomicInteger();
  private final StackDefinitions definitions =
      new StackDefinitions(new CountedCore(), () -> PackedDefinitions.core().outlines());

  @Test
  void everyTypeIsKnownByNameBeforeAnyOfItsElementsIsRead() {
    assertThat(all()).hasSizeGreaterThan(200);
    assertThat(definitions.isPrimitiveType("dateTime")).isTrue();
    assertThat(definitions.isPrimitiveType("Patient")).isFalse();
    assertThat(definitions.fetchTypeDefinitions("Patient"))
        .singleElement()
        .satisfies(
            patient -> {
              assertThat(patient.getDerivation()).isEqualTo(TypeDerivationRule.SPECIALIZATION);
              assertThat(patient.getBaseDefinition()).endsWith("/DomainResource");
            });
    assertThat(read).hasValue(0);
  }

  @Test
  void aTypeHasTheElementsThatItsAddressGives() {
    var patient = definitions.fetchTypeDefinitions("Patient").get(0);
    var whole = definitions.fetchTypeDefinition("Patient");

    assertThat(whole.getSnapshot().getElement()).hasSizeGreaterThan(20);
    assertThat(patient.hasSnapshot()).isTrue();
    assertThat(patient.getSnapshot()).isSameAs(whole.getSnapshot());
    assertThat(patient.hasDifferential()).isEqualTo(whole.hasDifferential());
    assertThat(patient.copy().equalsDeep(whole)).isTrue();
  }

  @Test
  void anOutlineSaysOfEachTypeWhatTheWholeSays() {
    for (StructureDefinition outline : all()) {
      StructureDefinition whole =
          definitions.fetchResource(StructureDefinition.class, outline.getUrl());
      assertThat(outline.getSourcePackage().getId())
          .isEqualTo(whole.getSourcePackage().getId())
          .isEqualTo("hl7.fhir.r4.core");
      StructureDefinition said = new StructureDefinition();
      outline.copyValues(said);
      StructureDefinition expected = whole.copy();
      expected.setSnapshot(null);
      assertThat(said.equalsDeep(expected)).as(outline.getUrl()).isTrue();
    }
  }

  @Test
  void whatWasFoundByItsOwnAddressIsNotReadAgain() {
    StructureDefinition patient = definitions.fetchResource(StructureDefinition.class, PATIENT);
    StructureDefinition again = definitions.fetchResource(StructureDefinition.class, PATIENT);

    assertThat(again).isNotNull().isSameAs(patient);
    assertThat(read).hasValue(1);
  }

  @Test
  void anAddressThatNoDefinitionHasIsNotKeptWhateverAMessageMakesUp() {
    for (int i = 0; i < 3; i++) {
      assertThat(definitions.fetchResource(StructureDefinition.class, PATIENT + "|made-up"))
          .isNotNull();
    }

    assertThat(read).hasValue(3);
  }

  private List<StructureDefinition> all() {
    return definitions.fetchResourcesByType(StructureDefinition.class);
  }

  /** R4 core in every version, which counts how often it is asked for a whole structure. */
  private final class CountedCore implements IValidationSupport {
    @Override
    public FhirContext getFhirContext() {
      return Fhir.context();
    }

    @Override
    public @Nullable IBaseResource fetchStructureDefinition(String url) {
      read.incrementAndGet();
      return PackedDefinitions.core().fetchStructureDefinition(url.replaceAll("\\|.*", ""));
    }
  }
}
