package dk.attestbro.jdbc;

import dk.attestbro.model.CaseId;
import dk.attestbro.model.CaseOpening;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.CertificateCase.State;
import dk.attestbro.model.Digest;
import dk.attestbro.model.PartyId;
import dk.attestbro.port.CaseLists;
import dk.attestbro.port.CaseQuery;
import dk.attestbro.port.Order;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds cases. */
final class CaseQueries {
  private static final String SELECT = "select * from certificate_case where ";
  static final String RUNS_OUT = "state in (:open) and deadline_state = 'RUNNING'";
  static final List<String> OPEN =
      Arrays.stream(State.values()).filter(State::isOpen).map(Enum::name).toList();

  private final JdbcClient jdbc;

  CaseQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<CertificateCase> one(CaseId id) {
    return jdbc.sql(SELECT + "case_id = ?")
        .param(id.value())
        .query((row, number) -> CaseRow.read(row))
        .optional();
  }

  List<CertificateCase> wanted(CaseQuery query) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("parties", query.parties().stream().map(PartyId::value).toList());
    parameters.put("limit", query.limit());
    String rest = filters(query, parameters) + " order by opened_at, case_id limit :limit)";
    String mine = query.mine() ? " and turn = " : "";
    return list(
        "("
            + SELECT
            + "requester in (:parties)"
            + (query.mine() ? mine + "'REQUESTER'" : "")
            + rest
            + " union ("
            + SELECT
            + "responder in (:parties)"
            + (query.mine() ? mine + "'RESPONDER'" : "")
            + rest
            + " order by opened_at, case_id limit :limit",
        parameters);
  }

  List<CertificateCase> listed(CaseQuery query, Order<CaseLists.By> order, long skip) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    String way = order.descending() ? " desc" : "";
    String sql =
        SELECT
            + all(query, parameters)
            + " order by "
            + column(order.by())
            + way
            + " nulls last, case_id limit :limit offset :skip";
    parameters.put("limit", query.limit());
    parameters.put("skip", skip);
    return list(sql, parameters);
  }

  long count(CaseQuery query) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    String sql = "select count(*) from certificate_case where " + all(query, parameters);
    return jdbc.sql(sql).params(parameters).query(Long.class).single();
  }

  private static String all(CaseQuery query, Map<String, Object> parameters) {
    parameters.put("parties", query.parties().stream().map(PartyId::value).toList());
    return "(requester in (:parties)"
        + (query.mine() ? " and turn = 'REQUESTER'" : "")
        + " or responder in (:parties)"
        + (query.mine() ? " and turn = 'RESPONDER'" : "")
        + ")"
        + filters(query, parameters);
  }

  private static String column(CaseLists.By by) {
    return switch (by) {
      case OPENED -> "opened_at";
      case UPDATED -> "updated_at";
      case DUE -> "deadline_due";
      case FORM -> "form";
      case STATE -> "state";
    };
  }

  private static String filters(CaseQuery query, Map<String, Object> parameters) {
    StringBuilder filters = new StringBuilder();
    if (!query.turns().isEmpty()) {
      filters.append(" and turn in (:turns)");
      parameters.put("turns", names(query.turns()));
    }
    if (!query.states().isEmpty()) {
      filters.append(" and state in (:states)");
      parameters.put("states", names(query.states()));
    }
    query
        .overdueOn()
        .ifPresent(
            day -> {
              filters.append(" and " + RUNS_OUT + " and deadline_due < :overdueOn");
              parameters.put("overdueOn", day);
              parameters.put("open", OPEN);
            });
    query
        .dueBy()
        .ifPresent(
            day -> {
              filters.append(" and " + RUNS_OUT + " and deadline_due <= :dueBy");
              parameters.put("dueBy", day);
              parameters.put("open", OPEN);
            });
    if (!query.forms().isEmpty()) {
      filters.append(" and form in (:forms)");
      parameters.put("forms", query.forms());
    }
    query
        .after()
        .ifPresent(
            cursor -> {
              filters.append(" and (opened_at, case_id) > (:openedAt, :caseId)");
              parameters.put("openedAt", Parameters.time(cursor.openedAt()));
              parameters.put("caseId", cursor.id().value());
            });
    return filters.toString();
  }

  private static List<String> names(Collection<? extends Enum<?>> values) {
    return values.stream().map(Enum::name).toList();
  }

  List<CertificateCase> toFollowUp(
      LocalDate dueBy, LocalDate today, Optional<CaseId> after, int limit) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("open", OPEN);
    parameters.put("dueBy", dueBy);
    parameters.put("today", today);
    parameters.put("limit", limit);
    after.ifPresent(id -> parameters.put("after", id.value()));
    return list(
        SELECT
            + "state in (:open)"
            + " and ((deadline_state = 'RUNNING' and deadline_due <= :dueBy)"
            + " or consent_until < :today)"
            + (after.isPresent() ? " and case_id > :after" : "")
            + " order by case_id limit :limit",
        parameters);
  }

  int latestRequestNumber(CaseOpening opening, Digest citizen) {
    return jdbc.sql(
            "select coalesce(max(request_number), 0) from certificate_case"
                + " where citizen = :citizen and first_requester = :requester and form = :form"
                + " and first_responder = :responder")
        .param("citizen", HexFormat.of().parseHex(citizen.hex()))
        .param("requester", opening.requester().value())
        .param("form", opening.form())
        .param("responder", opening.responder().value())
        .query(Integer.class)
        .single();
  }

  Optional<CertificateCase> sameRequest(
      PartyId requester, PartyId responder, String form, Digest citizen, Instant since) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("requester", requester.value());
    parameters.put("responder", responder.value());
    parameters.put("form", form);
    parameters.put("citizen", HexFormat.of().parseHex(citizen.hex()));
    parameters.put("since", Parameters.time(since));
    parameters.put("open", OPEN);
    return list(
            SELECT
                + "citizen = :citizen and first_requester = :requester and form = :form"
                + " and (responder = :responder or first_responder = :responder)"
                + " and (state in (:open) or replied_at >= :since)"
                + " order by opened_at desc, case_id desc limit 1",
            parameters)
        .stream()
        .findFirst();
  }

  private List<CertificateCase> list(String sql, Map<String, Object> parameters) {
    return jdbc.sql(sql).params(parameters).query((row, number) -> CaseRow.read(row)).list();
  }
}
