-- What is deleted when. A row says whether anything sealed is held of it (its content, the texts of its
-- acknowledgement), and since when nothing more is to come; the indexes hold only what is not deleted yet.

alter table letter
  add column ended_at      timestamptz,
  add column holds_content boolean not null default false,
  -- without a certificate case: its own end decides
  add column own_end       boolean not null default true;

update letter l set
  holds_content = l.ack_issue_texts_sealed is not null
    or exists (select from content k where k.letter_id = l.letter_id and k.sender = l.sender),
  own_end = not exists (select from certificate_case c where c.case_id = l.case_id),
  ended_at = case
    when l.status in ('ACKNOWLEDGED', 'REFUSED_BY_RECEIVER', 'DEAD', 'CLOSED', 'REFUSED')
      or (l.status = 'SENT' and l.event = 'acknowledgement-message') then coalesce(
        (select max(e.at::timestamptz) from evidence e
          where e.chain = coalesce('case:' || l.case_id, 'letter:' || l.sender || '/' || l.letter_id)
            and e.letter_id = l.letter_id and e.letter_sender = l.sender),
        l.ack_at, l.received_at) end;

create index letter_ended on letter (ended_at) where holds_content and own_end;
create index letter_held on letter (received_at) where holds_content;

alter table certificate_case
  add column done_at       timestamptz,
  add column holds_content boolean not null default true;

-- Over: both sides filed the reply that stands, else the end without one.
update certificate_case c set done_at = coalesce(
  (select case when count(distinct f.filer) = 2 then max(f.at) end from (
    select t.turn ->> 'by' as filer, max((t.turn ->> 'at')::timestamptz) as at
      from jsonb_array_elements(c.turns) with ordinality t (turn, place)
      where t.turn ->> 'kind' = 'FILED' and t.turn ->> 'by' in (c.requester, c.responder)
        and t.place > coalesce((
          select max(u.place) from jsonb_array_elements(c.turns) with ordinality u (turn, place)
            where u.turn ->> 'kind' = 'RETRACTED'
              or (u.turn ->> 'kind' = 'CORRECTED' and t.turn ->> 'by' = c.requester)), 0)
      group by t.turn ->> 'by') f),
  (select max((t.turn ->> 'at')::timestamptz) from jsonb_array_elements(c.turns) t (turn)
    where c.state in ('RETURNED', 'CANCELLED', 'CONSENT_WITHDRAWN', 'CONSENT_LAPSED')
      and t.turn ->> 'kind' in ('RETURNED', 'CANCELLED', 'CONSENT_WITHDRAWN', 'CONSENT_LAPSED')));

create index case_done on certificate_case (done_at) where holds_content;
create index case_held on certificate_case (opened_at) where holds_content;

-- The id of the storage key stands in what it sealed, in the clear: a key that no row needs is destroyed.
create index content_key on content (substring(bytes from 6 for 4)) where part = 0;
create index letter_key on letter (substring(ack_issue_texts_sealed from 6 for 4))
  where ack_issue_texts_sealed is not null;
