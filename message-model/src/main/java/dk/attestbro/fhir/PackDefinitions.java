package dk.attestbro.fhir;

import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.hapi.converters.canonical.VersionCanonicalizer;
import dk.attestbro.model.MediaType;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * Does once, in the build, what every start and every test process would do again: R4 core is
 * packed for {@link CoreDefinitions}, and our own profiles get their snapshots.
 */
final class PackDefinitions {
  private PackDefinitions() {}

  /**
   * @param arguments the folder of this package among the compiled classes
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    packCore(folder.resolve(CoreDefinitions.FILE));
    addSnapshots(folder);
  }

  private static void packCore(Path target) throws IOException {
    List<Packed> all =
        core().parallelStream()
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
    try (DataOutputStream file = new DataOutputStream(Files.newOutputStream(target))) {
      file.writeInt(all.size());
      file.writeInt(2 * Integer.BYTES + places.size());
      places.writeTo(file);
      for (Packed each : all) {
        file.write(each.json());
      }
    }
  }

  private static List<MetadataResource> core() {
    DefaultProfileValidationSupport hapi = new DefaultProfileValidationSupport(Fhir.context());
    // Either question makes HAPI read all files of its sort.
    CompletableFuture<?> terminology =
        CompletableFuture.runAsync(() -> hapi.fetchCodeSystem("any"));
    hapi.fetchStructureDefinition("any");
    terminology.join();
    return hapi.fetchAllConformanceResources().stream().map(MetadataResource.class::cast).toList();
  }

  private static Stream<Packed> packed(MetadataResource definition) {
    definition.setText(null);
    if (definition instanceof StructureDefinition structure) {
      Conformance.slim(structure);
      structure.setDifferential(null);
    }
    CoreDefinitions.Kind kind = kind(definition);
    Packed whole = packed(kind, definition);
    return kind == CoreDefinitions.Kind.TYPE
        ? Stream.of(
            packed(
                CoreDefinitions.Kind.OUTLINE,
                Conformance.outline((StructureDefinition) definition)),
            whole)
        : Stream.of(whole);
  }

  private static Packed packed(CoreDefinitions.Kind kind, MetadataResource definition) {
    return new Packed(kind, definition.getUrl(), deflated(json(definition)));
  }

  private static CoreDefinitions.Kind kind(MetadataResource definition) {
    if (definition instanceof StructureDefinition structure) {
      return structure.getDerivation() == TypeDerivationRule.CONSTRAINT
          ? CoreDefinitions.Kind.PROFILE
          : CoreDefinitions.Kind.TYPE;
    }
    return definition instanceof CodeSystem
        ? CoreDefinitions.Kind.CODE_SYSTEM
        : CoreDefinitions.Kind.VALUE_SET;
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

  private static void addSnapshots(Path folder) throws IOException {
    VersionCanonicalizer versions = new VersionCanonicalizer(Fhir.context());
    ValidationStack own = ValidationStack.own();
    for (String name : Conformance.names(Conformance.PROFILES)) {
      Path file = folder.resolve(Conformance.PROFILES).resolve(name);
      StructureDefinition differential =
          Fhir.parser(MediaType.FHIR_JSON)
              .parseResource(StructureDefinition.class, Files.readString(file));
      StructureDefinition whole =
          (StructureDefinition)
              versions.structureDefinitionFromCanonical(own.profile(differential.getUrl()));
      Conformance.slim(whole);
      Files.write(file, json(whole));
    }
  }

  private record Packed(CoreDefinitions.Kind kind, String url, byte[] json) {}
}
