package dk.attestbro.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Rows of JSON objects as a table with aligned columns; a missing value is a dash. */
final class Table {
  private final List<String> headers = new ArrayList<>();
  private final List<String> fields = new ArrayList<>();

  /** Adds a column that shows this field; a dot leads into an object. */
  Table column(String header, String field) {
    headers.add(header);
    fields.add(field);
    return this;
  }

  String of(Iterable<JsonNode> rows) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(headers);
    for (JsonNode row : rows) {
      lines.add(fields.stream().map(field -> cell(row.at("/" + field.replace('.', '/')))).toList());
    }
    int[] widths = new int[headers.size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder row = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        row.append(line.get(i)).append(" ".repeat(widths[i] - line.get(i).length() + 2));
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static String cell(JsonNode value) {
    String text =
        value.isArray()
            ? StreamSupport.stream(value.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "))
            : value.asText();
    return value.isMissingNode() || value.isNull() || text.isEmpty() ? "-" : text;
  }
}
