package dk.attestbro.fhir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Validators shared by the tests, since each takes seconds to make. */
final class Validators {
  static final FhirMessageValidator OWN = new FhirMessageValidator(new FhirForms());

  private Validators() {}

  /** MedCom's published files, beside the checkout or where ATTESTBRO_SHARED says. */
  static Optional<Path> medcom() {
    String shared = System.getenv().getOrDefault("ATTESTBRO_SHARED", "");
    Path folder =
        shared.isEmpty() ? Path.of("..", "..", "shared", "medcom") : Path.of(shared, "medcom");
    return Optional.of(folder).filter(Files::isDirectory);
  }

  /** With MedCom's packages; only where {@link #medcom()} is present. */
  static FhirMessageValidator withPackages() {
    return WithPackages.VALIDATOR;
  }

  private static final class WithPackages {
    static final FhirMessageValidator VALIDATOR =
        new FhirMessageValidator(
            new FhirForms(),
            FhirMessageValidator.defaultProfiles(),
            medcom().map(folder -> folder.resolve("packages")));
  }
}
