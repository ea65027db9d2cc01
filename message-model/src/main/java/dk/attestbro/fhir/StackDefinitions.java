package dk.attestbro.fhir;

import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.hapi.converters.canonical.VersionCanonicalizer;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.hl7.fhir.common.hapi.validation.validator.WorkerContextValidationSupportAdapter;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r5.model.CanonicalResource;
import org.hl7.fhir.r5.model.PackageInformation;
import org.hl7.fhir.r5.model.Resource;
import org.hl7.fhir.r5.model.StructureDefinition;
import org.hl7.fhir.r5.model.StructureDefinition.StructureDefinitionKind;
import org.jspecify.annotations.Nullable;

/**
 * One stack's definitions as HAPI asks for them. Asked for all structures, it gives each in
 * outline, and reads and converts its elements at the first question for them: HAPI looks through
 * all of them for a name, and a message has about a quarter of FHIR's types. What was found by its
 * own address stays for the life of the process.
 */
final class StackDefinitions extends WorkerContextValidationSupportAdapter {
  private final Supplier<List<? extends IBaseResource>> outlines;
  private final VersionCanonicalizer versions = new VersionCanonicalizer(Fhir.context());
  private final Map<Asked, Resource> found = new ConcurrentHashMap<>();
  private volatile @Nullable List<StructureDefinition> all;
  private volatile @Nullable Set<String> primitives;

  /**
   * @param support gives each structure whole, by its address
   * @param outlines every structure without its elements
   */
  StackDefinitions(IValidationSupport support, Supplier<List<? extends IBaseResource>> outlines) {
    super(support);
    this.outlines = outlines;
  }

  /** HAPI asks some hundred times a message: what was found by its own address stays. */
  @Override
  public <T extends Resource> @Nullable T fetchResource(Class<T> kind, @Nullable String address) {
    Asked asked = new Asked(kind, address);
    Resource known = found.get(asked);
    if (known != null) {
      return kind.cast(known);
    }
    T fetched = super.fetchResource(kind, address);
    if (fetched instanceof CanonicalResource canonical
        && isComplete(canonical)
        && isNamed(canonical, address)) {
      found.putIfAbsent(asked, canonical);
    }
    return fetched;
  }

  /** One whose snapshot is being made has none yet. */
  private static boolean isComplete(CanonicalResource fetched) {
    return !(fetched instanceof StructureDefinition structure)
        || structure.hasSnapshot() && !structure.isGeneratingSnapshot();
  }

  /**
   * SECURITY: a message may ask by whatever address; what a definition says of itself is finite.
   */
  private static boolean isNamed(CanonicalResource fetched, @Nullable String address) {
    return address != null
        && (address.equals(fetched.getUrl()) || address.equals(fetched.getVersionedUrl()));
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T extends Resource> List<T> fetchResourcesByType(Class<T> kind) {
    return kind == StructureDefinition.class ? (List<T>) all() : super.fetchResourcesByType(kind);
  }

  @Override
  public List<StructureDefinition> fetchTypeDefinitions(String type) {
    return all().stream().filter(each -> type.equals(each.getType())).toList();
  }

  @Override
  public boolean isPrimitiveType(String type) {
    Set<String> known = primitives;
    if (known == null) {
      known =
          all().stream()
              .filter(each -> each.getKind() == StructureDefinitionKind.PRIMITIVETYPE)
              .map(StructureDefinition::getName)
              .collect(Collectors.toSet());
      primitives = known;
    }
    return known.contains(type);
  }

  private List<StructureDefinition> all() {
    List<StructureDefinition> known = all;
    if (known == null) {
      known = outlines.get().stream().map(each -> (StructureDefinition) new Outline(each)).toList();
      all = known;
    }
    return known;
  }

  private record Asked(Class<?> kind, @Nullable String address) {}

  /** A structure whose elements come when they are asked for. */
  private final class Outline extends StructureDefinition {
    private static final long serialVersionUID = 1L;

    Outline(IBaseResource outline) {
      versions.structureDefinitionToCanonical(outline).copyValues(this);
      if (outline.getUserData(DefaultProfileValidationSupport.SOURCE_PACKAGE_ID)
          instanceof String id) {
        setSourcePackage(new PackageInformation(id, null, null, new Date()));
      }
    }

    private StructureDefinition whole() {
      return Objects.requireNonNull(fetchResource(StructureDefinition.class, getUrl()));
    }

    @Override
    public boolean hasSnapshot() {
      return whole().hasSnapshot();
    }

    @Override
    public StructureDefinitionSnapshotComponent getSnapshot() {
      return whole().getSnapshot();
    }

    @Override
    public boolean hasDifferential() {
      return whole().hasDifferential();
    }

    @Override
    public StructureDefinitionDifferentialComponent getDifferential() {
      return whole().getDifferential();
    }

    @Override
    public StructureDefinition copy() {
      return whole().copy();
    }
  }
}
