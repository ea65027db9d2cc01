package dk.attestbro.gateway.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Something that operations do, with the reason why. */
abstract class OperatorAct implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private OperationsApi api = new OperationsApi();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why. The evidence keeps its SHA-256, not its text.")
  private String reason = "";

  /** The call under {@code /api/v1/operations/}. */
  abstract String path();

  /** What to say once it is done. */
  abstract String done();

  @Override
  public Integer call() {
    api.post(path(), Map.of("reason", reason));
    spec.commandLine().getOut().println(done());
    return 0;
  }
}
