package dk.attestbro.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.EventCode;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElementRulesTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @ParameterizedTest
  @ValueSource(strings = {"\\u0000", "\\u0001", "\\u001b", "\\ud800", "\\ufffe", "\\uffff"})
  void whatXmlCannotCarryIsRefusedWhereItStands(String escaped) {
    assertThat(problems(escaped))
        .contains(
            new Problem(
                RefusalReason.FIELD_INVALID,
                "Bundle.entry[0].resource.source.name",
                "control character"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u00e6", "\\ud83d\\ude00", "\\t"})
  void whatBothFormatsCarryIsTaken(String escaped) {
    assertThat(problems(escaped)).isEmpty();
  }

  @Test
  void aNarrativeHasNoneEither() {
    String broken = Samples.request().replaceFirst("</div>", "\\\\u0001</div>");

    assertThat(validated(broken))
        .contains(
            new Problem(RefusalReason.RESOURCE_UNREADABLE, "Bundle.entry[0].resource.text.div"));
  }

  @ParameterizedTest
  @EnumSource(EventCode.class)
  void whatAReferenceNamesIsInTheLetter(EventCode event) {
    Bundle letter = Examples.of(event);
    List<String> paths = new ArrayList<>();
    Elements.visit(
        letter,
        "Bundle",
        (element, path) -> {
          if (element instanceof Reference reference
              && reference.hasReference()
              && !reference.getReference().startsWith("MessageHeader/")) {
            paths.add(path);
            String named = reference.getReference();
            reference.setReference(named.substring(0, named.indexOf('/')) + "/of-no-resource");
          }
          return true;
        });

    List<Problem> problems = new ArrayList<>();
    ElementRules.check(Samples.read(Fhir.payload(letter, MediaType.FHIR_XML)), problems);

    // MedCom's profiles say of MedCom's messages what they demand.
    assertThat(problems)
        .containsExactlyInAnyOrderElementsOf(
            event.isMedCom()
                ? List.of()
                : paths.stream()
                    .map(path -> new Problem(RefusalReason.REFERENCE_UNRESOLVED, path))
                    .toList());
    assertThat(paths).isNotEmpty();
  }

  @Test
  void whatChangesTheMeaningOfTheRestIsNotUnderstood() {
    Payload letter =
        Samples.request(
            bundle -> {
              bundle.setImplicitRules("https://example.org/rules");
              for (var entry : bundle.getEntry()) {
                if (entry.getResource() instanceof Consent consent) {
                  consent
                      .getProvision()
                      .addModifierExtension()
                      .setUrl("https://example.org/not")
                      .setValue(new BooleanType(true));
                }
              }
              return bundle;
            });

    List<Problem> problems = new ArrayList<>();
    ElementRules.check(Samples.read(letter), problems);

    assertThat(problems)
        .containsExactlyInAnyOrder(
            new Problem(RefusalReason.PROFILE_VIOLATED, "Bundle.implicitRules", "modifier"),
            new Problem(
                RefusalReason.PROFILE_VIOLATED,
                "Bundle.entry[6].resource.provision.modifierExtension[0]",
                "modifier"));
  }

  @Test
  void whatIsContainedIsInTheLetterUnlessItSaysWhomTheLetterIsAboutOrFrom() {
    List<Problem> problems = new ArrayList<>();
    ElementRules.check(
        Samples.read(
            Samples.request(
                bundle -> {
                  for (var entry : bundle.getEntry()) {
                    if (entry.getResource() instanceof Task task) {
                      task.addContained(new Group().setId("g"));
                      task.addBasedOn(new Reference("#g"));
                      task.addContained(new Patient().setId("p"));
                      task.setFor(new Reference("#p"));
                      task.addPartOf(new Reference("MessageHeader/nobody"));
                    }
                  }
                  return bundle;
                })),
        problems);

    assertThat(problems)
        .extracting(Problem::path)
        .containsExactlyInAnyOrder(
            "Bundle.entry[1].resource.for", "Bundle.entry[1].resource.partOf[0]");
  }

  @Test
  void anEarlierLetterIsNotInTheLetter() {
    List<Problem> problems = new ArrayList<>();
    ElementRules.check(
        Samples.read(Fhir.payload(Examples.of(EventCode.CERTIFICATE_REPLY), MediaType.FHIR_JSON)),
        problems);

    assertThat(problems).isEmpty();
  }

  private static List<Problem> problems(String inTheName) {
    String name = ",\"name\":\"a" + inTheName + "b\"";
    return validated(
        Samples.request()
            .replaceFirst(
                "(\"endpoint\": \"[^\"]*\")(\\s*},\\s*\"focus\")",
                "$1" + name.replace("\\", "\\\\") + "$2"));
  }

  private static List<Problem> validated(String json) {
    return Validators.OWN
        .validate(Messages.READER.read(Samples.json(json)), NOW, OptionalInt.empty())
        .problems();
  }
}
