package dk.attestbro.gateway.operations;

import dk.attestbro.gateway.operations.Overview.Usual;
import dk.attestbro.model.Circuit;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.OperationsRecords;
import dk.attestbro.port.OperationsRecords.QueueTraffic;
import dk.attestbro.port.Outbox;
import dk.attestbro.port.QueueFigures;
import dk.attestbro.port.SortingDesk;
import dk.attestbro.port.Statistics;
import dk.attestbro.port.StatisticsQuery;
import dk.attestbro.port.Tally;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Takes the overview: one picture every five seconds at most, shared by all who look, so that
 * looking costs the records the same whether one looks or a hundred. What changes slowly is looked
 * up less often.
 */
public final class TakeOverview {
  /** How far back the attempts of a queue are counted. */
  public static final Duration LATELY = Duration.ofMinutes(5);

  private static final int WEEKS = 4;
  private static final int FEWEST_DUE = 5;
  private static final Duration ENDS_SOON = Duration.ofDays(30);
  private static final Duration WAITS_LONG = Duration.ofHours(1);
  private static final long LEAST_FREE_PERCENT = 10;

  private final OperationsRecords records;
  private final Outbox outbox;
  private final SortingDesk desk;
  private final Statistics statistics;
  private final DirectorySource directory;
  private final Surroundings.Source surroundings;
  private final Supplier<List<CertificateEnd>> certificates;
  private final Function<PartyId, Circuit> circuits;
  private final LongSupplier breakGlass;
  private final Clock clock;
  private final Remembered<Overview> picture;
  private final Remembered<List<QueueTraffic>> lately;
  private final Remembered<Day> day;

  /** What is compared with a usual day. */
  private record Day(Usual received, Usual latePercent, long databaseBytes) {}

  /**
   * Looks at these.
   *
   * @param breakGlass how many requests for break-glass access wait for a lead
   */
  public TakeOverview(
      OperationsRecords records,
      Outbox outbox,
      SortingDesk desk,
      Statistics statistics,
      DirectorySource directory,
      Surroundings.Source surroundings,
      Supplier<List<CertificateEnd>> certificates,
      Function<PartyId, Circuit> circuits,
      LongSupplier breakGlass,
      Clock clock) {
    this.records = records;
    this.outbox = outbox;
    this.desk = desk;
    this.statistics = statistics;
    this.directory = directory;
    this.surroundings = surroundings;
    this.certificates = certificates;
    this.circuits = circuits;
    this.breakGlass = breakGlass;
    this.clock = clock;
    this.picture = new Remembered<>(this::look, Duration.ofSeconds(5), clock);
    this.lately =
        new Remembered<>(
            () -> records.traffic(clock.instant().minus(LATELY)), Duration.ofSeconds(30), clock);
    this.day = new Remembered<>(this::compare, Duration.ofMinutes(1), clock);
  }

  /** How everything stood at most five seconds ago. */
  public Overview overview() {
    return picture.get();
  }

  /** Every certificate that is depended on, the first to end first. */
  public List<CertificateEnd> certificates() {
    return certificates.get().stream().sorted(Comparator.comparing(CertificateEnd::ends)).toList();
  }

  /** One line per party that can receive, and per party that has letters waiting; as of now. */
  public List<QueueLine> queues() {
    Map<PartyId, QueueFigures> figures = new TreeMap<>();
    for (Party party : directory.current().parties()) {
      if (party.endpoint().isPresent()) {
        figures.put(party.id(), idle(party.id()));
      }
    }
    outbox.figures(clock.instant()).forEach(line -> figures.put(line.party(), line));
    Map<PartyId, QueueTraffic> attempts =
        lately.get().stream().collect(Collectors.toMap(QueueTraffic::party, Function.identity()));
    return figures.values().stream()
        .map(
            line ->
                new QueueLine(
                    line,
                    Optional.ofNullable(attempts.get(line.party()))
                        .orElseGet(() -> new QueueTraffic(line.party(), 0, 0)),
                    circuits.apply(line.party())))
        .toList();
  }

  private static QueueFigures idle(PartyId party) {
    return new QueueFigures(party, 0, Optional.empty(), 0, 0, 0, false, Optional.empty());
  }

  private Overview look() {
    Instant now = clock.instant();
    Surroundings around = surroundings.get();
    List<QueueLine> queues = queues();
    List<CertificateEnd> ending =
        certificates().stream().filter(one -> one.ends().isBefore(now.plus(ENDS_SOON))).toList();
    OperationsRecords.LetterStates letters = records.states(now);
    long toBeSorted = desk.openCount();
    Day today = day.get();
    return new Overview(
        now,
        letters,
        queues,
        today.received(),
        today.latePercent(),
        around,
        today.databaseBytes(),
        ending,
        toBeSorted,
        needs(around, queues, ending, letters.dead(), toBeSorted, breakGlass.getAsLong(), now));
  }

  private static List<Need> needs(
      Surroundings around,
      List<QueueLine> queues,
      List<CertificateEnd> ending,
      long dead,
      long toBeSorted,
      long waiting,
      Instant now) {
    List<Need> needs = new ArrayList<>();
    around.parts().stream()
        .filter(part -> !part.up())
        .forEach(part -> needs.add(new Need(Need.Kind.PART_DOWN, part.name(), 1)));
    if (around.stuck() > 0) {
      needs.add(new Need(Need.Kind.STUCK, "", around.stuck()));
    }
    if (around.diskFreePercent() < LEAST_FREE_PERCENT) {
      needs.add(new Need(Need.Kind.DISK_LOW, "", around.diskFreePercent()));
    }
    if (waiting > 0) {
      needs.add(new Need(Need.Kind.BREAK_GLASS_ASKED, "", waiting));
    }
    queues.forEach(queue -> needs.addAll(needs(queue, now)));
    ending.forEach(one -> needs.add(need(one, now)));
    if (dead > 0) {
      needs.add(new Need(Need.Kind.DEAD, "", dead));
    }
    if (toBeSorted > 0) {
      needs.add(new Need(Need.Kind.TO_BE_SORTED, "", toBeSorted));
    }
    needs.sort(Comparator.comparing(Need::kind).thenComparing(Need::subject));
    return needs;
  }

  private static List<Need> needs(QueueLine queue, Instant now) {
    QueueFigures figures = queue.figures();
    String party = figures.party().value();
    if (figures.paused()) {
      return figures.depth() == 0
          ? List.of()
          : List.of(new Need(Need.Kind.QUEUE_PAUSED, party, figures.depth()));
    }
    List<Need> needs = new ArrayList<>();
    if (queue.circuit().state() != Circuit.State.CLOSED) {
      needs.add(new Need(Need.Kind.CIRCUIT_OPEN, party, figures.depth()));
    }
    figures
        .oldest()
        .map(oldest -> Duration.between(oldest, now))
        .filter(age -> age.compareTo(WAITS_LONG) > 0)
        .ifPresent(age -> needs.add(new Need(Need.Kind.QUEUE_OLD, party, age.toMinutes())));
    return needs;
  }

  private static Need need(CertificateEnd one, Instant now) {
    Need.Kind kind =
        one.ends().isAfter(now) ? Need.Kind.CERTIFICATE_ENDS : Need.Kind.CERTIFICATE_ENDED;
    return new Need(kind, one.owner() + " " + one.name(), one.daysLeft(now));
  }

  private Day compare() {
    ZonedDateTime now = clock.instant().atZone(DeadlineRule.ZONE);
    return new Day(
        usual(now, at -> Optional.of(received(at))), usual(now, this::latePercent), records.size());
  }

  /** Today so far, and the median of the same weekday up to the same time. */
  private static Usual usual(ZonedDateTime now, Function<ZonedDateTime, Optional<Long>> figure) {
    List<Long> before =
        IntStream.rangeClosed(1, WEEKS)
            .mapToObj(weeks -> figure.apply(now.minusWeeks(weeks)))
            .flatMap(Optional::stream)
            .sorted()
            .toList();
    return new Usual(figure.apply(now), median(before));
  }

  private static Optional<Long> median(List<Long> sorted) {
    if (sorted.isEmpty()) {
      return Optional.empty();
    }
    int middle = sorted.size() / 2;
    return Optional.of(
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : Math.round((sorted.get(middle - 1) + sorted.get(middle)) / 2.0));
  }

  private long received(ZonedDateTime until) {
    Instant midnight = until.toLocalDate().atStartOfDay(DeadlineRule.ZONE).toInstant();
    return records.received(midnight, until.toInstant());
  }

  private Optional<Long> latePercent(ZonedDateTime at) {
    LocalDate of = at.toLocalDate();
    Tally tally =
        statistics
            .figures(new StatisticsQuery(of, of, List.of(), at.toInstant(), Optional.empty()))
            .total();
    long due = tally.count(Tally.Count.DUE);
    return due < FEWEST_DUE
        ? Optional.empty()
        : Optional.of(Math.round(100.0 * tally.count(Tally.Count.LATE_OR_OVERDUE) / due));
  }
}
