package dk.attestbro.gateway.api;

import dk.attestbro.model.Digest;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** The plain JSON of a call: its body, and the id that its letter is to have. */
final class PlainDoor {
  /** The warning that a repetition of this call cannot be told from a new letter. */
  static final String NO_KEY = "IDEMPOTENCY_KEY_MISSING";

  private static final String KEY = "Idempotency-Key";
  private final BodyReader bodies;

  PlainDoor(BodyReader bodies) {
    this.bodies = bodies;
  }

  /**
   * The body.
   *
   * @throws MessageRefused UNSUPPORTED_MEDIA_TYPE, TOO_LARGE, NOT_READABLE or TOO_COMPLEX
   */
  Fields body(HttpServletRequest request) throws IOException {
    if (!isJson(request.getContentType())) {
      throw new MessageRefused(RefusalReason.UNSUPPORTED_MEDIA_TYPE);
    }
    return PlainJson.read(bodies.read(request));
  }

  /**
   * The key that the caller gave its letter (draft-ietf-httpapi-idempotency-key-header); quotes
   * allowed.
   *
   * @throws MessageRefused PARAMETER_INVALID where it is not one UUID
   */
  static Optional<String> key(HttpServletRequest request) {
    List<String> given = Collections.list(request.getHeaders(KEY));
    if (given.isEmpty()) {
      return Optional.empty();
    }
    if (given.size() > 1) {
      throw new MessageRefused(RefusalReason.PARAMETER_INVALID, KEY);
    }
    String header = given.get(0);
    String bare = header.strip().replaceAll("^\"(.*)\"$", "$1");
    try {
      UUID key = UUID.fromString(bare);
      if (bare.length() == 36) {
        return Optional.of(key.toString());
      }
    } catch (IllegalArgumentException notAUuid) {
      throw new MessageRefused(RefusalReason.PARAMETER_INVALID, KEY);
    }
    throw new MessageRefused(RefusalReason.PARAMETER_INVALID, KEY);
  }

  /** By which a repetition of the call is known. */
  static Digest digest(String path, Fields body) {
    return PlainJson.digest("POST " + path, body.node());
  }

  private static boolean isJson(@org.jspecify.annotations.Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    try {
      MediaType type = MediaType.parseMediaType(contentType);
      return type.equalsTypeAndSubtype(MediaType.APPLICATION_JSON);
    } catch (InvalidMediaTypeException notAType) {
      return false;
    }
  }
}
