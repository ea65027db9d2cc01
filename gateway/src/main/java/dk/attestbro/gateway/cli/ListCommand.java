package dk.attestbro.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A list that comes page by page, with the filters of its call. */
abstract class ListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private OperationsApi api = new OperationsApi();

  @Option(
      names = "--after",
      paramLabel = "CURSOR",
      description = "Goes on where an earlier list ended.")
  private Optional<String> after = Optional.empty();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "At most this many, up to 200. Default: ${DEFAULT-VALUE}")
  private int limit;

  @Option(
      names = "--sort",
      paramLabel = "COLUMN",
      description = "What it is sorted by, as sender; -sender the other way round.")
  private Optional<String> sort = Optional.empty();

  /** The call under {@code /api/v1/operations/}. */
  abstract String path();

  /** The filters by the name of their parameter; empty ones are left out. */
  abstract Map<String, Optional<String>> filters();

  abstract Table table();

  @Override
  public Integer call() {
    JsonNode page = api.get(path() + "?" + parameters());
    PrintWriter out = spec.commandLine().getOut();
    if (api.asJson()) {
      out.println(page.toPrettyString());
    } else {
      out.print(table().of(page.path("items")));
      if (page.hasNonNull("next")) {
        out.println("more: --after " + page.path("next").asText());
      }
    }
    out.flush();
    return 0;
  }

  private String parameters() {
    Stream<Map.Entry<String, Optional<String>>> all =
        Stream.concat(
            Stream.of(
                Map.entry("limit", Optional.of(String.valueOf(limit))),
                Map.entry("after", after),
                Map.entry("sort", sort)),
            filters().entrySet().stream());
    return all.filter(filter -> filter.getValue().isPresent())
        .map(
            filter ->
                filter.getKey() + "=" + OperationsApi.escaped(filter.getValue().orElseThrow()))
        .collect(Collectors.joining("&"));
  }
}
