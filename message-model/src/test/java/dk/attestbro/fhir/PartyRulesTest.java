package dk.attestbro.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dk.attestbro.model.CaseRules;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Party;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PartyRulesTest {
  private static final String ENDPOINT = "https://sor2.sum.dsdn.dk/#id=";

  /** Where a letter names its sender or receiver beside its header. */
  private static final Pattern NAMES_A_PARTY =
      Pattern.compile(
          ".*\\.resource\\.(requester|owner|performer\\[\\d+]|organization|agent\\[0]\\.who)");

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"CARE_COMMUNICATION", "HOSPITAL_NOTIFICATION", "ACKNOWLEDGEMENT"})
  void anExampleNamesTheSamePartiesEverywhere(EventCode event) {
    assertThat(problems(Examples.of(event))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"CARE_COMMUNICATION", "HOSPITAL_NOTIFICATION", "ACKNOWLEDGEMENT"})
  void everyPlaceThatNamesAnotherIsTold(EventCode event) {
    List<String> places = places(event);

    assertThat(places).anyMatch(place -> place.endsWith(".agent[0].who"));
    for (String place : places) {
      Bundle letter = Examples.of(event);
      String third = addThird(letter);
      atEach(
          letter,
          (reference, path) -> {
            if (path.equals(place)) {
              reference.setReference(third);
            }
          });

      assertThat(problems(letter))
          .as(place)
          .extracting(Problem::reason, Problem::path)
          .contains(tuple(RefusalReason.PARTY_DIFFERS, place));
    }
  }

  @Test
  void anAddressOfAnotherIsTold() {
    Bundle letter = Examples.of(EventCode.CERTIFICATE_REQUEST);
    MessageHeader header = new MessageParts(letter).header().orElseThrow();
    header.getSource().setEndpoint(ENDPOINT + SampleDirectory.SYD.sor());
    header.getDestinationFirstRep().setEndpoint(ENDPOINT + SampleDirectory.SYD.sor());

    assertThat(problems(letter))
        .containsExactly(
            new Problem(
                RefusalReason.PARTY_DIFFERS, "Bundle.entry[0].resource.source.endpoint", "sender"),
            new Problem(
                RefusalReason.PARTY_DIFFERS,
                "Bundle.entry[0].resource.destination[0].endpoint",
                "receiver"));
  }

  @Test
  void anAddressThatNamesNobodyMisleadsNobody() {
    Bundle letter = Examples.of(EventCode.CERTIFICATE_REQUEST);
    MessageHeader header = new MessageParts(letter).header().orElseThrow();
    header.getSource().setEndpoint("https://example.org/fhir");

    assertThat(problems(letter)).isEmpty();
  }

  @Test
  void oneWhoseHeaderNamesNobodyIsNotComparedWithIt() {
    Bundle letter = Examples.of(EventCode.CERTIFICATE_REQUEST);
    new MessageParts(letter).header().orElseThrow().setSender(null);

    assertThat(problems(letter)).isEmpty();
  }

  @Test
  void anotherMayHaveWrittenItInTheSendersName() {
    Bundle letter = Examples.of(EventCode.CERTIFICATE_REQUEST);
    Provenance own = new MessageParts(letter).provenances().get(0);
    own.addAgent().setWho(new Reference(addThird(letter)));

    assertThat(problems(letter)).isEmpty();
  }

  @Test
  void aPartyHasTheSameGlnEverywhere() {
    Bundle letter = Examples.of(EventCode.CERTIFICATE_REQUEST);
    MessageParts parts = new MessageParts(letter);
    Organization second =
        parts
            .resolve(parts.task().orElseThrow().getOwner(), Organization.class)
            .orElseThrow()
            .copy();
    second.setId("second");
    second.getIdentifier().get(1).setValue(SampleDirectory.SYD.gln());
    letter.addEntry().setResource(second);
    parts.task().orElseThrow().setOwner(new Reference("Organization/second"));

    assertThat(problems(letter))
        .extracting(Problem::reason, Problem::hint)
        .containsExactly(tuple(RefusalReason.PARTY_DIFFERS, "receiver"));
  }

  private interface Visit {
    void of(Reference reference, String path);
  }

  private static void atEach(Bundle letter, Visit visit) {
    Elements.visit(
        letter,
        "Bundle",
        (element, path) -> {
          if (element instanceof Reference reference) {
            visit.of(reference, path);
          }
          return true;
        });
  }

  /** Those of the example, but for older links of its chain and what takes the case to tell. */
  private static List<String> places(EventCode event) {
    Bundle letter = Examples.of(event);
    MessageParts parts = new MessageParts(letter);
    String own = "MessageHeader/" + parts.header().orElseThrow().getIdElement().getIdPart();
    List<String> older =
        parts.provenances().stream()
            .filter(link -> !link.getTargetFirstRep().getReference().equals(own))
            .map(parts::path)
            .toList();
    List<String> places = new ArrayList<>();
    atEach(
        letter,
        (reference, path) -> {
          if (NAMES_A_PARTY.matcher(path).matches()
              && older.stream().noneMatch(path::startsWith)
              && (CaseRules.opens(event) || !path.matches(".*\\.(requester|owner)"))
              && parts.resolve(reference, Organization.class).isPresent()) {
            places.add(path);
          }
        });
    return places;
  }

  private static String addThird(Bundle letter) {
    Party syd = SampleDirectory.SYD;
    Organization third = new Organization().setName(syd.name());
    third.addIdentifier().setSystem(Canonicals.SOR).setValue(syd.sor());
    third.setId("third");
    letter.addEntry().setResource(third);
    return "Organization/third";
  }

  private static List<Problem> problems(Bundle letter) {
    List<Problem> problems = new ArrayList<>();
    PartyRules.check(Samples.read(Fhir.payload(letter, MediaType.FHIR_XML)), problems);
    return problems;
  }
}
