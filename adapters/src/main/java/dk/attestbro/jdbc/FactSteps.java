package dk.attestbro.jdbc;

import dk.attestbro.model.CaseFact;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.DischargeFact;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The statements that put a fact: its place where that is new; the end of the row that stands, if
 * it says something else; and a new row, if none stands then.
 */
final class FactSteps {
  private static final String PLACE =
      "(select place from fact_place where form = ? and requester = ? and municipality = ?"
          + " and unit = ? and region = ?)";

  private static final String ADD_PLACE =
      """
      insert into fact_place (form, requester, municipality, unit, region) \
      select ?, ?, ?, ?, ? where not exists (select from fact_place where form = ? \
      and requester = ? and municipality = ? and unit = ? and region = ?) \
      on conflict (form, requester, municipality, unit, region) do nothing""";

  private static final Table CASES =
      new Table(
          "case_fact",
          "state, opened_at, received_at, due, replied_at, ended_at, end_reason, paused_days,"
              + " reminders, interim_replies, questions, case_started_on, place",
          "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, " + PLACE);

  private static final Table DISCHARGES =
      new Table(
          "discharge_fact",
          "discharge_date, noticed_at, outcome, outcome_at, place",
          "?, ?, ?, ?, " + PLACE);

  private FactSteps() {}

  static void put(CaseFact fact, List<Step> steps) {
    Place place =
        new Place(
            fact.form(),
            fact.requester().value(),
            fact.municipality(),
            fact.unit().value(),
            fact.region());
    put(CASES, fact.caseId(), fact.at(), place, to -> values(fact, place, to), steps);
  }

  static void put(DischargeFact fact, List<Step> steps) {
    Place place =
        new Place(
            DischargeFact.FORM,
            fact.municipalityParty().value(),
            fact.municipality(),
            fact.unit().value(),
            fact.region());
    put(DISCHARGES, fact.caseId(), fact.at(), place, to -> values(fact, place, to), steps);
  }

  private static void put(
      Table table, CaseId id, Instant at, Place place, Step.Binding values, List<Step> steps) {
    String key = id.toString();
    steps.add(add(place));
    steps.add(
        step(
            key,
            table.close(),
            to -> {
              to.instant(at).uuid(id.value());
              values.bind(to);
            }));
    steps.add(
        step(
            key,
            table.open(),
            to -> {
              to.uuid(id.value()).instant(at).uuid(id.value());
              values.bind(to);
              to.uuid(id.value());
            }));
  }

  private static void values(CaseFact fact, Place place, Parameters to) throws SQLException {
    to.text(fact.state().name())
        .instant(fact.openedAt())
        .instant(fact.receivedAt())
        .date(fact.due())
        .instant(fact.repliedAt())
        .instant(fact.endedAt())
        .text(fact.endReason())
        .number(fact.pausedDays())
        .number(fact.reminders())
        .number(fact.interimReplies())
        .number(fact.questions())
        .date(fact.caseStartedOn());
    place.bind(to);
  }

  private static void values(DischargeFact fact, Place place, Parameters to) throws SQLException {
    to.date(Optional.of(fact.dischargeDate()))
        .instant(fact.noticedAt())
        .text(fact.outcome())
        .instant(fact.outcomeAt());
    place.bind(to);
  }

  private static Step add(Place place) {
    return new Step(
        Step.Place.FACT_PLACE,
        place.toString(),
        ADD_PLACE,
        Optional.empty(),
        to -> {
          place.bind(to);
          place.bind(to);
        });
  }

  private static Step step(String key, String sql, Step.Binding binding) {
    return new Step(Step.Place.FACT, key, sql, Optional.empty(), binding);
  }

  /** Where facts of a kind stand, each row from {@code since} until {@code until}. */
  private record Table(String name, String columns, String values) {
    // A clock that went back ends a row where it began: such a row never stands.
    String close() {
      return "update "
          + name
          + " set until = greatest(?, since) where case_id = ? and until = 'infinity' and ("
          + columns
          + ") is distinct from ("
          + values
          + ")";
    }

    String open() {
      return "insert into "
          + name
          + " (case_id, since, "
          + columns
          + ") select ?, greatest(?, (select max(until) from "
          + name
          + " where case_id = ?)), "
          + values
          + " where not exists (select from "
          + name
          + " where case_id = ? and until = 'infinity')";
    }
  }

  /** Who asked whom for what. */
  private record Place(
      String form, String requester, String municipality, String unit, String region) {
    void bind(Parameters to) throws SQLException {
      to.text(form).text(requester).text(municipality).text(unit).text(region);
    }
  }
}
