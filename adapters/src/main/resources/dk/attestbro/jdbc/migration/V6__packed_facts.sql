-- The facts once more, as reports read them fastest: all those of the cases opened on one day, packed into
-- a few bytes each (dk.attestbro.jdbc.PackedFacts). The truth stays in case_fact. A day is packed from
-- there, and what has changed since is marked by the triggers below in the transaction that changes
-- it; a report leaves marked cases out of the packed day and reads their rows instead. So whatever is
-- packed when, and even where nothing is, the figures are the same.
-- To pack everything anew:
--   delete from fact_day; insert into fact_changed select opened_on, case_id from case_fact;

create table fact_day (
  opened_on  date        not null primary key,
  -- the first and the last of all days by which its facts are placed in a period
  day_from   date        not null,
  day_to     date        not null,
  since      timestamptz not null,
  -- what stood when it was packed, and what had stood until past_until at the latest
  standing   bytea       not null,
  past       bytea       not null,
  past_until timestamptz not null
);
-- Packed bytes hardly get smaller, and reading them must cost nothing.
alter table fact_day alter column standing set storage external;
alter table fact_day alter column past set storage external;

-- Cases of which facts have changed since their day was packed. Only ever added to, one row and more for
-- each change, so that no two commits wait for each other. Packing a day deletes the rows that it
-- sees, and with those alone the changes that it saw.
create table fact_changed (
  opened_on date not null,
  case_id   uuid not null
);

insert into fact_changed (opened_on, case_id)
  select distinct opened_on, case_id from case_fact order by opened_on;
create index fact_changed_day on fact_changed (opened_on);
analyze fact_changed;

create function mark_changed_facts() returns trigger language plpgsql
set search_path from current as $$
begin
  if tg_op = 'INSERT' then
    insert into fact_changed select distinct opened_on, case_id from fact_now;
  elsif tg_op = 'DELETE' then
    insert into fact_changed select distinct opened_on, case_id from fact_before;
  else
    insert into fact_changed
      select opened_on, case_id from fact_before union select opened_on, case_id from fact_now;
  end if;
  return null;
end $$;

create trigger case_fact_added after insert on case_fact
  referencing new table as fact_now
  for each statement execute function mark_changed_facts();
create trigger case_fact_ended after update on case_fact
  referencing old table as fact_before new table as fact_now
  for each statement execute function mark_changed_facts();
create trigger case_fact_removed after delete on case_fact
  referencing old table as fact_before
  for each statement execute function mark_changed_facts();

-- A day is packed by its opened_on. Nothing searches facts by their other days or their end any more.
create index case_fact_past_opened on case_fact_past (opened_on);
drop index case_fact_current_placed;
drop index case_fact_current_ended;
drop index case_fact_past_until;
