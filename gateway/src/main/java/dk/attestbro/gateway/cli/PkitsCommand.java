package dk.attestbro.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dk.attestbro.crypto.PrivateKeyOperations;
import dk.attestbro.crypto.SmimeReader;
import dk.attestbro.mail.MimeLimits;
import dk.attestbro.mail.MimeMailReader;
import dk.attestbro.mail.ReadSignedMail;
import dk.attestbro.port.SignedMail;
import dk.attestbro.trust.Pkits;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** NIST's test suite of signed mails against the gateway's own checks. */
@Command(
    name = "pkits",
    description = {
      "Runs the signed mails of NIST PKITS through the gateway's checks of signatures and"
          + " certificates.",
      "DIR holds certs, crls and smime; scripts/pkits.sh fetches it. Exit 0 unless a mail that is"
          + " to be refused is accepted, or more than two that are to be accepted are refused."
    },
    mixinStandardHelpOptions = true)
final class PkitsCommand implements Callable<Integer> {
  private static final int MOST_VALID_REFUSED = 2;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The folder of the test suite.")
  private Path folder = Path.of("");

  @Option(names = "--all", description = "Shows every test, not only the differences.")
  private boolean all;

  @Override
  public Integer call() {
    Logs.onlyErrors();
    List<Pkits.Result> results;
    try {
      results = new Pkits(folder, mailDoor()).run();
    } catch (UncheckedIOException absent) {
      throw CommandFailed.failed(folder + " does not hold PKITS: " + absent.getMessage());
    }
    PrintWriter out = spec.commandLine().getOut();
    List<JsonNode> shown = new ArrayList<>();
    results.stream().filter(result -> all || !result.isRight()).map(this::row).forEach(shown::add);
    out.print(
        new Table()
            .column("TEST", "test")
            .column("MAIL", "mail")
            .column("SETTINGS", "settings")
            .column("EXPECTED", "expected")
            .column("FOUND", "found")
            .of(shown));
    long invalidAccepted = wrong(results, mail -> mail.startsWith("Invalid"));
    long validRefused = wrong(results, mail -> mail.startsWith("Valid"));
    long others = wrong(results, mail -> !mail.startsWith("Invalid") && !mail.startsWith("Valid"));
    out.printf(
        "%n%d tests over %d mails. Invalid: %d of %d accepted. Valid: %d of %d accepted."
            + " Others: %d of %d as NIST says.%n",
        results.size(),
        mails(results, mail -> true),
        invalidAccepted,
        mails(results, mail -> mail.startsWith("Invalid")),
        mails(results, mail -> mail.startsWith("Valid")) - validRefused,
        mails(results, mail -> mail.startsWith("Valid")),
        mails(results, mail -> !mail.startsWith("Invalid") && !mail.startsWith("Valid")) - others,
        mails(results, mail -> !mail.startsWith("Invalid") && !mail.startsWith("Valid")));
    out.flush();
    boolean good =
        results.stream().noneMatch(result -> !result.isRight() && !result.toBeAccepted())
            && validRefused <= MOST_VALID_REFUSED
            && others == 0;
    return good ? 0 : 1;
  }

  private static long mails(List<Pkits.Result> results, Predicate<String> which) {
    return results.stream().map(Pkits.Result::mail).filter(which).distinct().count();
  }

  private static long wrong(List<Pkits.Result> results, Predicate<String> which) {
    return results.stream()
        .filter(result -> !result.isRight())
        .map(Pkits.Result::mail)
        .filter(which)
        .collect(Collectors.toSet())
        .size();
  }

  private JsonNode row(Pkits.Result result) {
    ObjectNode row = JSON.createObjectNode();
    row.put("test", result.test());
    row.put("mail", result.mail());
    row.put("settings", result.settings());
    row.put("expected", result.toBeAccepted() ? "accepted" : "refused");
    row.put("found", result.refused().orElse("accepted"));
    return row;
  }

  /** Reads as the mail door does; it has no key to open what is encrypted. */
  private static SignedMail mailDoor() {
    return new ReadSignedMail(
        new MimeMailReader(
            new SmimeReader(List.of(), new PrivateKeyOperations()), MimeLimits.DEFAULT));
  }
}
