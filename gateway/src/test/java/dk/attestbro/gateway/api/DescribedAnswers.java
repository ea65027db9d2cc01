package dk.attestbro.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Checks real answers against the description that the gateway gives of itself. */
public final class DescribedAnswers {
  private final JsonNode description;
  private final SchemaRegistry schemas =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  public DescribedAnswers() {
    try (InputStream in = DescribedAnswers.class.getResourceAsStream("/openapi.json")) {
      description = new ObjectMapper().readTree(in);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Every operation as {@code GET /path}. */
  public Set<String> operations() {
    Set<String> operations = new LinkedHashSet<>();
    description
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method -> operations.add(method.toUpperCase() + " " + path.getKey())));
    return operations;
  }

  /**
   * What in the answer is not as described: an unknown status or media type, or a body that does
   * not have its schema. Bodies that are not JSON are not looked into.
   *
   * @param path as the description has it, with its {@code {parameters}}
   */
  public List<String> faults(String method, String path, HttpResponse<String> answer) {
    JsonNode operation = description.at("/paths").path(path).path(method.toLowerCase());
    JsonNode response = resolved(operation.path("responses").path("" + answer.statusCode()));
    if (response.isMissingNode()) {
      return List.of(method + " " + path + " does not describe status " + answer.statusCode());
    }
    String type = answer.headers().firstValue("Content-Type").orElse("").split(";")[0];
    JsonNode schema = response.path("content").path(type).path("schema");
    if (schema.isMissingNode()) {
      return List.of(method + " " + path + " does not describe " + type);
    }
    return type.endsWith("json")
        ? schema(schema).validate(answer.body(), InputFormat.JSON).stream()
            .map(e -> e.getInstanceLocation() + ": " + e.getMessage())
            .toList()
        : List.of();
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? description.at(node.get("$ref").textValue().substring(1)) : node;
  }

  /** The schema with everything that it may refer to. */
  private Schema schema(JsonNode schema) {
    ObjectNode whole = ((ObjectNode) schema).deepCopy();
    whole.set("components", description.get("components"));
    return schemas.getSchema(whole);
  }
}
