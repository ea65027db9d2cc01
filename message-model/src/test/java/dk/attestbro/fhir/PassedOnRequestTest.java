package dk.attestbro.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterDraft;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.OrganisationIds;
import dk.attestbro.model.Party;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Problem;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PassedOnRequestTest {
  private static final Messages MESSAGES = Messages.GOLDEN;
  private static final Party ODENSE = SampleDirectory.ODENSE;
  private static final Party SYD = SampleDirectory.SYD;

  @ParameterizedTest
  @EnumSource(
      value = MediaType.class,
      names = {"FHIR_JSON", "FHIR_XML"})
  void carriesAllThatTheRequestersSystemWrote(MediaType type) {
    Payload request = as(type, rich());

    Bundle passedOn = Fhir.bundle(passedOn(request));

    MessageParts parts = new MessageParts(passedOn);
    ServiceRequest service = parts.first(ServiceRequest.class).orElseThrow();
    assertThat(service.getPriority()).isEqualTo(ServiceRequest.ServiceRequestPriority.URGENT);
    assertThat(service.getNoteFirstRep().getText()).isEqualTo("Ring før kl. 12.");
    assertThat(service.getText().getDivAsString()).contains("Skrevet af kommunens system");
    assertThat(sender(parts).getTelecomFirstRep().getValue()).isEqualTo("+45 66 13 00 00");
    assertThat(Messages.READER.read(Fhir.payload(passedOn, MediaType.FHIR_JSON)).attachments())
        .singleElement()
        .satisfies(document -> assertThat(document.data()).isEqualTo(Messages.PDF));
    assertThat(content(passedOn)).containsExactlyInAnyOrderElementsOf(content(expected()));
  }

  @ParameterizedTest
  @EnumSource(
      value = MediaType.class,
      names = {"FHIR_JSON", "FHIR_XML"})
  void isALetterLikeEveryOther(MediaType type) {
    Payload request = as(type, rich());

    assertThat(problems(request)).isEmpty();
    assertThat(problems(passedOn(request))).isEmpty();
  }

  @Test
  void namesTheNewUnitInEveryPlaceOfTheOldOne() {
    MessageReading passedOn = Messages.READER.read(passedOn(rich()));

    assertThat(passedOn.sender().sor()).isEqualTo(ODENSE.sor());
    assertThat(passedOn.requester().orElseThrow().sor()).isEqualTo(ODENSE.sor());
    assertThat(passedOn.destinations().get(0).receiver().sor()).isEqualTo(SYD.sor());
    assertThat(passedOn.owner().orElseThrow().sor()).isEqualTo(SYD.sor());
    MessageParts parts = new MessageParts(Fhir.bundle(passedOn));
    Reference performer = parts.first(ServiceRequest.class).orElseThrow().getPerformerFirstRep();
    assertThat(MessageParts.sor(parts.resolve(performer, Organization.class).orElseThrow()))
        .isEqualTo(SYD.sor());
  }

  @Test
  void namesTheSuccessorOfTheRequesterWhereTheRequesterStood() {
    Payload request = rich();

    Payload passedOn = passedOn(request, SampleDirectory.AARHUS, SYD);

    MessageReading read = Messages.READER.read(passedOn);
    assertThat(read.requester().orElseThrow().sor()).isEqualTo(SampleDirectory.AARHUS.sor());
    MessageParts parts = new MessageParts(Fhir.bundle(read));
    Reference worksAt = parts.first(PractitionerRole.class).orElseThrow().getOrganization();
    assertThat(MessageParts.sor(parts.resolve(worksAt, Organization.class).orElseThrow()))
        .isEqualTo(SampleDirectory.AARHUS.sor());
    assertThat(problems(passedOn)).isEmpty();
  }

  @Test
  void hasTheChainThatLedToIt() {
    Payload passedOn = passedOn(rich());

    assertThat(new MessageParts(Fhir.bundle(passedOn)).provenances())
        .extracting(new MessageParts(Fhir.bundle(passedOn))::letterOf)
        .containsExactly(
            MESSAGES.requestDraft().letterId().value(),
            Messages.READER.read(forward()).letterId().value(),
            Messages.READER.read(passedOn).letterId().value());
  }

  @Test
  void carriesADocumentAsItIsHoweverItsLinesAreBroken() {
    String base64 = Base64.getEncoder().encodeToString(Messages.PDF);
    Payload inLines =
        Messages.broken(rich(), base64, base64.substring(0, 9) + "\\r\\n" + base64.substring(9));

    String passedOn = new String(passedOn(inLines).bytes(), UTF_8);

    assertThat(passedOn).contains(base64);
  }

  @Test
  void keepsTheProvenanceOfADocumentBesideTheChain() {
    Bundle request = Fhir.bundle(rich());
    MessageParts parts = new MessageParts(request);
    DocumentReference document = parts.first(DocumentReference.class).orElseThrow();
    Provenance ofDocument = parts.provenances().get(0).copy();
    ofDocument.setId("of-document");
    ofDocument.setTarget(List.of(new Reference(MessageParts.relative(document))));
    request
        .addEntry()
        .setFullUrl("https://kommune.example/fhir/Provenance/of-document")
        .setResource(ofDocument);

    Bundle passedOn = Fhir.bundle(passedOn(Fhir.payload(request, MediaType.FHIR_JSON)));

    assertThat(new MessageParts(passedOn).provenances())
        .hasSize(4)
        .anyMatch(kept -> kept.getTargetFirstRep().getReference().contains("DocumentReference/"));
  }

  /** A request as a system of the municipality's own may write it. */
  private static Payload rich() {
    Bundle request =
        Fhir.bundle(Messages.withPdf(MESSAGES.request(MediaType.FHIR_JSON), "Sygehistorie"));
    MessageParts parts = new MessageParts(request);
    ServiceRequest service = parts.first(ServiceRequest.class).orElseThrow();
    service.setPriority(ServiceRequest.ServiceRequestPriority.URGENT);
    service.addNote().setText("Ring før kl. 12.");
    service.setText(Narratives.of("Skrevet af kommunens system"));
    sender(parts)
        .addTelecom()
        .setSystem(ContactPoint.ContactPointSystem.PHONE)
        .setValue("+45 66 13 00 00");
    return withAnotherBase(Fhir.payload(request, MediaType.FHIR_JSON));
  }

  /** With fullUrls of its sender's, among them one that is no address. */
  private static Payload withAnotherBase(Payload request) {
    String text = new String(request.bytes(), UTF_8);
    String moved =
        text.replace(
            "\"fullUrl\":\"" + Canonicals.BASE, "\"fullUrl\":\"https://kommune.example/fhir");
    String patient =
        Pattern.compile("https://kommune\\.example/fhir/Patient/[^\"]+")
            .matcher(moved)
            .results()
            .findFirst()
            .orElseThrow()
            .group();
    String urn = "urn:uuid:7b1f0e9a-3f5e-4c8d-9f2a-6d1c0b7e5a43";
    return new Payload(
        moved
            .replace("\"fullUrl\":\"" + patient + "\"", "\"fullUrl\":\"" + urn + "\"")
            .replace(
                "\"" + patient.substring(patient.indexOf("Patient/")) + "\"", "\"" + urn + "\"")
            .getBytes(UTF_8),
        request.mediaType());
  }

  private static Payload as(MediaType type, Payload json) {
    return Messages.WRITER.as(json, type);
  }

  /** What the new unit must find: the request with the four places that name who is asked now. */
  private static Bundle expected() {
    Bundle expected = Fhir.bundle(rich());
    Bundle passedOn = Fhir.bundle(passedOn(rich()));
    MessageParts parts = new MessageParts(expected);
    Task task = new MessageParts(passedOn).task().orElseThrow();
    parts.task().orElseThrow().setRequester(task.getRequester()).setOwner(task.getOwner());
    parts.first(ServiceRequest.class).orElseThrow().setPerformer(List.of(task.getOwner().copy()));
    parts.first(PractitionerRole.class).orElseThrow().setOrganization(task.getRequester().copy());
    new MessageParts(passedOn)
        .all(Organization.class).stream()
            .filter(
                o ->
                    List.of(SYD.sor(), SampleDirectory.GATEWAY.sor()).contains(MessageParts.sor(o)))
            .forEach(o -> expected.addEntry().setResource(o));
    return expected;
  }

  /** Every resource but those that each letter has of its own. */
  private static List<String> content(Bundle message) {
    return message.getEntry().stream()
        .map(Bundle.BundleEntryComponent::getResource)
        .filter(r -> !(r instanceof MessageHeader) && !(r instanceof Provenance))
        .map(PassedOnRequestTest::text)
        .toList();
  }

  private static String text(Resource resource) {
    return Fhir.parser(MediaType.FHIR_JSON).encodeResourceToString(resource);
  }

  private static Organization sender(MessageParts parts) {
    return parts
        .resolve(parts.header().orElseThrow().getSender(), Organization.class)
        .orElseThrow();
  }

  private static Payload forward() {
    return MESSAGES.back(
        new LetterContent.Forwarded(
            new OrganisationIds(SYD.sor(), SYD.gln(), ""), SYD.name(), "Patienten er flyttet."),
        MESSAGES.request(MediaType.FHIR_JSON),
        MediaType.FHIR_JSON);
  }

  private static Payload passedOn(Payload request) {
    return passedOn(request, ODENSE, SYD);
  }

  private static Payload passedOn(Payload request, Party asks, Party asked) {
    return Messages.WRITER.passedOn(
        new LetterDraft(
            new LetterId("a2f7c1de-4a53-4a0c-8d5e-0c7b4a5e9d11"),
            new BundleId("b2f7c1de-4a53-4a0c-8d5e-0c7b4a5e9d11"),
            MESSAGES.requestDraft().at().plusSeconds(3600),
            asks,
            asked,
            true,
            MESSAGES.caseId(),
            Messages.READER.read(request).content().orElseThrow(),
            Optional.of(Messages.READER.read(forward())),
            Optional.of(SampleDirectory.GATEWAY)),
        request);
  }

  private static List<Problem> problems(Payload message) {
    MessageReading reading = Messages.READER.read(message);
    return Validators.OWN
        .validate(reading, reading.timestamp().orElseThrow(), OptionalInt.empty())
        .problems();
  }
}
