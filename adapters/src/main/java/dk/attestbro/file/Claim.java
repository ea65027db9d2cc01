package dk.attestbro.file;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that a node has taken: when, an id that no other claim has, and the sender's name for it.
 * It stands in the name that the file bears in {@code .work}, so that any node can go on with it.
 */
record Claim(Instant at, String id, String name) {
  private static final Pattern WORK_NAME = Pattern.compile("(\\d{13})\\.([0-9a-f]{8})\\.(.+)");

  static Optional<Claim> of(String workName) {
    Matcher matcher = WORK_NAME.matcher(workName);
    return matcher.matches()
        ? Optional.of(
            new Claim(
                Instant.ofEpochMilli(Long.parseLong(matcher.group(1))),
                matcher.group(2),
                matcher.group(3)))
        : Optional.empty();
  }

  Claim renewed(Instant now) {
    return new Claim(now, id, name);
  }

  String workName() {
    return "%013d.%s.%s".formatted(at.toEpochMilli(), id, name);
  }
}
