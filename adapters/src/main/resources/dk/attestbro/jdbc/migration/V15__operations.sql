-- What operations search for, newest first. Each index holds what a list shows or filters by, so that a page is found
-- in the index alone, whatever is combined; a page's rows are then read by their keys.

create index letter_received on letter (received_at, letter_id, sender) include (event, receiver, status);
create index letter_sender on letter (sender, received_at, letter_id) include (event, receiver, status);
create index letter_receiver on letter (receiver, received_at, letter_id, sender) include (event, status);
create index letter_event on letter (event, received_at, letter_id, sender) include (receiver, status);

drop index letter_status;
create index letter_status on letter (status, received_at, letter_id, sender) include (event, receiver);

-- Letters that were refused or are dead, by the codes that say why.
create index letter_problem on letter using gin (problem_reasons, problem_hints) where problem_reasons <> '{}';

create index envelope_bundle on envelope (bundle_id);

create index case_opened on certificate_case (opened_at, case_id) include (state, turn, form);

-- Attempts come in the order of their times.
create index transmission_at on transmission using brin (at) with (pages_per_range = 16, autosummarize = on);
