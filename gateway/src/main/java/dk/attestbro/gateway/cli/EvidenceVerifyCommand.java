package dk.attestbro.gateway.cli;

import dk.attestbro.crypto.DetachedSignature;
import dk.attestbro.crypto.JwsVerification;
import dk.attestbro.gateway.evidence.PackageUnreadable;
import dk.attestbro.gateway.evidence.Verdict;
import dk.attestbro.gateway.evidence.VerifyEvidence;
import dk.attestbro.mail.MessageInMail;
import dk.attestbro.trust.OfflineTrust;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Proves an evidence package, with nothing but this program. */
@Command(
    name = "verify",
    description =
        "Proves an evidence package, or says where it breaks. Ends with 0: proved, 1: broken, 2:"
            + " not readable.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class EvidenceVerifyCommand implements Callable<Integer> {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The package.")
  private Path file = Path.of("");

  @Option(
      names = "--jwks",
      paramLabel = "FILE|URL",
      description =
          "The gateway's public keys as known from elsewhere (its /.well-known/jwks.json). Default:"
              + " those in the package, which prove that it fits together and not whose it is")
  private Optional<String> jwks = Optional.empty();

  @Override
  public Integer call() {
    VerifyEvidence verify =
        new VerifyEvidence(
            JwsVerification::of,
            jwks.map(this::trusted),
            new OfflineTrust(),
            new DetachedSignature(),
            MessageInMail::digest);
    PrintWriter out = spec.commandLine().getOut();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      Verdict verdict = verify.verify(in);
      verdict.letters().forEach(out::println);
      verdict.broken().forEach(place -> out.println("BROKEN " + place));
      verdict.notes().forEach(note -> out.println("note   " + note));
      out.println((verdict.isProved() ? "proved: " : "NOT proved: ") + "case " + verdict.subject());
      out.flush();
      return verdict.isProved() ? 0 : 1;
    } catch (IOException unreadable) {
      throw CommandFailed.wrongUsage(file + " cannot be read");
    } catch (PackageUnreadable none) {
      throw CommandFailed.wrongUsage(file + " is no evidence package: " + none.getMessage());
    }
  }

  /** The keys from a file or an address; they are checked to be keys. */
  private String trusted(String where) {
    try {
      String keys =
          where.startsWith("https://") || where.startsWith("http://")
              ? fetched(URI.create(where))
              : Files.readString(Path.of(where));
      JwsVerification.of(keys);
      return keys;
    } catch (IOException | IllegalArgumentException unreadable) {
      throw CommandFailed.wrongUsage("--jwks " + where + " gives no JWK Set");
    }
  }

  private static String fetched(URI address) throws IOException {
    try {
      HttpResponse<String> answer =
          HttpClient.newBuilder()
              .connectTimeout(TIMEOUT)
              .build()
              .send(
                  HttpRequest.newBuilder(address).timeout(TIMEOUT).build(),
                  HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException("status " + answer.statusCode());
      }
      return answer.body();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }
}
