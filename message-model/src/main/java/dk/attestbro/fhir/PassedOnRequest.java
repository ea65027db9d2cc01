package dk.attestbro.fhir;

import dk.attestbro.model.LetterDraft;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;

/**
 * Writes a request once more, for the unit that the case was forwarded to (docs/dialogue.md,
 * Forwards): every resource as its sender wrote it, under its id and fullUrl, and the documents as
 * they are. New are the header, the Provenance chain, and who asks and is asked.
 */
final class PassedOnRequest {
  private final LetterDraft draft;
  private final Bundle request;
  private final MessageParts parts;
  private final MessageBundle message;

  private PassedOnRequest(LetterDraft draft, Bundle request) {
    this.draft = draft;
    this.request = request;
    this.parts = new MessageParts(request);
    this.message = CaseLetter.message(draft);
  }

  static Payload write(LetterDraft draft, Payload request) {
    Skeleton held = Skeleton.of(request, ReadingLimits.DEFAULT);
    Bundle bundle = Fhir.bundle(new Payload(held.text(), request.mediaType()));
    return held.withDocuments(
        Fhir.payload(new PassedOnRequest(draft, bundle).bundle(), MediaType.FHIR_JSON));
  }

  private Bundle bundle() {
    for (Bundle.BundleEntryComponent entry : request.getEntry()) {
      if (entry.getResource() instanceof Organization organization) {
        message.knows(organization, entry.getFullUrl());
      }
    }
    MessageHeader header =
        message.header(
            draft.content().event(),
            Canonicals.definition(draft.content().event()),
            draft.sender(),
            draft.receiver());
    parts
        .task()
        .ifPresent(
            task -> {
              header.addFocus(new Reference(fullUrl(task)));
              parties(task);
            });
    request.getEntry().stream()
        .filter(entry -> !isOfTheEnvelope(entry.getResource()))
        .forEach(message::add);
    CaseLetter.provenance(message, draft, "new-message", Provenance.ProvenanceEntityRole.REVISION);
    return message.finished();
  }

  /** Its header, and the Provenances of headers; one that tells of a document goes with that. */
  private boolean isOfTheEnvelope(Resource resource) {
    return resource instanceof MessageHeader
        || (resource instanceof Provenance provenance
            && provenance.getTarget().stream()
                .flatMap(target -> parts.resolve(target, Resource.class).stream())
                .allMatch(MessageHeader.class::isInstance));
  }

  /** The places that name who asks and who is asked, as PartyRules reads them. */
  private void parties(Task task) {
    Reference asks = message.absolute(message.organization(draft.sender()));
    Reference asked = message.absolute(message.organization(draft.receiver()));
    task.setRequester(asks).setOwner(asked);
    for (ServiceRequest service : parts.all(ServiceRequest.class)) {
      if (service.hasPerformer()) {
        service.setPerformer(List.of(asked.copy()));
      }
      parts
          .resolve(service.getRequester(), PractitionerRole.class)
          .ifPresent(contact -> contact.setOrganization(asks.copy()));
    }
  }

  private String fullUrl(Resource resource) {
    return request.getEntry().stream()
        .filter(entry -> entry.getResource() == resource)
        .map(Bundle.BundleEntryComponent::getFullUrl)
        .findFirst()
        .orElseThrow();
  }
}
