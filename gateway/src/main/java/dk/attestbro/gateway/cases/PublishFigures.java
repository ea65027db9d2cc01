package dk.attestbro.gateway.cases;

import dk.attestbro.gateway.cases.PublishedFigures.Row;
import dk.attestbro.gateway.cases.Suppression.Cell;
import dk.attestbro.gateway.cases.Suppression.Sum;
import dk.attestbro.port.Histogram;
import dk.attestbro.port.Statistics;
import dk.attestbro.port.StatisticsFigures;
import dk.attestbro.port.StatisticsFigures.Group;
import dk.attestbro.port.StatisticsQuery;
import dk.attestbro.port.Tally;
import dk.attestbro.port.Tally.Count;
import dk.attestbro.port.Tally.Measure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes figures fit to be shown: masks small counts, and derives shares and middles. */
public final class PublishFigures {
  /** The counts that are shown, in this order; the others serve to derive. */
  private static final List<Count> SHOWN =
      List.of(
          Count.REQUESTS,
          Count.DELIVERED,
          Count.DELIVERED_WITHOUT_MANUAL_STEP,
          Count.DUE,
          Count.REPLIES,
          Count.ON_TIME,
          Count.LATE,
          Count.OPEN_OVERDUE,
          Count.LATE_OR_OVERDUE,
          Count.OPEN_NOT_DUE,
          Count.RETURNED,
          Count.CANCELLED,
          Count.CONSENT_ENDED,
          Count.CONCLUDED,
          Count.INTERIM_REPLIES,
          Count.QUESTIONS,
          Count.DISCHARGE_NOTICES,
          Count.NOTICED_BEFORE_DISCHARGE,
          Count.NOTICED_ON_OR_AFTER_DISCHARGE,
          Count.WITHOUT_MENTOR_OUTCOME);

  /** Which counts are the sum of which others. */
  private static final Map<Count, List<List<Count>>> SUMS =
      Map.of(
          Count.REPLIES, List.of(List.of(Count.ON_TIME, Count.LATE)),
          Count.LATE_OR_OVERDUE, List.of(List.of(Count.LATE, Count.OPEN_OVERDUE)),
          Count.DUE,
              List.of(
                  List.of(Count.REPLIES, Count.OPEN_OVERDUE),
                  List.of(Count.ON_TIME, Count.LATE_OR_OVERDUE)),
          Count.CONCLUDED,
              List.of(List.of(Count.REPLIES, Count.RETURNED, Count.CANCELLED, Count.CONSENT_ENDED)),
          Count.DISCHARGE_NOTICES,
              List.of(
                  List.of(Count.NOTICED_BEFORE_DISCHARGE, Count.NOTICED_ON_OR_AFTER_DISCHARGE)));

  private static final String RETURNED_FOR = "returnedByReason.";
  private static final String OUTCOME = "mentorOutcomes.";
  private static final int NINETY = 90;

  private final Statistics statistics;

  public PublishFigures(Statistics statistics) {
    this.statistics = statistics;
  }

  /** The figures asked for, as they may be shown. */
  public PublishedFigures figures(StatisticsQuery query) {
    return published(statistics.figures(query));
  }

  static PublishedFigures published(StatisticsFigures figures) {
    List<Group> rows = new ArrayList<>();
    Tally total = figures.total();
    rows.add(new Group(List.of(), total));
    if (!figures.query().by().isEmpty()) {
      rows.addAll(figures.groups());
    }
    SortedSet<String> reasons = new TreeSet<>(total.returned().keySet());
    SortedSet<String> outcomes = new TreeSet<>(total.outcomes().keySet());
    List<Map<String, Long>> counts =
        rows.stream().map(row -> counts(row.tally(), reasons, outcomes)).toList();
    Set<Cell> hidden = Suppression.of(counts, sums(counts, reasons, outcomes));
    List<Row> shown = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      shown.add(row(rows.get(row), new Shown(row, counts.get(row), hidden), reasons, outcomes));
    }
    return new PublishedFigures(figures.query(), shown.get(0), shown.subList(1, shown.size()));
  }

  private static Map<String, Long> counts(Tally tally, Set<String> reasons, Set<String> outcomes) {
    Map<String, Long> counts = new LinkedHashMap<>();
    SHOWN.forEach(count -> counts.put(name(count), tally.count(count)));
    reasons.forEach(
        reason -> counts.put(RETURNED_FOR + reason, tally.returned().getOrDefault(reason, 0L)));
    outcomes.forEach(code -> counts.put(OUTCOME + code, tally.outcomes().getOrDefault(code, 0L)));
    return counts;
  }

  private static List<Sum> sums(
      List<Map<String, Long>> rows, Set<String> reasons, Set<String> outcomes) {
    List<Sum> sums = new ArrayList<>();
    List<String> returned = reasons.stream().map(reason -> RETURNED_FOR + reason).toList();
    List<String> noticed =
        Stream.concat(
                outcomes.stream().map(code -> OUTCOME + code),
                Stream.of(name(Count.WITHOUT_MENTOR_OUTCOME)))
            .toList();
    for (int row = 0; row < rows.size(); row++) {
      for (Map.Entry<Count, List<List<Count>>> of : SUMS.entrySet()) {
        for (List<Count> parts : of.getValue()) {
          sums.add(sum(row, of.getKey(), parts.stream().map(PublishFigures::name).toList()));
        }
      }
      sums.add(sum(row, Count.RETURNED, returned));
      sums.add(sum(row, Count.DISCHARGE_NOTICES, noticed));
    }
    if (rows.size() > 1) {
      for (String name : rows.get(0).keySet()) {
        List<Cell> parts = new ArrayList<>();
        for (int row = 1; row < rows.size(); row++) {
          parts.add(new Cell(row, name));
        }
        sums.add(new Sum(new Cell(0, name), parts));
      }
    }
    return sums;
  }

  private static Sum sum(int row, Count total, List<String> parts) {
    return new Sum(
        new Cell(row, name(total)), parts.stream().map(part -> new Cell(row, part)).toList());
  }

  /** The counts of one row, where they may be shown. */
  private record Shown(int row, Map<String, Long> counts, Set<Cell> hidden) {
    OptionalLong count(String name) {
      return hidden.contains(new Cell(row, name))
          ? OptionalLong.empty()
          : OptionalLong.of(counts.getOrDefault(name, 0L));
    }

    OptionalDouble share(Count part, Count of) {
      OptionalLong numerator = count(name(part));
      OptionalLong denominator = count(name(of));
      return numerator.isPresent()
              && denominator.isPresent()
              && denominator.getAsLong() >= Suppression.LEAST
          ? OptionalDouble.of((double) numerator.getAsLong() / denominator.getAsLong())
          : OptionalDouble.empty();
    }
  }

  private static Row row(Group group, Shown shown, Set<String> reasons, Set<String> outcomes) {
    Map<String, OptionalLong> counts = new LinkedHashMap<>();
    SHOWN.forEach(count -> counts.put(name(count), shown.count(name(count))));
    return new Row(
        group.values(),
        counts,
        byCode(reasons, reason -> shown.count(RETURNED_FOR + reason)),
        byCode(outcomes, code -> shown.count(OUTCOME + code)),
        derived(group.tally(), shown));
  }

  private static Map<String, OptionalLong> byCode(
      Set<String> codes, Function<String, OptionalLong> count) {
    return codes.stream()
        .collect(Collectors.toMap(code -> code, count, (one, other) -> one, LinkedHashMap::new));
  }

  private static Map<String, OptionalDouble> derived(Tally tally, Shown shown) {
    Histogram reply = tally.measured(Measure.DAYS_TO_REPLY);
    Histogram net = tally.measured(Measure.NET_DAYS_TO_REPLY);
    Histogram late = tally.measured(Measure.DAYS_LATE);
    Histogram start = tally.measured(Measure.DAYS_FROM_CASE_START_TO_REQUEST);
    Histogram acknowledged = tally.measured(Measure.SECONDS_TO_ACKNOWLEDGEMENT);
    Map<String, OptionalDouble> derived = new LinkedHashMap<>();
    derived.put("shareLate", shown.share(Count.LATE_OR_OVERDUE, Count.DUE));
    derived.put("medianDaysToReply", enough(reply, Histogram::median));
    derived.put("meanDaysToReply", enough(reply, Histogram::mean));
    derived.put("p90DaysToReply", enough(reply, PublishFigures::ninetieth));
    derived.put("medianNetDaysToReply", enough(net, Histogram::median));
    derived.put("medianDaysLate", enough(late, Histogram::median));
    derived.put("shareReturned", shown.share(Count.RETURNED, Count.CONCLUDED));
    derived.put("shareCancelled", shown.share(Count.CANCELLED, Count.CONCLUDED));
    derived.put("remindersPerCase", remindersPerCase(tally));
    derived.put("medianDaysCaseStartToRequest", enough(start, Histogram::median));
    derived.put(
        "shareDeliveredWithoutManualStep",
        shown.share(Count.DELIVERED_WITHOUT_MANUAL_STEP, Count.DELIVERED));
    derived.put("medianSecondsToAcknowledgement", enough(acknowledged, Histogram::median));
    derived.put("p90SecondsToAcknowledgement", enough(acknowledged, PublishFigures::ninetieth));
    return derived;
  }

  private static OptionalDouble enough(
      Histogram measured, Function<Histogram, OptionalDouble> figure) {
    return measured.size() < Suppression.LEAST ? OptionalDouble.empty() : figure.apply(measured);
  }

  private static OptionalDouble ninetieth(Histogram measured) {
    OptionalLong value = measured.percentile(NINETY);
    return value.isPresent() ? OptionalDouble.of(value.getAsLong()) : OptionalDouble.empty();
  }

  private static OptionalDouble remindersPerCase(Tally tally) {
    long cases = tally.count(Count.CASES);
    return cases < Suppression.LEAST
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) tally.count(Count.REMINDERS) / cases);
  }

  /** {@code LATE_OR_OVERDUE} as {@code lateOrOverdue}. */
  private static String name(Count count) {
    StringBuilder name = new StringBuilder();
    for (String word : count.name().toLowerCase(Locale.ROOT).split("_")) {
      name.append(
          name.isEmpty()
              ? word
              : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return name.toString();
  }
}
