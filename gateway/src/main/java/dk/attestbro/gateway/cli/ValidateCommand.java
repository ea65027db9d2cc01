package dk.attestbro.gateway.cli;

import dk.attestbro.fhir.FhirForms;
import dk.attestbro.fhir.FhirMessageReader;
import dk.attestbro.fhir.FhirMessageValidator;
import dk.attestbro.fhir.ValidateFiles;
import dk.attestbro.model.MessageValidator;
import dk.attestbro.model.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks message files with the gateway's own validator, without a gateway. */
@Command(
    name = "validate",
    description = {
      "Checks message files (FHIR as JSON or XML) offline with the gateway's own validator.",
      "One line for each problem: FILE: CODE path: text. Exit 0 all valid, 1 some invalid, 2 one"
          + " cannot be read."
    },
    mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
  private static final int INVALID = 1;
  private static final int UNREADABLE = 2;

  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Message files.")
  private List<Path> files = List.of();

  @Option(
      names = "--config",
      paramLabel = "DIR",
      description = "Its fhir/packages and forms are used where they exist. Default: config")
  private Optional<Path> config = Optional.empty();

  @Override
  public Integer call() {
    Logs.onlyErrors();
    ValidateFiles validate =
        new ValidateFiles(new FhirMessageReader(), validator(), Clock.systemUTC());
    PrintWriter out = spec.commandLine().getOut();
    int worst = 0;
    for (Path file : files) {
      worst = Math.max(worst, check(file, validate, out));
    }
    out.flush();
    return worst;
  }

  private MessageValidator validator() {
    Path packages = Folders.config(config).resolve("fhir").resolve("packages");
    try {
      return new FhirMessageValidator(
          new FhirForms(Folders.config(config).resolve("forms")),
          FhirMessageValidator.defaultProfiles(),
          Optional.of(packages).filter(Files::isDirectory));
    } catch (IllegalStateException badPackages) {
      throw CommandFailed.failed(String.valueOf(badPackages.getMessage()));
    }
  }

  private int check(Path file, ValidateFiles validate, PrintWriter out) {
    ValidateFiles.Outcome outcome;
    try {
      outcome = validate.validate(file);
    } catch (IOException unreadable) {
      spec.commandLine().getErr().println("attestbro: " + file + " cannot be read");
      return UNREADABLE;
    }
    for (Problem problem : outcome.problems()) {
      out.println(
          file
              + ": "
              + (problem.reason() + " " + problem.path()).strip()
              + ": "
              + problem.text().en());
    }
    if (outcome.isValid()) {
      out.println(
          file + ": valid, " + outcome.event() + " by " + String.join(", ", outcome.validatedBy()));
      return 0;
    }
    return outcome.readable() ? INVALID : UNREADABLE;
  }
}
