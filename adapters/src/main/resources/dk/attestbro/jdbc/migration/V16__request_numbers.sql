-- Of two like requests that are recorded in one moment, the second must be judged knowing the first. So those like
-- requests of a requester, by responder, citizen and form, before which none stood are numbered, and no number is
-- given twice.
alter table certificate_case add column request_number integer;

update certificate_case c set request_number = numbered.number
from (
  select case_id, row_number() over (
      partition by citizen, first_requester, form, first_responder order by opened_at, case_id) as number
    from certificate_case where citizen is not null) as numbered
where c.case_id = numbered.case_id;

create unique index case_request on certificate_case
  (citizen, first_requester, form, first_responder, request_number) where citizen is not null;
-- The one above begins with the same columns.
drop index case_citizen;
