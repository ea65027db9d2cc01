package dk.attestbro.model;

import java.util.regex.Pattern;

/** The shape of a FHIR id (R4 2.24.0.1). */
final class FhirIds {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");

  private FhirIds() {}

  static boolean isId(String value) {
    return ID.matcher(value).matches();
  }

  static void check(String value) {
    if (!isId(value)) {
      throw new IllegalArgumentException("not a FHIR id of 1 to 64 letters, digits, '-' or '.'");
    }
  }
}
