package dk.attestbro.fhir;

import ca.uhn.fhir.context.support.IValidationSupport;
import dk.attestbro.model.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.ElementDefinition;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.ValueSet;

/** The profiles and terminology of one validation stack: ours, or a folder of FHIR packages. */
final class Conformance {
  private final IValidationSupport support;
  private final List<StructureDefinition> outlines;
  private final List<String> withoutSnapshot;
  private final Map<String, String> versions = new HashMap<>();

  private Conformance(
      IValidationSupport support,
      List<StructureDefinition> outlines,
      List<String> withoutSnapshot) {
    this.support = support;
    this.outlines = List.copyOf(outlines);
    this.withoutSnapshot = List.copyOf(withoutSnapshot);
    outlines.forEach(
        each -> versions.put(each.getUrl(), each.hasVersion() ? each.getVersion() : ""));
  }

  /** Our own, as the build packed them. */
  static Conformance own() {
    PackedDefinitions packed = PackedDefinitions.own();
    return new Conformance(packed, packed.outlines(), List.of());
  }

  /** Our own as they are written, without snapshots: what the build packs. */
  static Conformance sources() {
    return of(ownSources());
  }

  /** Each of our own as it is written. */
  static List<MetadataResource> ownSources() {
    List<MetadataResource> sources = new ArrayList<>();
    for (String folder : List.of("profiles/", "terminology/")) {
      for (String name : names(folder)) {
        sources.add(parsed(resource(folder + name)));
      }
    }
    return sources;
  }

  /**
   * Every package of a folder, in the order of their names.
   *
   * @throws IOException where one cannot be read
   */
  static Conformance ofPackages(Path folder) throws IOException {
    List<MetadataResource> all = new ArrayList<>();
    for (Path archive : archives(folder)) {
      addPackage(archive, all);
    }
    return of(all);
  }

  private static Conformance of(List<MetadataResource> all) {
    PrePopulatedValidationSupport support = new PrePopulatedValidationSupport(Fhir.context());
    List<StructureDefinition> outlines = new ArrayList<>();
    List<String> withoutSnapshot = new ArrayList<>();
    for (MetadataResource each : all) {
      if (each instanceof StructureDefinition profile) {
        outlines.add(outline(profile));
        if (!profile.hasSnapshot()) {
          withoutSnapshot.add(profile.getUrl());
        }
        support.addStructureDefinition(profile);
      } else if (each instanceof ValueSet) {
        support.addValueSet(each);
      } else if (each instanceof CodeSystem) {
        support.addCodeSystem(each);
      }
    }
    return new Conformance(support, outlines, withoutSnapshot);
  }

  /** The version of the profile with this canonical; empty where there is none. */
  Optional<String> version(String canonical) {
    return Optional.ofNullable(versions.get(canonical));
  }

  /** The profiles that came as a differential alone. */
  List<String> withoutSnapshot() {
    return withoutSnapshot;
  }

  /** Every profile without its elements. */
  List<StructureDefinition> outlines() {
    return outlines;
  }

  IValidationSupport support() {
    return support;
  }

  static List<Path> archives(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".tgz")).sorted().toList();
    }
  }

  /** npm's layout: the resources lie directly under {@code package/}. */
  private static void addPackage(Path archive, List<MetadataResource> all) throws IOException {
    try (InputStream file = Files.newInputStream(archive);
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new GzipCompressorInputStream(file, true))) {
      TarArchiveEntry entry = tar.getNextEntry();
      while (entry != null) {
        if (isConformance(entry.getName())) {
          all.add(parsed(tar.readAllBytes()));
        }
        entry = tar.getNextEntry();
      }
    }
  }

  private static boolean isConformance(String name) {
    return name.startsWith("package/StructureDefinition-")
        || name.startsWith("package/ValueSet-")
        || name.startsWith("package/CodeSystem-");
  }

  private static MetadataResource parsed(byte[] json) {
    MetadataResource definition =
        (MetadataResource)
            Fhir.parser(MediaType.FHIR_JSON)
                .parseResource(new String(json, StandardCharsets.UTF_8));
    slim(definition);
    return definition;
  }

  /** The structure without its elements. */
  static StructureDefinition outline(StructureDefinition whole) {
    StructureDefinition outline = whole.copy();
    outline.setSnapshot(null);
    outline.setDifferential(null);
    return outline;
  }

  /** Drops what only people read; with some hundred profiles it is most of their weight. */
  static void slim(MetadataResource definition) {
    definition.setText(null);
    if (definition instanceof StructureDefinition profile) {
      profile.getMapping().clear();
      slim(profile.getSnapshot().getElement());
      slim(profile.getDifferential().getElement());
    }
  }

  private static void slim(List<ElementDefinition> elements) {
    elements.forEach(
        element -> {
          element.getMapping().clear();
          element.getAlias().clear();
          element.getExample().clear();
          element.setDefinition(null);
          element.setComment(null);
          element.setRequirements(null);
        });
  }

  static byte[] resource(String name) {
    try (InputStream in = Conformance.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the class path lacks dk/attestbro/fhir/" + name);
      }
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the class path cannot be read: " + name, unreadable);
    }
  }

  /** The files of a folder beside this class. */
  static List<String> names(String folder) {
    return new String(resource(folder + "index.txt"), StandardCharsets.UTF_8).lines().toList();
  }
}
