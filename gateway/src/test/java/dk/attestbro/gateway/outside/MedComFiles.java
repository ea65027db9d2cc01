package dk.attestbro.gateway.outside;

import dk.attestbro.fhir.Messages;
import dk.attestbro.model.Destination;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.OrganisationIds;
import dk.attestbro.model.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** MedCom's published packages and examples, where they lie beside the checkout. */
final class MedComFiles {
  private final Optional<Path> folder;

  /** GLN by SOR code of all who send or receive in the examples. */
  private final Map<String, String> organisations = new TreeMap<>();

  private MedComFiles(Optional<Path> folder) {
    this.folder = folder;
    for (Path file : examples()) {
      MessageReading reading = Messages.READER.read(payload(file));
      add(reading.sender());
      reading.destinations().stream().map(Destination::receiver).forEach(this::add);
    }
  }

  static MedComFiles find() {
    String shared =
        Optional.ofNullable(System.getProperty("attestbro.shared"))
            .or(() -> Optional.ofNullable(System.getenv("ATTESTBRO_SHARED")))
            .orElse("");
    Path folder =
        shared.isEmpty() ? Path.of("..", "..", "shared", "medcom") : Path.of(shared, "medcom");
    return new MedComFiles(Optional.of(folder).filter(Files::isDirectory));
  }

  boolean present() {
    return folder.isPresent();
  }

  List<Path> examples() {
    return folder.map(f -> files(f.resolve("examples"))).orElse(List.of());
  }

  static Payload payload(Path file) {
    try {
      return new Payload(
          Files.readAllBytes(file),
          file.toString().endsWith(".xml") ? MediaType.FHIR_XML : MediaType.FHIR_JSON);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static String partyOf(OrganisationIds ids) {
    return "medcom-" + ids.sor();
  }

  void copyPackages(Path target) {
    if (folder.isEmpty()) {
      return;
    }
    Path packages = folder.get().resolve("packages");
    for (Path file : files(packages)) {
      try {
        Path copy = target.resolve(packages.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  /** Their entries in directory.yaml; all receive at this port. */
  String yaml(int port) {
    StringBuilder yaml = new StringBuilder();
    organisations.forEach(
        (sor, gln) ->
            yaml.append(
                """
                  - id: medcom-%1$s
                    name: MedCom %1$s
                    kind: other
                    sor: "%1$s"
                    gln: "%2$s"
                    validFrom: 2007-01-01
                    endpoint:
                      channel: https
                      address: https://localhost:%3$d%4$s
                      trust: certs/ca.pem
                      receives: ["*"]
                      retry: "1:1s"
                """
                    .formatted(sor, gln, port, Partner.PATH)));
    return yaml.toString();
  }

  private void add(OrganisationIds ids) {
    String before = organisations.putIfAbsent(ids.sor(), ids.gln());
    if (before != null && !before.equals(ids.gln())) {
      throw new IllegalStateException("two GLNs in the examples for SOR " + ids.sor());
    }
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
