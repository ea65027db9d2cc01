package dk.attestbro.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import dk.attestbro.model.MediaType;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.InflaterInputStream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Definitions as the build packs them ({@link PackDefinitions}): R4 core as HAPI brings it, without
 * what only people read, and our own with the snapshots of their profiles. HAPI's own files take
 * seconds and a hundred megabytes to read, and our messages ask for few of the thousands of
 * definitions in them: here each is read at the first question for it. It is never changed again,
 * so a process has it once.
 */
final class PackedDefinitions implements IValidationSupport {
  /** R4 core, beside this class. */
  static final String CORE_FILE = "core-definitions";

  /** Our own, beside it. */
  static final String OWN_FILE = "own-definitions";

  /** What a definition is, in the order in which they are packed. */
  enum Kind {
    /** A StructureDefinition without its elements: of each type, and of each profile of ours. */
    OUTLINE,
    /** A StructureDefinition of a resource or data type. */
    TYPE,
    /** A StructureDefinition that constrains a type: a profile or an extension. */
    PROFILE,
    CODE_SYSTEM,
    VALUE_SET
  }

  private static final String TYPES = "http://hl7.org/fhir/StructureDefinition/";

  /** Whose definitions are given whatever version is asked for. */
  private static final List<String> OWN_VERSION =
      List.of("http://hl7.org", "http://terminology.hl7.org");

  private final Optional<String> packageId;
  private final byte[] packed;
  private final Map<Kind, Map<String, Place>> places = new EnumMap<>(Kind.class);
  private final Map<Place, IBaseResource> read = new ConcurrentHashMap<>();

  private PackedDefinitions(Optional<String> packageId, byte[] packed) {
    this.packageId = packageId;
    this.packed = packed;
    for (Kind kind : Kind.values()) {
      places.put(kind, new LinkedHashMap<>());
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(packed))) {
      int left = in.readInt();
      int from = in.readInt();
      while (left > 0) {
        Kind kind = Kind.values()[in.readByte()];
        String url = in.readUTF();
        int length = in.readInt();
        places.get(kind).put(url, new Place(from, length));
        from += length;
        left--;
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory cannot fail", impossible);
    }
  }

  /** R4 core. */
  static PackedDefinitions core() {
    return Core.DEFINITIONS;
  }

  /** Our own profiles and terminology. */
  static PackedDefinitions own() {
    return Own.DEFINITIONS;
  }

  @Override
  public FhirContext getFhirContext() {
    return Fhir.context();
  }

  @Override
  public @Nullable IBaseResource fetchStructureDefinition(String url) {
    String whole = url.indexOf('/') < 0 ? TYPES + url : url;
    // A type of a certain version is PinnedCanonicals' to give.
    IBaseResource type = find(Kind.TYPE, whole);
    return type == null ? ofVersion(Kind.PROFILE, whole, List.of()) : type;
  }

  /** The structures without their elements, which {@link #fetchStructureDefinition} gives. */
  List<StructureDefinition> outlines() {
    return places.get(Kind.OUTLINE).values().stream()
        .map(place -> (StructureDefinition) read(place))
        .toList();
  }

  @Override
  public @Nullable IBaseResource fetchCodeSystem(String url) {
    return ofVersion(Kind.CODE_SYSTEM, url, OWN_VERSION);
  }

  @Override
  public @Nullable IBaseResource fetchValueSet(String url) {
    return ofVersion(Kind.VALUE_SET, url, OWN_VERSION);
  }

  private @Nullable IBaseResource ofVersion(Kind kind, String url, List<String> whatever) {
    int bar = url.indexOf('|');
    if (bar <= 0) {
      return find(kind, url);
    }
    String bare = url.substring(0, bar);
    IBaseResource found = find(kind, bare);
    if (found == null || whatever.stream().anyMatch(bare::startsWith)) {
      return found;
    }
    return url.substring(bar + 1).equals(((MetadataResource) found).getVersion()) ? found : null;
  }

  private @Nullable IBaseResource find(Kind kind, String url) {
    Place place = places.get(kind).get(url);
    return place == null ? null : at(place);
  }

  private IBaseResource at(Place place) {
    return read.computeIfAbsent(place, this::read);
  }

  private IBaseResource read(Place place) {
    try (InputStream json =
        new InflaterInputStream(new ByteArrayInputStream(packed, place.from(), place.length()))) {
      IBaseResource resource =
          Fhir.parser(MediaType.FHIR_JSON)
              .parseResource(new String(json.readAllBytes(), StandardCharsets.UTF_8));
      packageId.ifPresent(
          id -> resource.setUserData(DefaultProfileValidationSupport.SOURCE_PACKAGE_ID, id));
      return resource;
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory cannot fail", impossible);
    }
  }

  private record Place(int from, int length) {}

  private static final class Core {
    static final PackedDefinitions DEFINITIONS =
        new PackedDefinitions(Optional.of("hl7.fhir.r4.core"), Conformance.resource(CORE_FILE));
  }

  private static final class Own {
    static final PackedDefinitions DEFINITIONS =
        new PackedDefinitions(Optional.empty(), Conformance.resource(OWN_FILE));
  }
}
