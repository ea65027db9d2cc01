package dk.attestbro.jdbc;

import dk.attestbro.model.CertificateCase;
import dk.attestbro.port.CaseSearch;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds a page of cases of all parties. The keys of the page are found first, in an index where one
 * has what is asked for; only the rows of the page are then read.
 */
final class CaseFinding {
  private static final String CASES =
      "select c.* from (%s) k join certificate_case c using (case_id)";

  private final JdbcClient jdbc;

  CaseFinding(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<CertificateCase> find(CaseSearch search) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    Keyset keyset = keyset(search);
    String filters = filters(search, parameters);
    String page =
        keyset.page(
            parties(search, parameters),
            filters,
            search.after().map(s -> seen(search, s)),
            parameters);
    return jdbc.sql(CASES.formatted(page) + keyset.orderOfAll())
        .params(parameters)
        .param("limit", search.limit())
        .query((row, number) -> CaseRow.read(row))
        .list();
  }

  private static Keyset keyset(CaseSearch search) {
    CaseSearch.By by = search.order().by();
    return new Keyset(
        column(by),
        by == CaseSearch.By.DUE,
        List.of("opened_at", "case_id"),
        search.order().descending());
  }

  private static Optional<String> column(CaseSearch.By by) {
    return switch (by) {
      case OPENED -> Optional.empty();
      case REQUESTER -> Optional.of("requester");
      case RESPONDER -> Optional.of("responder");
      case STATE -> Optional.of("state");
      case DUE -> Optional.of("deadline_due");
    };
  }

  private static Keyset.Seen seen(CaseSearch search, CaseSearch.Cursor cursor) {
    boolean day = search.order().by() == CaseSearch.By.DUE;
    return new Keyset.Seen(
        cursor.key().map(key -> day ? LocalDate.parse(key) : key),
        List.of(Parameters.time(cursor.openedAt()), cursor.id().value()));
  }

  /** Where to look, and a condition: what any of them finds is wanted. */
  private static List<String> parties(CaseSearch search, Map<String, Object> parameters) {
    search.party().ifPresent(party -> parameters.put("party", party.value()));
    return search.party().isEmpty()
        ? List.of("certificate_case k where true")
        : List.of(
            "certificate_case k where requester = :party",
            "certificate_case k where responder = :party");
  }

  private static String filters(CaseSearch search, Map<String, Object> parameters) {
    StringBuilder sql = new StringBuilder();
    if (!search.turns().isEmpty()) {
      sql.append(" and turn in (:turns)");
      parameters.put("turns", search.turns().stream().map(Enum::name).toList());
    }
    if (!search.states().isEmpty()) {
      sql.append(" and state in (:states)");
      parameters.put("states", search.states().stream().map(Enum::name).toList());
    }
    search
        .overdueOn()
        .ifPresent(
            day -> {
              sql.append(" and " + CaseQueries.RUNS_OUT + " and deadline_due < :overdueOn");
              parameters.put("overdueOn", day);
              parameters.put("open", CaseQueries.OPEN);
            });
    search
        .form()
        .ifPresent(
            form -> {
              sql.append(" and form = :form");
              parameters.put("form", form);
            });
    time(sql, parameters, " and opened_at >= :", "from", search.from());
    time(sql, parameters, " and opened_at < :", "to", search.to());
    return sql.toString();
  }

  private static void time(
      StringBuilder sql,
      Map<String, Object> parameters,
      String condition,
      String name,
      Optional<Instant> at) {
    at.ifPresent(
        given -> {
          sql.append(condition).append(name);
          parameters.put(name, Parameters.time(given));
        });
  }
}
