package dk.attestbro.gateway.api;

import dk.attestbro.model.Digest;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.Utf8;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON as the API reads and writes it. Reading is strict: no duplicate keys, nothing after the end,
 * bounded depth and number of values; numbers keep their digits.
 */
final class PlainJson {
  private static final int MOST_DEPTH = 64;
  private static final int MOST_TOKENS = 200_000;
  private static final int MOST_DIGITS = 64;
  private static final int LONGEST_NAME = 256;

  private static final JsonMapper READER =
      mapper(MOST_DEPTH, MOST_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** A FHIR message has been through the journey's own limits already. */
  private static final JsonMapper BUNDLE_READER = mapper(500, Integer.MAX_VALUE).build();

  private static final JsonMapper WRITER =
      JsonMapper.builder()
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final JsonMapper CANONICAL =
      JsonMapper.builder()
          .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private PlainJson() {}

  private static JsonMapper.Builder mapper(int depth, int tokens) {
    return JsonMapper.builder(
            JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(
                    StreamReadConstraints.builder()
                        .maxNestingDepth(depth)
                        .maxTokenCount(tokens)
                        .maxNumberLength(MOST_DIGITS)
                        .maxNameLength(LONGEST_NAME)
                        .maxStringLength(Integer.MAX_VALUE)
                        .build())
                .build())
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);
  }

  /**
   * Reads one JSON object.
   *
   * @throws MessageRefused NOT_READABLE or TOO_COMPLEX
   */
  static Fields read(byte[] body) {
    if (!Utf8.isWellFormed(body)) {
      throw new MessageRefused(RefusalReason.NOT_READABLE);
    }
    JsonNode node;
    try {
      node = READER.readTree(body);
    } catch (StreamConstraintsException tooMuch) {
      throw new MessageRefused(RefusalReason.TOO_COMPLEX);
    } catch (JacksonException unreadable) {
      throw new MessageRefused(RefusalReason.NOT_READABLE);
    }
    if (node == null || !node.isObject()) {
      throw new MessageRefused(RefusalReason.NOT_READABLE);
    }
    return Fields.root(node, Digest.of(body));
  }

  /** A Bundle that the gateway holds, to be shown inside a view. */
  static JsonNode bundle(byte[] fhirJson) {
    return BUNDLE_READER.readTree(fhirJson);
  }

  /** A view as UTF-8 JSON, its fields in the order of the record. */
  static byte[] write(Object view) {
    return WRITER.writeValueAsBytes(view);
  }

  /** The digest of a call: its method and path, and its body whatever the order of its keys. */
  static Digest digest(String methodAndPath, JsonNode body) {
    MessageDigest sha256 = Digest.sha256();
    sha256.update((methodAndPath + "\n").getBytes(StandardCharsets.UTF_8));
    CANONICAL.writeValue(new DigestOutputStream(OutputStream.nullOutputStream(), sha256), body);
    return Digest.of(sha256);
  }
}
