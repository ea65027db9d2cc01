-- A case is told from its opening and its turns. What stands beside them is told from them too, and is there to be
-- searched: requester, responder, state, turn, replied_at.

alter table certificate_case
  add column first_requester text  collate "C",
  add column first_responder text  collate "C",
  add column rule            jsonb,
  add column turns           jsonb,
  add column turn            text  collate "C",
  add column set_date        date,
  add column consent_until   date,
  add column citizen         bytea,
  add column replied_at      timestamptz;

-- Cases of before: all rules were so many calendar days from the proven receipt, and the turns stand in the letters.
update certificate_case c set
  first_requester = requester,
  first_responder = responder,
  turn = case state
    when 'SENT' then 'GATEWAY' when 'RECEIVED' then 'RESPONDER'
    when 'REPLIED' then 'REQUESTER' when 'RETURNED' then 'REQUESTER' else 'NONE' end,
  rule = jsonb_build_object(
    'id', split_part(deadline_rule, '/', 1),
    'version', split_part(deadline_rule, '/', 2)::int,
    'limits', jsonb_build_array(jsonb_build_object('start', 'RECEIVED', 'length', 14, 'unit', 'CALENDAR_DAYS')),
    'rollForward', false,
    'ownDefault', deadline_rule like 'PSYK125%',
    'validFrom', '2023-01-01'),
  turns = coalesce((
    select jsonb_agg(t.turn order by t.at) from (
      select l.ack_at as at, jsonb_build_object(
          'kind', 'ACKNOWLEDGED', 'at', to_char(l.ack_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
          'by', c.responder, 'sender', l.sender, 'letter', l.letter_id) as turn
        from letter l
        where l.letter_id = c.request_letter_id and l.sender = c.request_sender and l.ack_code = 'ok'
      union all
      select l.received_at, jsonb_build_object(
          'kind', case l.event
            when 'certificate-reply' then 'REPLIED' when 'certificate-returned' then 'RETURNED'
            when 'certificate-cancellation' then 'CANCELLED' else 'FILED' end,
          'at', to_char(l.received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
          'by', l.sender, 'sender', l.sender, 'letter', l.letter_id)
        from letter l
        where l.case_id = c.case_id and l.status <> 'REFUSED' and l.event in
          ('certificate-reply', 'certificate-returned', 'certificate-cancellation', 'filed')) t), '[]'),
  replied_at = (
    select min(l.received_at) from letter l
      where l.case_id = c.case_id and l.status <> 'REFUSED' and l.event = 'certificate-reply');

alter table certificate_case
  alter column first_requester set not null,
  alter column first_responder set not null,
  alter column rule set not null,
  alter column turns set not null,
  alter column turn set not null;

create index case_citizen on certificate_case (citizen, first_requester, form) where citizen is not null;
create index case_running on certificate_case (deadline_due)
  where deadline_state = 'RUNNING' and state in ('SENT', 'RECEIVED', 'ASSIGNED', 'AWAITING_CLARIFICATION', 'FORWARDED');
create index case_consent on certificate_case (consent_until)
  where state in ('SENT', 'RECEIVED', 'ASSIGNED', 'AWAITING_CLARIFICATION', 'FORWARDED');

alter table receipt add column warnings text[] not null default '{}';
