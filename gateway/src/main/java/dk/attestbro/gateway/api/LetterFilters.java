package dk.attestbro.gateway.api;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.Digest;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.CaseSearch;
import dk.attestbro.port.LetterQuery;
import dk.attestbro.port.Order;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What operations search for, as the parameters of a call or a page name it. An empty parameter is
 * none. Times are instants, or days in Europe/Copenhagen, of which the last is included.
 */
public final class LetterFilters {
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final Pattern YEAR = Pattern.compile("\\d{4}-");
  private static final String STATUS = "status";

  private final Map<String, String> parameters;
  private final int limit;

  private LetterFilters(Map<String, String> parameters, int limit) {
    this.parameters = parameters;
    this.limit = limit;
  }

  /**
   * The letters that the parameters name.
   *
   * @param limit how many, one more than a page shows
   * @throws MessageRefused PARAMETER_INVALID with the parameter's name
   */
  public static LetterQuery letters(Map<String, String> parameters, int limit) {
    LetterFilters filters = new LetterFilters(parameters, limit);
    return filters.letters(filters.statuses(), LetterQuery.NEWEST_FIRST);
  }

  /** The dead letters that the parameters name, oldest first where they do not say otherwise. */
  public static LetterQuery deadLetters(Map<String, String> parameters, int limit) {
    return new LetterFilters(parameters, limit)
        .letters(Set.of(LetterStatus.DEAD), new Order<>(LetterQuery.By.RECEIVED, false));
  }

  /** The cases that the parameters name, likewise. */
  public static CaseSearch cases(Map<String, String> parameters, LocalDate today, int limit) {
    return new LetterFilters(parameters, limit).cases(today);
  }

  private LetterQuery letters(Set<LetterStatus> statuses, Order<LetterQuery.By> otherwise) {
    Order<LetterQuery.By> order =
        SortParameter.read(given(SortParameter.NAME), LetterQuery.By.values(), otherwise);
    return new LetterQuery(
        read("letter", LetterId::new),
        read("bundle", BundleId::new),
        read("case", LetterFilters::caseId),
        read("party", PartyId::new),
        read("sender", PartyId::new),
        read("receiver", PartyId::new),
        read("event", LetterFilters::code),
        statuses,
        read("code", LetterFilters::code),
        read("from", text -> time(text, 0)),
        read("to", text -> time(text, 1)),
        Optional.<Digest>empty(),
        order,
        Paging.letterCursor(order, given("after")),
        limit);
  }

  private CaseSearch cases(LocalDate today) {
    Set<CertificateCase.State> states = EnumSet.noneOf(CertificateCase.State.class);
    boolean overdue = false;
    for (String name : names("state")) {
      if (name.equals("OPEN")) {
        Arrays.stream(CertificateCase.State.values())
            .filter(CertificateCase.State::isOpen)
            .forEach(states::add);
      } else if (name.equals("OVERDUE")) {
        overdue = true;
      } else {
        states.add(named("state", name, CertificateCase.State.values()));
      }
    }
    Set<CertificateCase.Whose> turns = EnumSet.noneOf(CertificateCase.Whose.class);
    names("turn").forEach(n -> turns.add(named("turn", n, CertificateCase.Whose.values())));
    Order<CaseSearch.By> order =
        SortParameter.read(
            given(SortParameter.NAME), CaseSearch.By.values(), CaseSearch.NEWEST_FIRST);
    return new CaseSearch(
        read("party", PartyId::new),
        turns,
        states,
        overdue ? Optional.of(today) : Optional.empty(),
        read("form", LetterFilters::code),
        read("from", text -> time(text, 0)),
        read("to", text -> time(text, 1)),
        order,
        Paging.caseCursor(order, given("after")),
        limit);
  }

  private Set<LetterStatus> statuses() {
    Set<LetterStatus> statuses = EnumSet.noneOf(LetterStatus.class);
    names(STATUS).forEach(name -> statuses.add(named(STATUS, name, LetterStatus.values())));
    return statuses;
  }

  private List<String> names(String parameter) {
    return given(parameter)
        .map(text -> List.of(text.toUpperCase(Locale.ROOT).split(",", -1)))
        .orElseGet(ArrayList::new);
  }

  private static <E extends Enum<E>> E named(String parameter, String name, E[] known) {
    return Arrays.stream(known)
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow(() -> invalid(parameter));
  }

  private Optional<String> given(String name) {
    return Optional.ofNullable(parameters.get(name)).map(String::strip).filter(t -> !t.isEmpty());
  }

  private <T> Optional<T> read(String name, Function<String, T> reading) {
    try {
      return given(name).map(reading);
    } catch (IllegalArgumentException | DateTimeException unusable) {
      throw invalid(name);
    }
  }

  private static CaseId caseId(String text) {
    return CaseId.parse(text).orElseThrow(IllegalArgumentException::new);
  }

  private static String code(String text) {
    if (!CODE.matcher(text).matches()) {
      throw new IllegalArgumentException("not a code");
    }
    return text;
  }

  /** An instant of a year of four digits, or the beginning of a day so many days later. */
  private static Instant time(String text, int daysLater) {
    if (!YEAR.matcher(text).lookingAt()) {
      throw new IllegalArgumentException("not a time");
    }
    return Fields.parseDate(text)
        .map(day -> day.plusDays(daysLater).atStartOfDay(DeadlineRule.ZONE).toInstant())
        .orElseGet(() -> Instant.parse(text));
  }

  private static MessageRefused invalid(String name) {
    return new MessageRefused(RefusalReason.PARAMETER_INVALID, name);
  }
}
