package dk.attestbro.gateway.cli;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Letters by any filter. */
@Command(
    name = "letters",
    description = "Lists letters, newest first. Token: ATTESTBRO_TOKEN.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class LettersCommand extends ListCommand {
  @Option(names = "--bundle", paramLabel = "ID", description = "A Bundle.id it went under.")
  Optional<String> bundle = Optional.empty();

  @Option(names = "--case", paramLabel = "ID", description = "Letters of this case.")
  Optional<String> caseId = Optional.empty();

  @Option(names = "--party", paramLabel = "PARTY", description = "From or to this party.")
  Optional<String> party = Optional.empty();

  @Option(names = "--sender", paramLabel = "PARTY", description = "From this party.")
  Optional<String> sender = Optional.empty();

  @Option(names = "--receiver", paramLabel = "PARTY", description = "To this party.")
  Optional<String> receiver = Optional.empty();

  @Option(names = "--event", paramLabel = "CODE", description = "As certificate-request.")
  Optional<String> event = Optional.empty();

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "One or more with commas between: RECORDED,QUEUED,SENT,DEAD ...")
  Optional<String> status = Optional.empty();

  @Option(
      names = "--code",
      paramLabel = "CODE",
      description = "What went wrong: a refusal's reason or a channel's code, as HTTP_503.")
  Optional<String> code = Optional.empty();

  @Option(names = "--from", paramLabel = "TIME", description = "A day or an instant.")
  Optional<String> from = Optional.empty();

  @Option(names = "--to", paramLabel = "TIME", description = "A day, included, or an instant.")
  Optional<String> to = Optional.empty();

  @Override
  String path() {
    return "letters";
  }

  @Override
  Table table() {
    return new Table()
        .column("RECEIVED", "receivedAt")
        .column("LETTER", "letterId")
        .column("EVENT", "event")
        .column("SENDER", "sender")
        .column("RECEIVER", "receiver")
        .column("STATUS", "status")
        .column("REASONS", "reasons")
        .column("LAST ERROR", "lastError")
        .column("DUE", "dueAt");
  }
}
