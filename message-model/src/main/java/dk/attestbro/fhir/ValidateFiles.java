package dk.attestbro.fhir;

import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReader;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.MessageValidator;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Problem;
import dk.attestbro.model.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.OptionalInt;

/** Checks message files offline, exactly as the gateway checks what it is sent. */
public final class ValidateFiles {
  private final MessageReader reader;
  private final MessageValidator validator;
  private final Clock clock;

  public ValidateFiles(MessageReader reader, MessageValidator validator, Clock clock) {
    this.reader = reader;
    this.validator = validator;
    this.clock = clock;
  }

  /**
   * One file's outcome. {@code readable} is false where it is no FHIR message at all; then the
   * problem says why. {@code event} is the event code, empty where unreadable.
   */
  public record Outcome(
      Path file, boolean readable, String event, List<Problem> problems, List<String> validatedBy) {
    public Outcome {
      problems = List.copyOf(problems);
      validatedBy = List.copyOf(validatedBy);
    }

    public boolean isValid() {
      return readable && problems.isEmpty();
    }
  }

  /**
   * Reads and validates one file, JSON or XML by its content.
   *
   * @throws IOException where the file cannot be read from disk
   */
  public Outcome validate(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    MessageReading message;
    try {
      message = reader.read(new Payload(bytes, guess(bytes)));
    } catch (MessageRefused refused) {
      return new Outcome(file, false, "", refused.refusal().problems(), List.of());
    }
    Validation validation = validator.validate(message, clock.instant(), OptionalInt.empty());
    return new Outcome(
        file, true, message.eventCode(), validation.problems(), validation.validatedBy());
  }

  /** XML begins with {@code <}, after white space and a byte order mark; all else is JSON. */
  static MediaType guess(byte[] bytes) {
    int at = ByteOrderMark.length(bytes);
    while (at < bytes.length && Character.isWhitespace(bytes[at])) {
      at++;
    }
    return at < bytes.length && bytes[at] == '<' ? MediaType.FHIR_XML : MediaType.FHIR_JSON;
  }
}
