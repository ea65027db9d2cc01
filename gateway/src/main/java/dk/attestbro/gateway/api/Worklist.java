package dk.attestbro.gateway.api;

import static java.util.stream.Collectors.toSet;

import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Form;
import dk.attestbro.model.Forms;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.CaseQuery;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.util.MultiValueMap;

/**
 * Which of its cases a party wants to see: {@code turn} ({@code mine}, or whose turn it is), {@code
 * state} (states, {@code open} or {@code overdue}), {@code dueBy} (a day) and {@code form}. Several
 * states or parties, repeated or with commas between, are alternatives; {@code mine} and {@code
 * overdue} narrow them.
 */
record Worklist(
    boolean mine,
    Set<CertificateCase.Whose> turns,
    Set<CertificateCase.State> states,
    Optional<LocalDate> overdueOn,
    Optional<LocalDate> dueBy,
    Set<String> formIds,
    Optional<CaseQuery.Cursor> after,
    int limit) {
  private static final String MINE = "mine";
  private static final String OPEN = "open";
  private static final String OVERDUE = "overdue";

  /**
   * Reads the parameters of the call.
   *
   * @throws MessageRefused PARAMETER_INVALID naming the first that cannot be used
   */
  static Worklist of(MultiValueMap<String, String> parameters, Forms forms, LocalDate today) {
    List<String> turns = values(parameters, "turn");
    List<String> states = values(parameters, "state");
    boolean overdue = states.remove(OVERDUE);
    Set<CertificateCase.State> wanted = EnumSet.noneOf(CertificateCase.State.class);
    if (states.remove(OPEN)) {
      Arrays.stream(CertificateCase.State.values())
          .filter(CertificateCase.State::isOpen)
          .forEach(wanted::add);
    }
    states.forEach(state -> wanted.add(constant(CertificateCase.State.class, "state", state)));
    boolean mine = turns.remove(MINE);
    Set<CertificateCase.Whose> whose = EnumSet.noneOf(CertificateCase.Whose.class);
    turns.forEach(turn -> whose.add(constant(CertificateCase.Whose.class, "turn", turn)));
    return new Worklist(
        mine,
        whose,
        wanted,
        overdue ? Optional.of(today) : Optional.empty(),
        first(parameters, "dueBy").map(text -> day("dueBy", text)),
        values(parameters, "form").stream().map(text -> form(forms, text)).collect(toSet()),
        Paging.caseCursor(first(parameters, "after")),
        Paging.limit(first(parameters, "limit").map(text -> number("limit", text))));
  }

  /** The query for these parties; one more than {@code limit}, to know whether there are more. */
  CaseQuery query(Set<PartyId> parties) {
    return new CaseQuery(parties, mine, turns, states, overdueOn, dueBy, formIds, after, limit + 1);
  }

  private static List<String> values(MultiValueMap<String, String> parameters, String name) {
    List<String> values = new ArrayList<>();
    parameters
        .getOrDefault(name, List.of())
        .forEach(
            text ->
                Arrays.stream(text.split(",", -1))
                    .map(value -> value.strip().toLowerCase(Locale.ROOT))
                    .forEach(values::add));
    return values;
  }

  private static Optional<String> first(MultiValueMap<String, String> parameters, String name) {
    return Optional.ofNullable(parameters.getFirst(name));
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String name, String text) {
    try {
      return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException unknown) {
      throw new MessageRefused(RefusalReason.PARAMETER_INVALID, name);
    }
  }

  private static String form(Forms forms, String text) {
    return forms
        .find(text.toUpperCase(Locale.ROOT))
        .map(Form::id)
        .orElseThrow(() -> new MessageRefused(RefusalReason.PARAMETER_INVALID, "form"));
  }

  private static LocalDate day(String name, String text) {
    return Fields.parseDate(text)
        .orElseThrow(() -> new MessageRefused(RefusalReason.PARAMETER_INVALID, name));
  }

  private static int number(String name, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException notANumber) {
      throw new MessageRefused(RefusalReason.PARAMETER_INVALID, name);
    }
  }
}
