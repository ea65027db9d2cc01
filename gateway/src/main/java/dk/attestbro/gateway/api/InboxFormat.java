package dk.attestbro.gateway.api;

import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeTypeUtils;

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
   * What the Accept header (RFC 9110 section 12.5.1) asks for first.
   *
   * @throws MessageRefused NOT_ACCEPTABLE where it asks for none of these
   */
  static InboxFormat choose(Optional<String> accept) {
    for (MediaType wanted : wanted(accept.orElse("*/*"))) {
      for (InboxFormat format : values()) {
        if (wanted.getQualityValue() > 0 && wanted.includes(format.type)) {
          return format;
        }
      }
    }
    throw new MessageRefused(RefusalReason.NOT_ACCEPTABLE);
  }

  /** What an Accept header asks for, the dearest first. */
  static List<MediaType> wanted(String accept) {
    try {
      List<MediaType> wanted = new ArrayList<>(MediaType.parseMediaTypes(accept));
      MimeTypeUtils.sortBySpecificity(wanted);
      wanted.sort((a, b) -> Double.compare(b.getQualityValue(), a.getQualityValue()));
      return wanted;
    } catch (InvalidMediaTypeException | InvalidMimeTypeException unreadable) {
      throw new MessageRefused(RefusalReason.NOT_ACCEPTABLE);
    }
  }
}
