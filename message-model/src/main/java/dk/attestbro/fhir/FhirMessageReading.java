package dk.attestbro.fhir;

import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.AcknowledgementIssue;
import dk.attestbro.model.AcknowledgementReading;
import dk.attestbro.model.Attachment;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateReply;
import dk.attestbro.model.Citizen;
import dk.attestbro.model.Destination;
import dk.attestbro.model.Digest;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.HospitalDischarge;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.OrganisationIds;
import dk.attestbro.model.Payload;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;

/**
 * A reading of a Bundle that HAPI has parsed. The Bundle is never changed after the constructor, so
 * the reading may be shared by threads. {@link #toString()} shows ids and digests only.
 */
final class FhirMessageReading implements MessageReading {
  /** R4 instant: seconds and a zone are part of it. */
  private static final Pattern INSTANT =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)");

  private final Payload payload;
  private final Skeleton skeleton;
  private final Bundle bundle;
  private final Set<Integer> unreadable;
  private final int headerIndex;
  private final MessageHeader header;
  private final Map<String, Integer> entryByReference;
  private final Digest contentDigest;

  FhirMessageReading(Payload payload, Skeleton skeleton, ReadBundle read, int headerIndex) {
    this.payload = payload;
    this.skeleton = skeleton;
    this.bundle = read.bundle();
    this.unreadable = read.unreadable();
    this.headerIndex = headerIndex;
    this.header = (MessageHeader) bundle.getEntry().get(headerIndex).getResource();
    this.entryByReference = index(bundle);
    this.contentDigest =
        CanonicalForm.digest(
            bundle,
            skeleton.narratives(),
            unreadable.stream()
                .collect(Collectors.toMap(Function.identity(), i -> Digest.of(skeleton.entry(i)))),
            ownProvenances().toList());
  }

  @Override
  public Payload payload() {
    return payload;
  }

  @Override
  public LetterId letterId() {
    return new LetterId(header.getIdElement().getIdPart());
  }

  @Override
  public Optional<BundleId> bundleId() {
    return ifValid(bundle.getIdElement().getIdPart(), BundleId::new);
  }

  @Override
  public String pathOf(String element) {
    String type = element.split("\\.", 2)[0];
    Optional<? extends Resource> named =
        switch (type) {
          case "MessageHeader" -> Optional.of(header);
          case "Task" -> task();
          default -> all(Resource.class).filter(r -> r.fhirType().equals(type)).findFirst();
        };
    return named.map(r -> pathOf(r) + element.substring(type.length())).orElse(element);
  }

  @Override
  public String eventCode() {
    return text(header.hasEventCoding() ? header.getEventCoding().getCode() : null);
  }

  @Override
  public Optional<EventCode> event() {
    return EventCode.parse(eventCode())
        .filter(event -> event.system().equals(header.getEventCoding().getSystem()));
  }

  @Override
  public OrganisationIds sender() {
    return organisation(header.getSender(), headerPath() + ".sender");
  }

  @Override
  public List<Destination> destinations() {
    List<Destination> destinations = new ArrayList<>();
    for (var destination : header.getDestination()) {
      String path = headerPath() + ".destination[" + destinations.size() + "]";
      destinations.add(
          new Destination(
              use(destination), organisation(destination.getReceiver(), path + ".receiver"), path));
    }
    return destinations;
  }

  @Override
  public Optional<Instant> timestamp() {
    String value = text(bundle.getTimestampElement().getValueAsString());
    if (!INSTANT.matcher(value).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(value).toInstant());
    } catch (DateTimeParseException noSuchTime) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<CaseId> caseId() {
    return task()
        .flatMap(
            task ->
                task.getIdentifier().stream()
                    .filter(identifier -> CaseId.SYSTEM.equals(identifier.getSystem()))
                    .findFirst())
        .flatMap(identifier -> CaseId.parse(text(identifier.getValue())));
  }

  @Override
  public Optional<OrganisationIds> requester() {
    return ofTask(Task::getRequester, ".requester");
  }

  @Override
  public Optional<OrganisationIds> owner() {
    return ofTask(Task::getOwner, ".owner");
  }

  /** With the path of the Task's element, not of the Organization that it names. */
  private Optional<OrganisationIds> ofTask(Function<Task, Reference> element, String name) {
    return task()
        .map(
            task -> {
              OrganisationIds named = organisation(element.apply(task), "");
              return new OrganisationIds(named.sor(), named.gln(), pathOf(task) + name);
            })
        .filter(named -> !named.sor().isEmpty());
  }

  @Override
  public Optional<Citizen> citizen() {
    return task()
        .flatMap(task -> resolve(task.getFor()))
        .filter(Patient.class::isInstance)
        .map(Patient.class::cast)
        .flatMap(ContentReader::citizen);
  }

  @Override
  public String form() {
    return task()
        .flatMap(task -> coding(task.getCode(), Canonicals.FORM))
        .map(coding -> text(coding.getCode()))
        .orElse("");
  }

  @Override
  public boolean isCarbonCopy() {
    return ownProvenances()
        .anyMatch(
            provenance ->
                coding(provenance.getActivity(), Canonicals.ACTIVITY)
                    .filter(coding -> "carboncopy-message".equals(coding.getCode()))
                    .isPresent());
  }

  @Override
  public Optional<AcknowledgementReading> acknowledgement() {
    if (event().filter(EventCode.ACKNOWLEDGEMENT::equals).isEmpty() || !header.hasResponse()) {
      return Optional.empty();
    }
    MessageHeader.MessageHeaderResponseComponent response = header.getResponse();
    Optional<LetterId> acknowledges = ifValid(response.getIdentifier(), LetterId::new);
    Optional<AcknowledgementCode> code =
        AcknowledgementCode.parse(text(response.getCodeElement().getValueAsString()));
    return acknowledges.flatMap(
        letter -> code.map(c -> new AcknowledgementReading(letter, c, issues())));
  }

  @Override
  public Optional<LetterContent> content() {
    return content(skeleton::document);
  }

  /** The content with no more of each attachment than its first bytes. */
  Optional<LetterContent> contentWithBeginnings(int length) {
    return content(span -> skeleton.beginning(span, length));
  }

  /** In the Bundle the SHA-256 of each document stands for it; here the documents are put back. */
  private Optional<LetterContent> content(Function<Base64Span, byte[]> document) {
    return event()
        .filter(event -> !event.isMedCom())
        .flatMap(event -> ContentReader.read(bundle, event))
        .map(content -> withDocuments(content, document));
  }

  private LetterContent withDocuments(
      LetterContent content, Function<Base64Span, byte[]> document) {
    if (content instanceof LetterContent.Reply reply) {
      return new LetterContent.Reply(withDocuments(reply.reply(), document));
    }
    if (content instanceof LetterContent.Correction correction) {
      return new LetterContent.Correction(
          withDocuments(correction.reply(), document), correction.corrects(), correction.reason());
    }
    return content;
  }

  private CertificateReply withDocuments(
      CertificateReply reply, Function<Base64Span, byte[]> document) {
    return new CertificateReply(
        reply.answers(),
        reply.insufficientKnowledge(),
        reply.authorName(),
        reply.authorisationId(),
        reply.attachments().stream()
            .map(
                attachment ->
                    new Attachment(
                        attachment.title(),
                        attachment.contentType(),
                        skeleton.span(attachment.data()).map(document).orElse(attachment.data())))
            .toList());
  }

  @Override
  public Optional<HospitalDischarge> hospitalDischarge() {
    return HospitalDischargeReader.read(this);
  }

  @Override
  public Digest contentDigest() {
    return contentDigest;
  }

  /** Decoded anew at each call, so that a large document is not held twice for long. */
  @Override
  public List<Attachment> attachments() {
    return new Documents(bundle, skeleton).attachments();
  }

  /** Without the narratives, which the skeleton has; a digest stands for each document. */
  Bundle bundle() {
    return bundle;
  }

  Skeleton skeleton() {
    return skeleton;
  }

  /** The entries that cannot be read; in the Bundle they are empty. */
  Set<Integer> unreadable() {
    return unreadable;
  }

  MessageHeader header() {
    return header;
  }

  /** The documents of the message, with where they stand. */
  Documents documents() {
    return new Documents(bundle, skeleton);
  }

  String headerPath() {
    return path(headerIndex);
  }

  /** The Task that is the focus; empty where there is none. */
  Optional<Task> task() {
    return header.getFocus().stream()
        .map(this::resolve)
        .flatMap(Optional::stream)
        .filter(Task.class::isInstance)
        .map(Task.class::cast)
        .findFirst();
  }

  /** The Provenances whose target is this MessageHeader; those of earlier letters are not. */
  Stream<Provenance> ownProvenances() {
    return all(Provenance.class)
        .filter(provenance -> provenance.getTarget().stream().anyMatch(this::isThisHeader));
  }

  /** Every resource of this type, in order. */
  <T extends Resource> Stream<T> all(Class<T> type) {
    return bundle.getEntry().stream()
        .map(Bundle.BundleEntryComponent::getResource)
        .filter(type::isInstance)
        .map(type::cast);
  }

  /** The resource in this Bundle that a reference names: by fullUrl or by type and id. */
  Optional<Resource> resolve(Reference reference) {
    return entryOf(reference).map(entry -> bundle.getEntry().get(entry).getResource());
  }

  /** FHIRPath of the resource in this entry. */
  static String path(int entry) {
    return "Bundle.entry[" + entry + "].resource";
  }

  /** FHIRPath of a resource of this Bundle. */
  private String pathOf(Resource resource) {
    return new MessageParts(bundle).path(resource);
  }

  private Optional<Integer> entryOf(Reference reference) {
    return Optional.ofNullable(entryByReference.get(text(reference.getReference())));
  }

  private boolean isThisHeader(Reference target) {
    String reference = text(target.getReference());
    String relative = "MessageHeader/" + header.getIdElement().getIdPart();
    return reference.equals(relative)
        || reference.endsWith("/" + relative)
        || entryOf(target).filter(entry -> entry == headerIndex).isPresent();
  }

  private OrganisationIds organisation(Reference reference, String path) {
    Optional<Integer> entry = entryOf(reference);
    if (entry.isPresent()
        && bundle.getEntry().get(entry.get()).getResource() instanceof Organization organisation) {
      return new OrganisationIds(
          identifier(organisation, Canonicals.SOR),
          identifier(organisation, Canonicals.GLN, Canonicals.GLN_HTTP),
          path(entry.get()) + ".identifier");
    }
    return new OrganisationIds("", "", path);
  }

  private static String identifier(Organization organisation, String... systems) {
    return organisation.getIdentifier().stream()
        .filter(identifier -> List.of(systems).contains(text(identifier.getSystem())))
        .map(Identifier::getValue)
        .map(FhirMessageReading::text)
        .findFirst()
        .orElse("");
  }

  private static String use(MessageHeader.MessageDestinationComponent destination) {
    return destination.getExtension().stream()
        .filter(extension -> Canonicals.DESTINATION_USE_EXTENSION.equals(extension.getUrl()))
        .map(Extension::getValue)
        .filter(Coding.class::isInstance)
        .map(value -> text(((Coding) value).getCode()))
        .findFirst()
        .orElse("");
  }

  private List<AcknowledgementIssue> issues() {
    return all(OperationOutcome.class)
        .flatMap(outcome -> outcome.getIssue().stream())
        .map(
            issue ->
                new AcknowledgementIssue(
                    text(issue.getDetails().getCodingFirstRep().getCode()),
                    text(
                        issue.getDetails().hasText()
                            ? issue.getDetails().getText()
                            : issue.getDiagnostics())))
        .toList();
  }

  private static Optional<Coding> coding(CodeableConcept concept, String system) {
    return concept.getCoding().stream()
        .filter(coding -> system.equals(coding.getSystem()))
        .findFirst();
  }

  private static Map<String, Integer> index(Bundle bundle) {
    Map<String, Integer> index = new HashMap<>();
    for (int entry = 0; entry < bundle.getEntry().size(); entry++) {
      var component = bundle.getEntry().get(entry);
      if (component.hasFullUrl()) {
        index.putIfAbsent(component.getFullUrl(), entry);
      }
      Resource resource = component.getResource();
      if (resource != null && resource.getIdElement().getIdPart() != null) {
        index.putIfAbsent(resource.fhirType() + "/" + resource.getIdElement().getIdPart(), entry);
      }
    }
    return index;
  }

  static <T> Optional<T> ifValid(@Nullable String value, Function<String, T> id) {
    try {
      return value == null ? Optional.empty() : Optional.of(id.apply(value));
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }

  static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  @Override
  public String toString() {
    return "FhirMessageReading[" + letterId() + ", " + eventCode() + ", " + payload + "]";
  }
}
