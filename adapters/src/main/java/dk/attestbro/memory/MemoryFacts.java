package dk.attestbro.memory;

import dk.attestbro.model.CaseFact;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.DischargeFact;
import dk.attestbro.port.StatisticsFigures;
import dk.attestbro.port.StatisticsQuery;
import dk.attestbro.port.Tally;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The facts as they stood at each time, and the figures counted fact by fact. */
final class MemoryFacts {
  private final Map<CaseId, List<CaseFact>> cases = new HashMap<>();
  private final Map<CaseId, List<DischargeFact>> discharges = new HashMap<>();

  /** Puts the fact; running the answer takes it away again. */
  Runnable put(CaseFact fact) {
    return put(
        cases.computeIfAbsent(fact.caseId(), any -> new ArrayList<>()),
        fact,
        CaseFact::at,
        CaseFact::at);
  }

  Runnable put(DischargeFact fact) {
    return put(
        discharges.computeIfAbsent(fact.caseId(), any -> new ArrayList<>()),
        fact,
        DischargeFact::at,
        DischargeFact::at);
  }

  private interface Dated<F> {
    F from(F fact, Instant at);
  }

  /** A list is in the order of time; of two that stand from one time on, the later put counts. */
  private static <F> Runnable put(List<F> facts, F fact, Function<F, Instant> at, Dated<F> dated) {
    if (facts.isEmpty()) {
      facts.add(fact);
      return () -> facts.remove(facts.size() - 1);
    }
    F last = facts.get(facts.size() - 1);
    if (dated.from(last, at.apply(fact)).equals(fact)) {
      return () -> {};
    }
    boolean back = at.apply(fact).isBefore(at.apply(last));
    facts.add(back ? dated.from(fact, at.apply(last)) : fact);
    return () -> facts.remove(facts.size() - 1);
  }

  /**
   * The figures.
   *
   * @param handled cases in which a letter took a manual step until the cut-off
   */
  StatisticsFigures figures(StatisticsQuery query, Set<CaseId> handled) {
    StatisticsFigures.Builder figures = new StatisticsFigures.Builder(query);
    standing(cases.values(), CaseFact::at, query.cutoff())
        .filter(fact -> query.concerns(fact.requester(), fact.unit()))
        .forEach(fact -> count(fact, query, handled, figures));
    standing(discharges.values(), DischargeFact::at, query.cutoff())
        .filter(fact -> query.concerns(fact.municipalityParty(), fact.unit()))
        .filter(fact -> query.isInPeriod(fact.noticedOn()))
        .forEach(
            fact ->
                figures
                    .of(
                        query.group(
                            fact.region(), fact.municipality(), fact.unit(), DischargeFact.FORM))
                    .noticed(fact.isBeforeDischarge(), fact.outcome(), 1));
    return figures.build();
  }

  private static <F> Stream<F> standing(
      Collection<List<F>> all, Function<F, Instant> at, Instant cutoff) {
    return all.stream()
        .map(
            facts ->
                facts.stream()
                    .filter(fact -> !at.apply(fact).isAfter(cutoff))
                    .reduce((earlier, later) -> later))
        .flatMap(Optional::stream);
  }

  private static void count(
      CaseFact fact,
      StatisticsQuery query,
      Set<CaseId> handled,
      StatisticsFigures.Builder figures) {
    List<String> group = query.group(fact.region(), fact.municipality(), fact.unit(), fact.form());
    if (query.isInPeriod(fact.openedOn())) {
      figures.of(group).requests(fact.acknowledgementSeconds(), 1);
      if (fact.receivedAt().isPresent() && handled.contains(fact.caseId())) {
        figures.of(group).tookManualStep(1);
      }
      fact.requestDays().ifPresent(days -> figures.of(group).requestedAfter(days, 1));
    }
    if (fact.hasLeft()) {
      if (fact.endedOn().filter(query::isInPeriod).isPresent()) {
        figures.of(group).ended(fact.endReason(), 1);
      }
    } else if (fact.placedOn().filter(query::isInPeriod).isPresent()) {
      Tally tally = figures.of(group);
      tally.followedUp(fact.reminders(), fact.interimReplies(), fact.questions());
      if (fact.repliedAt().isPresent()) {
        tally.replied(fact.replyDays(), fact.pausedDays(), fact.daysLate(query.today()), 1);
      } else {
        tally.open(fact.daysLate(query.today()), 1);
      }
    }
  }
}
