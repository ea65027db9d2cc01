package dk.attestbro.fhir;

import ca.uhn.fhir.parser.IParser;
import dk.attestbro.model.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.ValueSet;

/** The profiles and terminology of one validation stack: ours, or a folder of FHIR packages. */
final class Conformance {
  /** Where our own profiles are, beside this class. */
  static final String PROFILES = "profiles/";

  private final PrePopulatedValidationSupport support =
      new PrePopulatedValidationSupport(Fhir.context());
  private final Map<String, String> profiles = new TreeMap<>();
  private final List<String> withoutSnapshot = new ArrayList<>();

  private Conformance() {}

  /** Our own, from the class path. */
  static Conformance own() {
    Conformance conformance = new Conformance();
    for (String folder : List.of(PROFILES, "terminology/")) {
      for (String name : names(folder)) {
        conformance.add(resource(folder + name));
      }
    }
    return conformance;
  }

  /**
   * Every package of a folder, in the order of their names.
   *
   * @throws IOException where one cannot be read
   */
  static Conformance ofPackages(Path folder) throws IOException {
    Conformance conformance = new Conformance();
    for (Path archive : archives(folder)) {
      conformance.addPackage(archive);
    }
    return conformance;
  }

  /**
   * The canonicals of the Bundle profiles, or of any other profile, that a folder's packages hold.
   */
  Optional<String> version(String canonical) {
    return Optional.ofNullable(profiles.get(canonical));
  }

  /** The profiles that came as a differential alone. */
  List<String> withoutSnapshot() {
    return List.copyOf(withoutSnapshot);
  }

  PrePopulatedValidationSupport support() {
    return support;
  }

  /** Every profile without its elements. */
  List<StructureDefinition> outlines() {
    return support.<StructureDefinition>fetchAllStructureDefinitions().stream()
        .map(Conformance::outline)
        .toList();
  }

  static List<Path> archives(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".tgz")).sorted().toList();
    }
  }

  /** npm's layout: the resources lie directly under {@code package/}. */
  private void addPackage(Path archive) throws IOException {
    try (InputStream file = Files.newInputStream(archive);
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new GzipCompressorInputStream(file, true))) {
      TarArchiveEntry entry = tar.getNextEntry();
      while (entry != null) {
        if (isConformance(entry.getName())) {
          add(tar.readAllBytes());
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

  private void add(byte[] json) {
    IParser parser = Fhir.parser(MediaType.FHIR_JSON);
    IBaseResource resource = parser.parseResource(new String(json, StandardCharsets.UTF_8));
    if (resource instanceof StructureDefinition profile) {
      slim(profile);
      profiles.put(profile.getUrl(), profile.hasVersion() ? profile.getVersion() : "");
      if (!profile.hasSnapshot()) {
        withoutSnapshot.add(profile.getUrl());
      }
      support.addStructureDefinition(profile);
    } else if (resource instanceof ValueSet valueSet) {
      valueSet.setText(null);
      support.addValueSet(valueSet);
    } else if (resource instanceof CodeSystem codeSystem) {
      codeSystem.setText(null);
      support.addCodeSystem(codeSystem);
    }
  }

  /** What a structure is and what it is made from, without its elements. */
  static StructureDefinition outline(StructureDefinition whole) {
    StructureDefinition outline = new StructureDefinition();
    outline
        .setUrl(whole.getUrl())
        .setVersion(whole.getVersion())
        .setName(whole.getName())
        .setStatus(whole.getStatus())
        .setFhirVersion(whole.getFhirVersion())
        .setKind(whole.getKind())
        .setAbstract(whole.getAbstract())
        .setType(whole.getType())
        .setBaseDefinition(whole.getBaseDefinition())
        .setDerivation(whole.getDerivation())
        .setExtension(whole.getExtension());
    return outline;
  }

  /** Drops what only people read; with some hundred profiles it is most of their weight. */
  static void slim(StructureDefinition profile) {
    profile.setText(null);
    profile.getMapping().clear();
    var elements = new ArrayList<>(profile.getSnapshot().getElement());
    elements.addAll(profile.getDifferential().getElement());
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
