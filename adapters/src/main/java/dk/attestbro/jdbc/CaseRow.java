package dk.attestbro.jdbc;

import dk.attestbro.model.CaseId;
import dk.attestbro.model.CaseOpening;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Deadline;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.RetentionRules;
import dk.attestbro.port.Commit;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * A case as its row. The opening, the turns and the deadline are the truth; where the case stands
 * is told from them again when it is read, and stands in the row only to be searched.
 */
final class CaseRow {
  private CaseRow() {}

  static Step add(CertificateCase added, OptionalInt requestNumber) {
    CaseOpening opening = added.opening();
    return new Step(
        Step.Place.CASE,
        added.id().toString(),
        """
        insert into certificate_case (form, free_questions, first_requester, first_responder, \
        request_sender, request_letter_id, rule, opened_at, set_date, consent_until, \
        started_on, citizen, request_number, \
        requester, responder, state, turn, turns, deadline_state, deadline_rule, deadline_due, \
        replied_at, updated_at, done_at, version, case_id) \
        values (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, \
        ?, ?, ?, ?, ?, ?, ?, ?) \
        on conflict do nothing""",
        Optional.of(Commit.CASE_EXISTS),
        to -> {
          to.text(opening.form())
              .number(opening.freeQuestions())
              .text(opening.requester().value())
              .text(opening.responder().value())
              .text(opening.request().sender().value())
              .text(opening.request().id().value())
              .text(CaseJson.write(opening.rule()))
              .instant(opening.openedAt())
              .date(opening.setDate())
              .date(opening.consentUntil())
              .date(opening.startedOn())
              .digest(opening.citizen())
              .number(requestNumber);
          standing(added, to);
          to.number(added.version()).uuid(added.id().value());
        });
  }

  static Step update(CertificateCase updated) {
    return new Step(
        Step.Place.CASE,
        updated.id().toString(),
        """
        update certificate_case set requester = ?, responder = ?, state = ?, turn = ?, \
        turns = ?::jsonb, deadline_state = ?, deadline_rule = ?, deadline_due = ?, \
        replied_at = ?, updated_at = ?, done_at = ?, holds_content = true, version = version + 1 \
        where case_id = ? and version = ?""",
        Optional.of(Commit.STALE),
        to -> {
          standing(updated, to);
          to.uuid(updated.id().value()).number(updated.version());
        });
  }

  private static void standing(CertificateCase row, Parameters to) throws SQLException {
    Deadline deadline = row.deadline();
    to.text(row.requester().value())
        .text(row.responder().value())
        .text(row.state().name())
        .text(row.turn().name())
        .text(CaseJson.write(row.turns()))
        .text(deadline.state().name())
        .text(deadline.rule())
        .date(deadline.due())
        .instant(row.standing().repliedAt())
        .instant(row.updatedAt())
        .instant(RetentionRules.doneAt(row));
  }

  static CertificateCase read(ResultSet row) throws SQLException {
    return CertificateCase.of(
        new CaseOpening(
            new CaseId(row.getObject("case_id", UUID.class)),
            row.getString("form"),
            row.getInt("free_questions"),
            new PartyId(row.getString("first_requester")),
            new PartyId(row.getString("first_responder")),
            Rows.ref(row, "request_sender", "request_letter_id"),
            CaseJson.rule(row.getString("rule")),
            Rows.instant(row, "opened_at"),
            date(row, "set_date"),
            date(row, "consent_until"),
            date(row, "started_on"),
            Rows.optionalDigest(row, "citizen")),
        CaseJson.turns(row.getString("turns")),
        new Deadline(
            Deadline.State.valueOf(row.getString("deadline_state")),
            row.getString("deadline_rule"),
            date(row, "deadline_due")),
        row.getInt("version"));
  }

  private static Optional<LocalDate> date(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, LocalDate.class));
  }
}
