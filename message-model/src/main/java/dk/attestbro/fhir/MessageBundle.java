package dk.attestbro.fhir;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import ca.uhn.fhir.parser.DataFormatException;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.Party;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * A message in the making, on MedCom's messaging rules: the header first, every resource with
 * narrative and fullUrl, each party once, the Provenance chain. The ids of its resources follow
 * from the letter id, so that the same draft always gives the same message.
 */
final class MessageBundle {
  private final LetterId letterId;
  private final Instant at;
  private final String urlBase;
  private final Optional<String> provenanceProfile;
  private final Bundle bundle = new Bundle();
  private final Map<String, Reference> organizations = new HashMap<>();
  private final Set<String> copied = new HashSet<>();

  private MessageBundle(
      LetterId letterId,
      BundleId bundleId,
      Instant at,
      String bundleProfile,
      String urlBase,
      Optional<String> provenanceProfile) {
    this.provenanceProfile = provenanceProfile;
    this.letterId = letterId;
    this.at = at.truncatedTo(ChronoUnit.SECONDS);
    this.urlBase = urlBase;
    bundle.setId(bundleId.value());
    bundle.getMeta().addProfile(bundleProfile);
    bundle.setType(Bundle.BundleType.MESSAGE);
    bundle.setTimestampElement(instant(this.at));
  }

  /** A message of one of our own events, whose profiles need R4 core only. */
  static MessageBundle ours(LetterId letterId, BundleId bundleId, Instant at, EventCode event) {
    return new MessageBundle(
        letterId, bundleId, at, Canonicals.profile(event), Canonicals.BASE, Optional.empty());
  }

  /** A message of MedCom's, in which resources declare MedCom's profiles too. */
  static MessageBundle medCom(
      LetterId letterId,
      BundleId bundleId,
      Instant at,
      String bundleProfile,
      String provenanceProfile,
      String urlBase) {
    return new MessageBundle(
        letterId, bundleId, at, bundleProfile, urlBase, Optional.of(provenanceProfile));
  }

  Bundle finished() {
    return bundle;
  }

  /** The header: parties, event, definition. The caller adds focus or response. */
  MessageHeader header(EventCode event, String definition, Party sender, Party receiver) {
    MessageHeader header = new MessageHeader();
    header.setEvent(new Coding().setSystem(event.system()).setCode(event.code()));
    header.setDefinition(definition);
    header
        .addDestination()
        .setEndpoint(endpoint(receiver))
        .addExtension(
            Canonicals.DESTINATION_USE_EXTENSION,
            new Coding().setSystem(Canonicals.DESTINATION_USE).setCode("primary"));
    header.getSource().setEndpoint(endpoint(sender));
    add(
        header,
        letterId.value(),
        Narratives.of(
            "Besked: " + event.code(), "Fra: " + sender.name(), "Til: " + receiver.name()));
    header.setSender(organization(sender));
    header.getDestinationFirstRep().setReceiver(organization(receiver));
    return header;
  }

  /** The party's Organization, added once. */
  Reference organization(Party party) {
    Reference known = organizations.get(party.sor());
    if (known != null) {
      return known.copy();
    }
    Organization organization = new Organization().setName(party.name());
    organization.addIdentifier(new Identifier().setSystem(Canonicals.SOR).setValue(party.sor()));
    organization.addIdentifier(new Identifier().setSystem(Canonicals.GLN).setValue(party.gln()));
    return addOrganization(organization);
  }

  /** The Organization of another message, rebuilt from its name, SOR and GLN; added once. */
  Reference organization(Organization other) {
    String sor = MessageParts.sor(other);
    Reference known = organizations.get(sor);
    if (known != null) {
      return known.copy();
    }
    Organization organization = new Organization().setName(other.getName());
    organization.addIdentifier(new Identifier().setSystem(Canonicals.SOR).setValue(sor));
    organization.addIdentifier(
        new Identifier().setSystem(Canonicals.GLN).setValue(MessageParts.gln(other)));
    return addOrganization(organization);
  }

  /** Whoever names this party names this Organization of another message, which is to be added. */
  void knows(Organization other, String fullUrl) {
    String sor = MessageParts.sor(other);
    if (!sor.isEmpty() && hasGln(other)) {
      organizations.putIfAbsent(sor, new Reference(fullUrl));
    }
  }

  /** Adds an entry of another message as it is. */
  void add(Bundle.BundleEntryComponent other) {
    bundle.addEntry().setFullUrl(other.getFullUrl()).setResource(other.getResource());
  }

  /** The reference as it can stand in an entry whose fullUrl has another base. */
  Reference absolute(Reference reference) {
    String named = reference.getReference();
    return new Reference(named.startsWith("Organization/") ? urlBase + "/" + named : named);
  }

  private Reference addOrganization(Organization organization) {
    String sor = MessageParts.sor(organization);
    if (provenanceProfile.isPresent()) {
      organization.getMeta().addProfile(Canonicals.MESSAGING + "medcom-messaging-organization");
    }
    Reference reference =
        add(
            organization,
            uuid("organization/" + sor),
            Narratives.of(
                "Organisation: " + Optional.ofNullable(organization.getName()).orElse(""),
                "SOR: " + sor,
                "GLN: " + MessageParts.identifier(organization, Canonicals.GLN)));
    organizations.put(sor, reference);
    return reference.copy();
  }

  /** The Provenance of this letter. */
  Provenance provenance(String activity, Party agent) {
    Provenance provenance = new Provenance();
    provenance.addTarget(new Reference("MessageHeader/" + letterId.value()));
    provenance.setOccurred(dateTime(at));
    provenance.setRecordedElement(instant(at));
    provenance.getActivity().addCoding(activity(activity));
    provenance.addAgent().setWho(organization(agent));
    addProvenance(provenance, letterId.value(), activity);
    return provenance;
  }

  /** Says which letter this one follows. */
  static void follows(
      Provenance provenance, LetterId before, Provenance.ProvenanceEntityRole role) {
    provenance.addEntity().setRole(role).setWhat(new Reference("MessageHeader/" + before.value()));
  }

  /**
   * Copies the Provenance of an earlier letter, its agent's Organization with it. One that lacks
   * what MedCom's profile demands is left out, and so is a second one of the same letter: they
   * would make this message invalid as well.
   */
  void copy(Provenance earlier, MessageParts from) {
    Optional<Organization> agent =
        earlier.getAgent().stream()
            .flatMap(a -> from.resolve(a.getWho(), Organization.class).stream())
            .filter(o -> !MessageParts.sor(o).isEmpty())
            .filter(o -> organizations.containsKey(MessageParts.sor(o)) || hasGln(o))
            .findFirst();
    Optional<Coding> activity =
        earlier.getActivity().getCoding().stream()
            .filter(c -> Canonicals.ACTIVITY.equals(c.getSystem()))
            .filter(c -> Canonicals.ACTIVITIES.contains(c.getCode()))
            .findFirst();
    String target = from.letterOf(earlier);
    if (!copied.add(target)
        || agent.isEmpty()
        || activity.isEmpty()
        || target.isEmpty()
        || earlier.getRecordedElement().getValue() == null
        || !(earlier.getOccurred() instanceof DateTimeType occurred)
        || occurred.getValue() == null) {
      return;
    }
    Provenance copy = new Provenance();
    copy.addTarget(new Reference("MessageHeader/" + target));
    copy.setOccurred(occurred.copy());
    copy.setRecordedElement(earlier.getRecordedElement().copy());
    copy.getActivity().addCoding(activity(activity.get().getCode()));
    copy.addAgent().setWho(organization(agent.get()));
    for (Provenance.ProvenanceEntityComponent entity : earlier.getEntity()) {
      if (entity.hasRole()
          && (entity.getWhat().hasReference() || entity.getWhat().hasIdentifier())) {
        whole(entity.getWhat())
            .ifPresent(what -> copy.addEntity().setRole(entity.getRole()).setWhat(what));
      }
    }
    addProvenance(copy, target, activity.get().getCode());
  }

  /** A copy; empty where it holds what is no value, such as a time that is none. */
  private static Optional<Reference> whole(Reference what) {
    try {
      return Optional.of(what.copy());
    } catch (DataFormatException noValue) {
      return Optional.empty();
    }
  }

  private static boolean hasGln(Organization organization) {
    return !MessageParts.gln(organization).isEmpty();
  }

  private void addProvenance(Provenance provenance, String target, String activity) {
    provenanceProfile.ifPresent(provenance.getMeta()::addProfile);
    add(
        provenance,
        uuid("provenance/" + target),
        Narratives.of("Forløb: " + activity, "Om brevet: " + target));
  }

  /** Adds a resource under the id that follows from the letter and this name. */
  Reference addNamed(Resource resource, String name, Narrative narrative) {
    return add(resource, uuid(name), narrative);
  }

  private Reference add(Resource resource, String id, Narrative narrative) {
    resource.setId(id);
    if (resource instanceof DomainResource domain) {
      domain.setText(narrative);
    }
    String relative = resource.fhirType() + "/" + id;
    bundle.addEntry().setFullUrl(urlBase + "/" + relative).setResource(resource);
    return new Reference(relative);
  }

  private String uuid(String name) {
    String seed = letterId.value() + "/" + name;
    return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
  }

  DateTimeType now() {
    return dateTime(at);
  }

  private static Coding activity(String code) {
    return new Coding().setSystem(Canonicals.ACTIVITY).setCode(code);
  }

  private static String endpoint(Party party) {
    return "https://sor2.sum.dsdn.dk/#id=" + party.sor();
  }

  private static DateTimeType dateTime(Instant at) {
    DateTimeType value = new DateTimeType(Date.from(at));
    value.setTimeZone(TimeZone.getTimeZone("UTC"));
    return value;
  }

  private static InstantType instant(Instant at) {
    InstantType value = new InstantType(Date.from(at));
    value.setTimeZone(TimeZone.getTimeZone("UTC"));
    value.setPrecision(TemporalPrecisionEnum.SECOND);
    return value;
  }
}
