package dk.attestbro.jdbc;

import static dk.attestbro.jdbc.Parameters.time;

import dk.attestbro.model.CaseId;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.PartyId;
import dk.attestbro.port.LetterLine;
import dk.attestbro.port.LetterQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds a page of letters. The keys of the page are found first, in an index alone; where a filter
 * has alternatives (sent by or to a party, a code of a refusal or of an attempt) each finds its own
 * page, and of all together the first count. Only the rows of the page are then read.
 */
final class LetterSearch {
  private static final String LINES =
      """
      select l.letter_id, l.sender, l.event, l.receiver, l.case_id, l.received_at, l.status,
        l.problem_reasons, l.problem_hints, o.phase, o.due_at, o.last_reason
      from (%s) k
      join letter l using (letter_id, sender)
      left join outbox o using (letter_id, sender)\
      """;

  // Few letters have a code, and they are found by it: with offset 0 the server does not look
  // through all letters in
  // the order of the page instead.
  private static final String ENDED =
      """
      (select * from letter where problem_reasons <> '{}'
        and (problem_reasons @> array[cast(:code as text)]
          or problem_hints @> array[cast(:code as text)]) offset 0)\
      """;

  private static final String WAITING =
      """
      (select l.* from outbox o join letter l using (letter_id, sender)
        where o.last_reason = :code offset 0)\
      """;

  // So few have these statuses that they are all found first and sorted then: in the order of
  // another
  // column the server might look through all others before the first of them.
  private static final String FEW = "(select %s from letter where status in (:statuses) offset 0)";

  private static final String FEW_COLUMNS =
      "letter_id, sender, event, receiver, status, received_at";
  private static final Set<LetterStatus> MANY =
      Set.of(LetterStatus.SENT, LetterStatus.ACKNOWLEDGED);
  private static final Set<LetterQuery.By> OWN_ORDER =
      Set.of(LetterQuery.By.RECEIVED, LetterQuery.By.STATUS);

  private final JdbcClient jdbc;

  LetterSearch(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<LetterLine> find(LetterQuery query) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    Keyset keyset = keyset(query);
    String filters = filters(query, parameters);
    String page =
        keyset.page(
            alternatives(query, parameters),
            filters,
            query.after().map(s -> seen(query, s)),
            parameters);
    return jdbc.sql(LINES.formatted(page) + keyset.orderOfAll())
        .params(parameters)
        .param("limit", query.limit())
        .query((row, number) -> line(row))
        .list();
  }

  /** Each order is that of an index. */
  private static Keyset keyset(LetterQuery query) {
    boolean bySender = query.order().by() == LetterQuery.By.SENDER;
    return new Keyset(
        column(query.order().by()),
        query.order().by() == LetterQuery.By.RECEIVER,
        bySender
            ? List.of("received_at", "letter_id")
            : List.of("received_at", "letter_id", "sender"),
        query.order().descending());
  }

  private static Optional<String> column(LetterQuery.By by) {
    return switch (by) {
      case RECEIVED -> Optional.empty();
      case EVENT -> Optional.of("event");
      case SENDER -> Optional.of("sender");
      case RECEIVER -> Optional.of("receiver");
      case STATUS -> Optional.of("status");
    };
  }

  private static Keyset.Seen seen(LetterQuery query, LetterQuery.Cursor cursor) {
    List<Object> ties = List.of(time(cursor.receivedAt()), cursor.id().value());
    return query.order().by() == LetterQuery.By.SENDER
        ? new Keyset.Seen(Optional.of(cursor.sender().value()), ties)
        : new Keyset.Seen(
            cursor.key().map(Object.class::cast),
            List.of(ties.get(0), ties.get(1), cursor.sender().value()));
  }

  /** Where to look, and a condition: what any of them finds is wanted. */
  private static List<String> alternatives(LetterQuery query, Map<String, Object> parameters) {
    query.code().ifPresent(code -> parameters.put("code", code));
    query.party().ifPresent(party -> parameters.put("party", party.value()));
    List<String> places =
        query.code().isEmpty() ? List.of(letters(query)) : List.of(ENDED, WAITING);
    List<String> parties =
        query.party().isEmpty()
            ? List.of("true")
            : List.of("k.sender = :party", "k.receiver = :party");
    return places.stream()
        .flatMap(place -> parties.stream().map(party -> place + " k where " + party))
        .toList();
  }

  private static String letters(LetterQuery query) {
    boolean few =
        !query.statuses().isEmpty()
            && Collections.disjoint(query.statuses(), MANY)
            && !OWN_ORDER.contains(query.order().by());
    boolean ofCases = query.caseId().isPresent() || query.citizen().isPresent();
    return few ? FEW.formatted(FEW_COLUMNS + (ofCases ? ", case_id" : "")) : "letter";
  }

  private static String filters(LetterQuery query, Map<String, Object> parameters) {
    StringBuilder sql = new StringBuilder();
    filter(sql, parameters, "k.letter_id = :", "letter", query.letter().map(Object::toString));
    filter(
        sql,
        parameters,
        "(k.letter_id, k.sender) in"
            + " (select letter_id, letter_sender from envelope where bundle_id = :",
        "bundle",
        query.bundle().map(Object::toString));
    if (query.bundle().isPresent()) {
      sql.append(')');
    }
    filter(sql, parameters, "k.case_id = :", "case", query.caseId().map(CaseId::value));
    filter(sql, parameters, "k.sender = :", "sender", query.sender().map(PartyId::value));
    filter(sql, parameters, "k.receiver = :", "receiver", query.receiver().map(PartyId::value));
    filter(sql, parameters, "k.event = :", "event", query.event());
    if (!query.statuses().isEmpty()) {
      sql.append(" and k.status in (:statuses)");
      parameters.put("statuses", query.statuses().stream().map(Enum::name).toList());
    }
    filter(sql, parameters, "k.received_at >= :", "from", query.from().map(Parameters::time));
    filter(sql, parameters, "k.received_at < :", "to", query.to().map(Parameters::time));
    query
        .citizen()
        .ifPresent(
            whom -> {
              sql.append(
                  " and k.case_id in"
                      + " (select case_id from certificate_case where citizen = :citizen)");
              parameters.put("citizen", HexFormat.of().parseHex(whom.hex()));
            });
    return sql.toString();
  }

  private static void filter(
      StringBuilder sql,
      Map<String, Object> parameters,
      String condition,
      String name,
      Optional<?> value) {
    value.ifPresent(
        given -> {
          sql.append(" and ").append(condition).append(name);
          parameters.put(name, given);
        });
  }

  private static LetterLine line(ResultSet row) throws SQLException {
    Optional<LetterLine.Waiting> waiting =
        Rows.text(row, "phase").isPresent()
            ? Optional.of(
                new LetterLine.Waiting(
                    OutboxRow.Phase.valueOf(row.getString("phase")),
                    Rows.instant(row, "due_at"),
                    Rows.text(row, "last_reason")))
            : Optional.empty();
    return new LetterLine(
        Rows.ref(row),
        row.getString("event"),
        Rows.text(row, "receiver").map(PartyId::new),
        Optional.ofNullable(row.getObject("case_id", UUID.class)).map(CaseId::new),
        Rows.instant(row, "received_at"),
        LetterStatus.valueOf(row.getString("status")),
        Rows.texts(row, "problem_reasons").stream().distinct().toList(),
        Rows.texts(row, "problem_hints").stream().filter(t -> !t.isEmpty()).distinct().toList(),
        waiting);
  }
}
