package dk.attestbro.model;

import java.util.Locale;
import java.util.Optional;

/** The media types that the FHIR door takes and the channels send. */
public enum MediaType {
  /** FHIR R4 as JSON. */
  FHIR_JSON("application/fhir+json"),
  /** FHIR R4 as XML. */
  FHIR_XML("application/fhir+xml"),
  /** A CMS message (RFC 5652) to the gateway or from it. */
  CMS("application/pkcs7-mime"),
  /**
   * A MIME entity (RFC 2045) with its own headers, as S/MIME signs it; no door takes it as such.
   */
  MIME("message/rfc822");

  private final String value;

  MediaType(String value) {
    this.value = value;
  }

  /** The registered name, without parameters. */
  public String value() {
    return value;
  }

  /** Reads a Content-Type, parameters left aside; empty where it is none of ours. */
  public static Optional<MediaType> parse(String contentType) {
    int semicolon = contentType.indexOf(';');
    String bare =
        (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
            .strip()
            .toLowerCase(Locale.ROOT);
    for (MediaType type : values()) {
      if (type != MIME && type.value.equals(bare)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
