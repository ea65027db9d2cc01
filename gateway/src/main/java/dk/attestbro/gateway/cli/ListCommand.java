package dk.attestbro.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A list that comes page by page. Every option it declares that is given goes into the call, as the
 * parameter of the same name: what a list filters by is said once, by its options.
 */
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
  private Optional<Integer> limit = Optional.empty();

  @Option(
      names = "--sort",
      paramLabel = "COLUMN",
      description = "What it is sorted by, as sender; -sender the other way round.")
  private Optional<String> sort = Optional.empty();

  /** The call under {@code /api/v1/operations/}. */
  abstract String path();

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
    return spec.options().stream()
        .filter(this::isOfTheList)
        .flatMap(option -> parameter(option).stream())
        .collect(Collectors.joining("&"));
  }

  /** Not one that every command has, as {@code --url} and {@code --help}. */
  private boolean isOfTheList(OptionSpec option) {
    return spec.mixins().values().stream().noneMatch(mixin -> mixin.options().contains(option));
  }

  private static Optional<String> parameter(OptionSpec option) {
    String name = option.longestName().substring("--".length());
    Optional<?> given = option.getValue();
    return given.map(value -> name + "=" + OperationsApi.escaped(value.toString()));
  }
}
