package dk.attestbro.gateway.api;

import dk.attestbro.model.MessageRefused;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;

/** The formats of an inbox letter, the one for whoever does not mind first. */
enum InboxFormat {
  PLAIN("application/json"),
  FHIR_JSON("application/fhir+json"),
  FHIR_XML("application/fhir+xml"),
  PDF("application/pdf");

  private final MediaType type;

  InboxFormat(String type) {
    this.type = MediaType.parseMediaType(type);
  }

  /**
   * What the Accept header asks for, the dearest first.
   *
   * @throws MessageRefused NOT_ACCEPTABLE where it asks for none of these
   */
  static List<InboxFormat> acceptable(Optional<String> accept) {
    return Acceptable.of(accept, List.of(values()), format -> format.type);
  }
}
