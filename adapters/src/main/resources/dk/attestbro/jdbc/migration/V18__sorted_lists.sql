-- Operations list cases by when they are due and by their state; the other orders have their indexes.
create index case_due on certificate_case (deadline_due, opened_at, case_id) include (state, turn, form);
create index case_state on certificate_case (state, opened_at, case_id) include (turn, form);
