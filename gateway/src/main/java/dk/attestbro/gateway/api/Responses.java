package dk.attestbro.gateway.api;

import dk.attestbro.model.LetterId;
import java.net.URI;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Answers of the API as bytes with their media type, so that no Accept header changes them. */
final class Responses {
  private Responses() {}

  /** A view as JSON. */
  static ResponseEntity<byte[]> json(int status, Object view) {
    return ResponseEntity.status(status)
        .contentType(MediaType.APPLICATION_JSON)
        .body(PlainJson.write(view));
  }

  /** A view of a letter that now exists, and where to look it up. */
  static ResponseEntity<byte[]> jsonAt(int status, LetterId letter, Object view) {
    return ResponseEntity.status(status)
        .location(URI.create(Views.location(letter)))
        .contentType(MediaType.APPLICATION_JSON)
        .body(PlainJson.write(view));
  }

  static ResponseEntity<byte[]> bytes(int status, String mediaType, byte[] body) {
    return ResponseEntity.status(status)
        .contentType(MediaType.parseMediaType(mediaType))
        .body(body);
  }
}
