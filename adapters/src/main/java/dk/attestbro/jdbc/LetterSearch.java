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
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds a page of letters. The keys of the page are found first, in an index alone; where a filter
 * has alternatives (sent by or to a party, a code of a refusal or of an attempt) each finds its own
 * page and the newest of all count. Only the rows of the page are then read.
 */
final class LetterSearch {
  private static final String NEWEST =
      " order by received_at desc, letter_id desc, sender desc limit :limit";

  private static final String LINES =
      """
      select l.letter_id, l.sender, l.event, l.receiver, l.case_id, l.received_at, l.status,
        l.problem_reasons, o.phase, o.due_at, o.last_reason
      from (%s) found
      join letter l using (letter_id, sender)
      left join outbox o using (letter_id, sender)
      order by found.received_at desc, letter_id desc, sender desc\
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

  private final JdbcClient jdbc;

  LetterSearch(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<LetterLine> find(LetterQuery query) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    String filters = filters(query, parameters);
    String keys =
        alternatives(query, parameters).stream()
            .map(
                one ->
                    "(select letter_id, sender, received_at from " + one + filters + NEWEST + ")")
            .collect(Collectors.joining(" union "));
    return jdbc.sql(LINES.formatted("select * from (" + keys + ") pages" + NEWEST))
        .params(parameters)
        .param("limit", query.limit())
        .query((row, number) -> line(row))
        .list();
  }

  /** Where to look, and a condition: what any of them finds is wanted. */
  private static List<String> alternatives(LetterQuery query, Map<String, Object> parameters) {
    query.code().ifPresent(code -> parameters.put("code", code));
    query.party().ifPresent(party -> parameters.put("party", party.value()));
    List<String> places = query.code().isEmpty() ? List.of("letter") : List.of(ENDED, WAITING);
    List<String> parties =
        query.party().isEmpty()
            ? List.of("true")
            : List.of("k.sender = :party", "k.receiver = :party");
    return places.stream()
        .flatMap(place -> parties.stream().map(party -> place + " k where " + party))
        .toList();
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
    query
        .after()
        .ifPresent(
            seen -> {
              sql.append(" and (k.received_at, k.letter_id, k.sender) < (:at, :id, :by)");
              parameters.put("at", time(seen.receivedAt()));
              parameters.put("id", seen.id().value());
              parameters.put("by", seen.sender().value());
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
        waiting);
  }
}
