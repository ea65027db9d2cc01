package dk.attestbro.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Fetches the evidence of a case. */
@Command(
    name = "export",
    description =
        "Writes the evidence of a case: without contents for operations, with them for a party of"
            + " the case. Token: ATTESTBRO_TOKEN.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class EvidenceExportCommand implements Callable<Integer> {
  private static final String ZIP = "application/zip";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "CASE", description = "The id of the case.")
  private String caseId = "";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to. Default: evidence-CASE.zip in this folder")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--messages",
      description = "As a party of the case, by its token: with the letters it sent and got.")
  private boolean messages;

  @Mixin private OperationsApi api = new OperationsApi();

  @Override
  public Integer call() {
    String id = OperationsApi.escaped(caseId);
    byte[] evidence =
        api.get(messages ? "cases/" + id + "/evidence" : "operations/evidence/" + id, ZIP);
    Path file = out.orElseGet(() -> Path.of("evidence-" + id + ".zip"));
    try {
      Files.write(file, evidence);
    } catch (IOException notWritten) {
      throw CommandFailed.failed(file + " cannot be written");
    }
    spec.commandLine().getOut().println(file);
    spec.commandLine().getOut().flush();
    return 0;
  }
}
