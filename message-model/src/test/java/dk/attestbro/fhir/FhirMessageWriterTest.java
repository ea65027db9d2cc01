package dk.attestbro.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.AcknowledgementIssue;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.CertificateReply;
import dk.attestbro.model.CertificateRequest;
import dk.attestbro.model.Citizen;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FhirMessageWriterTest {
  private static final Messages MESSAGES = Messages.GOLDEN;

  @ParameterizedTest
  @EnumSource(
      value = MediaType.class,
      names = {"FHIR_JSON", "FHIR_XML"})
  void aWrittenRequestReadsAsWhatWasWritten(MediaType type) {
    MessageReading read = Messages.READER.read(MESSAGES.request(type));

    assertThat(read.event()).contains(EventCode.CERTIFICATE_REQUEST);
    assertThat(read.sender().sor()).isEqualTo(SampleDirectory.ODENSE.sor());
    assertThat(read.destinations().get(0).receiver().gln()).isEqualTo(SampleDirectory.MIDT.gln());
    assertThat(read.caseId()).contains(MESSAGES.caseId());
    CertificateRequest request = ((LetterContent.Request) read.content().orElseThrow()).request();
    assertThat(request.equals(MESSAGES.requestContent())).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = MediaType.class,
      names = {"FHIR_JSON", "FHIR_XML"})
  void aWrittenReplyReadsAsWhatWasWritten(MediaType type) {
    MessageReading read = Messages.READER.read(MESSAGES.reply(MESSAGES.request(type), type));

    CertificateReply reply = ((LetterContent.Reply) read.content().orElseThrow()).reply();
    CertificateReply written = Messages.replyContent();
    assertThat(reply.answers().equals(written.answers())).isTrue();
    assertThat(reply.authorName()).isEqualTo(written.authorName());
    assertThat(reply.authorisationId()).isEqualTo(written.authorisationId());
    assertThat(reply.insufficientKnowledge()).isFalse();
    assertThat(reply.attachments()).hasSize(1);
    assertThat(reply.attachments().get(0).title()).isEqualTo("Statusattest");
    assertThat(reply.attachments().get(0).data()).isEqualTo(Messages.PDF);
    assertThat(read.form()).isEqualTo("PSYK125");
    assertThat(read.caseId()).contains(MESSAGES.caseId());
  }

  @Test
  void aReplyOfInsufficientKnowledgeKeepsItsAuthor() {
    CertificateReply nothing =
        new CertificateReply(Map.of(), true, "Læge Lone Lind", "06B4K", List.of());

    Payload written =
        MESSAGES.reply(MESSAGES.request(MediaType.FHIR_JSON), nothing, MediaType.FHIR_JSON);

    LetterContent.Reply read =
        (LetterContent.Reply) Messages.READER.read(written).content().orElseThrow();
    assertThat(read.reply().equals(nothing)).isTrue();
  }

  @Test
  void shortLettersReadAsWhatWasWritten() {
    Payload request = MESSAGES.request(MediaType.FHIR_JSON);
    Payload reply = MESSAGES.reply(request, MediaType.FHIR_JSON);

    assertThat(content(MESSAGES.returned(request, MediaType.FHIR_XML)))
        .isEqualTo(new LetterContent.Returned("NOT_SEEN_RECENTLY", "Ikke set siden sidste år."));
    assertThat(content(MESSAGES.cancellation(request, MediaType.FHIR_JSON)))
        .isEqualTo(new LetterContent.Cancelled("NO_LONGER_NEEDED", ""));
    assertThat(content(MESSAGES.filed(reply, MediaType.FHIR_JSON)))
        .isEqualTo(new LetterContent.Filed("SAG-2026-0042-7"));
  }

  @Test
  void citizensWithoutCprAreCarriedByTheirReplacementNumber() {
    for (Citizen citizen :
        List.of(
            new Citizen(
                Citizen.IdKind.X_ECPR,
                "urn:oid:1.2.208.176.1.6.1.1",
                "0703921VJ4",
                "Elmer",
                List.of()),
            new Citizen(
                Citizen.IdKind.D_ECPR,
                "urn:oid:1.2.208.176.1.6.1.3.2",
                "0703920VJ4",
                "Elmer",
                List.of("Bruno", "Bo")))) {
      Payload request =
          MESSAGES.request(with(MESSAGES.requestContent(), citizen), MediaType.FHIR_JSON);

      assertThat(request(request).citizen().orElseThrow().equals(citizen)).isTrue();
      Patient inReply =
          first(Fhir.bundle(MESSAGES.reply(request, MediaType.FHIR_JSON)), Patient.class);
      assertThat(inReply.getIdentifierFirstRep().getValue().equals(citizen.id())).isTrue();
    }
  }

  @Test
  void theProvenanceChainHasOneLinkPerLetterOfTheCase() {
    Payload request = MESSAGES.request(MediaType.FHIR_JSON);
    Payload reply = MESSAGES.reply(request, MediaType.FHIR_JSON);
    Bundle filed = Fhir.bundle(MESSAGES.filed(reply, MediaType.FHIR_JSON));

    List<Provenance> chain = new MessageParts(filed).provenances();

    assertThat(chain)
        .extracting(new MessageParts(filed)::letterOf)
        .containsExactly(
            Messages.READER.read(request).letterId().value(),
            Messages.READER.read(reply).letterId().value(),
            new MessageParts(filed).header().orElseThrow().getIdElement().getIdPart());
    assertThat(chain)
        .allMatch(
            p ->
                new MessageParts(filed)
                    .resolve(p.getAgentFirstRep().getWho(), Organization.class)
                    .isPresent());
  }

  @Test
  void copiesTheProvenanceOfALetterWhoseHeaderIsNamedByItsFullUrl() {
    Payload request = MESSAGES.request(MediaType.FHIR_JSON);
    String id = Messages.READER.read(request).letterId().value();
    Payload named =
        Messages.broken(
            Messages.broken(
                request,
                Canonicals.BASE + "/MessageHeader/" + id,
                "urn:uuid:7b1f0e9a-3f5e-4c8d-9f2a-6d1c0b7e5a43"),
            "\"MessageHeader/" + id,
            "\"urn:uuid:7b1f0e9a-3f5e-4c8d-9f2a-6d1c0b7e5a43");

    Bundle acknowledgement =
        Fhir.bundle(MESSAGES.acknowledgement(named, AcknowledgementCode.OK, MediaType.FHIR_JSON));

    assertThat(new MessageParts(acknowledgement).provenances())
        .extracting(new MessageParts(acknowledgement)::letterOf)
        .contains(id)
        .hasSize(2);
  }

  @Test
  void everyResourceHasANarrative() {
    Payload reply = MESSAGES.reply(MESSAGES.request(MediaType.FHIR_JSON), MediaType.FHIR_JSON);

    assertThat(Fhir.bundle(reply).getEntry())
        .extracting(Bundle.BundleEntryComponent::getResource)
        .filteredOn(DomainResource.class::isInstance)
        .allMatch(r -> ((DomainResource) r).getText().hasDiv());
  }

  @Test
  void theSameDraftGivesTheSameBytes() {
    assertThat(MESSAGES.request(MediaType.FHIR_XML).sha256())
        .isEqualTo(MESSAGES.request(MediaType.FHIR_XML).sha256());
  }

  @ParameterizedTest
  @EnumSource(
      value = MediaType.class,
      names = {"FHIR_JSON", "FHIR_XML"})
  void aNewEnvelopeChangesTheEnvelopeAndNotTheContent(MediaType type) {
    Payload filed =
        MESSAGES.filed(
            MESSAGES.reply(MESSAGES.request(MediaType.FHIR_JSON), MediaType.FHIR_JSON), type);
    Instant later = Instant.parse("2026-12-03T10:15:30.250Z");

    Payload again = Messages.WRITER.inNewEnvelope(filed, new BundleId("another-envelope"), later);

    MessageReading before = Messages.READER.read(filed);
    MessageReading after = Messages.READER.read(again);
    assertThat(again.mediaType()).isEqualTo(type);
    assertThat(after.bundleId()).contains(new BundleId("another-envelope"));
    assertThat(after.timestamp()).contains(Instant.parse("2026-12-03T10:15:30Z"));
    assertThat(after.letterId()).isEqualTo(before.letterId());
    assertThat(after.contentDigest()).isEqualTo(before.contentDigest());
    List<Provenance> chain = new MessageParts(Fhir.bundle(again)).provenances();
    List<Provenance> chainBefore = new MessageParts(Fhir.bundle(filed)).provenances();
    assertThat(chain.get(2).getRecorded().toInstant())
        .isEqualTo(Instant.parse("2026-12-03T10:15:30Z"));
    assertThat(chain.get(2).getOccurredDateTimeType().getValue().toInstant())
        .isEqualTo(Instant.parse("2026-12-03T10:15:30Z"));
    assertThat(chain.get(0).getRecorded()).isEqualTo(chainBefore.get(0).getRecorded());
    assertThat(chain.get(1).getRecorded()).isEqualTo(chainBefore.get(1).getRecorded());
  }

  @Test
  void aNewEnvelopeNeedsAnOldOne() {
    Payload noHeader =
        new Payload(
            "{\"resourceType\":\"Bundle\",\"id\":\"a\",\"timestamp\":\"b\"}"
                .getBytes(StandardCharsets.UTF_8),
            MediaType.FHIR_JSON);

    assertThatThrownBy(
            () -> Messages.WRITER.inNewEnvelope(noHeader, BundleId.random(), Instant.EPOCH))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theOtherFormatHasTheSameContent() {
    Payload json = MESSAGES.reply(MESSAGES.request(MediaType.FHIR_JSON), MediaType.FHIR_JSON);

    Payload xml = Messages.WRITER.as(json, MediaType.FHIR_XML);

    assertThat(xml.mediaType()).isEqualTo(MediaType.FHIR_XML);
    assertThat(Messages.READER.read(xml).contentDigest())
        .isEqualTo(Messages.READER.read(json).contentDigest());
    assertThat(Messages.WRITER.as(json, MediaType.FHIR_JSON)).isSameAs(json);
  }

  @Test
  void anAcknowledgementIsSentByTheReceiverAndNamesTheLetter() {
    Payload request = MESSAGES.request(MediaType.FHIR_XML);

    MessageReading read =
        Messages.READER.read(
            MESSAGES.acknowledgement(request, AcknowledgementCode.OK, MediaType.FHIR_JSON));

    assertThat(read.event()).contains(EventCode.ACKNOWLEDGEMENT);
    assertThat(read.sender().sor()).isEqualTo(SampleDirectory.MIDT.sor());
    assertThat(read.destinations().get(0).receiver().sor()).isEqualTo(SampleDirectory.ODENSE.sor());
    assertThat(read.acknowledgement().orElseThrow().acknowledges())
        .isEqualTo(Messages.READER.read(request).letterId());
    assertThat(read.acknowledgement().orElseThrow().code()).isEqualTo(AcknowledgementCode.OK);
  }

  @Test
  void anAcknowledgementHasTheLettersProvenanceAndItsOwn() {
    Payload request = MESSAGES.request(MediaType.FHIR_JSON);
    Payload reply = MESSAGES.reply(request, MediaType.FHIR_JSON);

    Bundle acknowledgement =
        Fhir.bundle(MESSAGES.acknowledgement(reply, AcknowledgementCode.OK, MediaType.FHIR_JSON));

    List<Provenance> chain = new MessageParts(acknowledgement).provenances();
    assertThat(chain)
        .extracting(p -> p.getActivity().getCodingFirstRep().getCode())
        .containsExactly("reply-message", "acknowledgement");
    assertThat(new MessageParts(acknowledgement).letterOf(chain.get(0)))
        .isEqualTo(Messages.READER.read(reply).letterId().value());
    assertThat(chain.get(1).getEntityFirstRep().getWhat().getReference())
        .isEqualTo("MessageHeader/" + Messages.READER.read(reply).letterId());
    assertThat(new MessageParts(acknowledgement).first(Patient.class)).isEmpty();
  }

  @Test
  void aFailureSaysWhyInCodesOfMedComsValueSet() {
    Bundle acknowledgement =
        Fhir.bundle(
            MESSAGES.acknowledgement(
                MESSAGES.request(MediaType.FHIR_JSON),
                AcknowledgementCode.FATAL_ERROR,
                List.of(
                    new AcknowledgementIssue("MSG_INVALID_ID", "CPR_INVALID: ..."),
                    new AcknowledgementIssue("MSG_Element_To_Long", "")),
                MediaType.FHIR_XML));

    OperationOutcome outcome = first(acknowledgement, OperationOutcome.class);
    assertThat(outcome.getIssue())
        .extracting(i -> i.getDetails().getCodingFirstRep().getSystem())
        .containsExactly(
            "http://terminology.hl7.org/CodeSystem/operation-outcome",
            "http://medcomfhir.dk/ig/terminology/CodeSystem/medcom-acknowledgement-error-codes");
    assertThat(outcome.getIssueFirstRep().getDetails().getText()).isEqualTo("CPR_INVALID: ...");
  }

  @Test
  void aFailureWithoutIssuesStillHasAnOperationOutcome() {
    Bundle acknowledgement =
        Fhir.bundle(
            MESSAGES.acknowledgement(
                MESSAGES.request(MediaType.FHIR_JSON),
                AcknowledgementCode.TRANSIENT_ERROR,
                List.of(),
                MediaType.FHIR_JSON));

    assertThat(first(acknowledgement, OperationOutcome.class).getIssue()).hasSize(1);
  }

  @Test
  void refusesAnIssueCodeThatMedComDoesNotHave() {
    assertThatThrownBy(
            () ->
                MESSAGES.acknowledgement(
                    MESSAGES.request(MediaType.FHIR_JSON),
                    AcknowledgementCode.FATAL_ERROR,
                    List.of(new AcknowledgementIssue("MSG_OF_OUR_OWN", "")),
                    MediaType.FHIR_JSON))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static LetterContent content(Payload payload) {
    return Messages.READER.read(payload).content().orElseThrow();
  }

  private static CertificateRequest request(Payload payload) {
    return ((LetterContent.Request) content(payload)).request();
  }

  private static CertificateRequest with(CertificateRequest request, Citizen citizen) {
    return new CertificateRequest(
        request.form(),
        Optional.of(citizen),
        request.purpose(),
        request.questions(),
        request.facts(),
        request.consent(),
        request.contact(),
        request.reference(),
        request.wishedBy(),
        request.caseStartedOn());
  }

  private static <T extends Resource> T first(Bundle bundle, Class<T> type) {
    return new MessageParts(bundle).first(type).orElseThrow();
  }
}
