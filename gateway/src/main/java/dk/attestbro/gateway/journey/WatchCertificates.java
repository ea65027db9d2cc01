package dk.attestbro.gateway.journey;

import dk.attestbro.gateway.journey.WatchConditions.Condition;
import dk.attestbro.model.TimelineCode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Certificates that end within 30, 14 or 3 days: each is told once at each of these. */
public final class WatchCertificates implements WatchConditions.Watch {
  private static final List<Integer> DAYS_BEFORE = List.of(3, 14, 30);

  private final Supplier<List<End>> certificates;
  private final Set<String> told = new HashSet<>();

  /** When the certificate of a party for some use ends. */
  public record End(String party, String use, Instant at) {
    /** With fractions; below zero once it has ended. */
    public double daysLeft(Instant now) {
      return Duration.between(now, at).toMillis() / (double) Duration.ofDays(1).toMillis();
    }
  }

  public WatchCertificates(Supplier<List<End>> certificates) {
    this.certificates = certificates;
  }

  @Override
  public synchronized List<Condition> look(Instant now) {
    return certificates.get().stream()
        .flatMap(end -> condition(end, now))
        .filter(condition -> told.add(condition.subject()))
        .toList();
  }

  private static Stream<Condition> condition(End end, Instant now) {
    return DAYS_BEFORE.stream()
        .filter(days -> end.at().isBefore(now.plus(Duration.ofDays(days))))
        .findFirst()
        .stream()
        .map(
            days ->
                new Condition(
                    TimelineCode.CERTIFICATE_ENDS,
                    "%s/%s/%s/%d"
                        .formatted(
                            end.party(),
                            end.use(),
                            end.at().atZone(ZoneOffset.UTC).toLocalDate(),
                            days),
                    "within " + days + " days"));
  }
}
