package dk.attestbro.fhir;

import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.hapi.converters.canonical.VersionCanonicalizer;
import dk.attestbro.fhir.PackedDefinitions.Kind;
import dk.attestbro.model.MediaType;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.StructureDefinition.TypeDerivationRule;

/**
 * Does once, in the build, what every start and every process of the tests would do again: packs R4
 * core, and our own definitions with the snapshots of their profiles, for {@link
 * PackedDefinitions}.
 */
final class PackDefinitions {
  private PackDefinitions() {}

  /**
   * @param arguments the folder of this package among the compiled classes
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    pack(core().parallelStream(), folder.resolve(PackedDefinitions.CORE_FILE));
    // The last: the build takes its age for that of both.
    pack(own(), folder.resolve(PackedDefinitions.OWN_FILE));
  }

  private static void pack(Stream<Definition> definitions, Path target) throws IOException {
    List<Packed> all =
        definitions
            .flatMap(PackDefinitions::packed)
            .sorted(Comparator.comparing(Packed::kind).thenComparing(Packed::url))
            .toList();
    ByteArrayOutputStream places = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(places);
    for (Packed each : all) {
      out.writeByte(each.kind().ordinal());
      out.writeUTF(each.url());
      out.writeInt(each.json().length);
    }
    Path unfinished = target.resolveSibling(target.getFileName() + ".new");
    try (DataOutputStream file = new DataOutputStream(Files.newOutputStream(unfinished))) {
      file.writeInt(all.size());
      file.writeInt(2 * Integer.BYTES + places.size());
      places.writeTo(file);
      for (Packed each : all) {
        file.write(each.json());
      }
    }
    Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private static List<Definition> core() {
    DefaultProfileValidationSupport hapi = new DefaultProfileValidationSupport(Fhir.context());
    // Either question makes HAPI read all files of its sort.
    CompletableFuture<?> terminology =
        CompletableFuture.runAsync(() -> hapi.fetchCodeSystem("any"));
    hapi.fetchStructureDefinition("any");
    terminology.join();
    return hapi.fetchAllConformanceResources().stream()
        .map(MetadataResource.class::cast)
        .map(each -> new Definition(each, kind(each) == Kind.TYPE))
        .toList();
  }

  private static Stream<Definition> own() {
    VersionCanonicalizer versions = new VersionCanonicalizer(Fhir.context());
    ValidationStack sources = new ValidationStack(Conformance.sources());
    return Conformance.ownSources().stream()
        .map(
            each ->
                each instanceof StructureDefinition
                    ? (MetadataResource)
                        versions.structureDefinitionFromCanonical(sources.profile(each.getUrl()))
                    : each)
        .map(each -> new Definition(each, each instanceof StructureDefinition));
  }

  private static Stream<Packed> packed(Definition definition) {
    MetadataResource resource = definition.resource();
    Conformance.slim(resource);
    if (resource instanceof StructureDefinition structure) {
      structure.setDifferential(null);
    }
    Packed whole = packed(kind(resource), resource);
    return definition.outlined()
        ? Stream.of(
            packed(Kind.OUTLINE, Conformance.outline((StructureDefinition) resource)), whole)
        : Stream.of(whole);
  }

  private static Packed packed(Kind kind, MetadataResource definition) {
    return new Packed(kind, definition.getUrl(), deflated(json(definition)));
  }

  private static Kind kind(MetadataResource definition) {
    if (definition instanceof StructureDefinition structure) {
      return structure.getDerivation() == TypeDerivationRule.CONSTRAINT ? Kind.PROFILE : Kind.TYPE;
    }
    return definition instanceof CodeSystem ? Kind.CODE_SYSTEM : Kind.VALUE_SET;
  }

  private static byte[] deflated(byte[] json) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflating = new DeflaterOutputStream(bytes)) {
      deflating.write(json);
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory cannot fail", impossible);
    }
    return bytes.toByteArray();
  }

  private static byte[] json(MetadataResource definition) {
    return Fhir.parser(MediaType.FHIR_JSON)
        .encodeResourceToString(definition)
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @param outlined whether it is listed without its elements too
   */
  private record Definition(MetadataResource resource, boolean outlined) {}

  private record Packed(Kind kind, String url, byte[] json) {}
}
