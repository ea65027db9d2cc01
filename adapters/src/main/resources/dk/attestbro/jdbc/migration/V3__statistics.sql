-- The facts that the figures are made of: parties, codes, days and counts of a case, no citizen and
-- no text, kept when the content is gone. Each row stands from since (included) to until (not
-- included), infinity for the one that stands now; what stood at a cut-off is
-- since <= cutoff < until. A row is never changed but for its until.
-- Days are days in Europe/Copenhagen; what is generated here dk.attestbro.model.CaseFact says too.

-- Who asked whom for what: a few thousand combinations, so that facts are narrow and are grouped by
-- one number.
create table fact_place (
  place        integer generated always as identity primary key,
  form         text collate "C" not null,
  requester    text collate "C" not null,
  municipality text collate "C" not null,
  unit         text collate "C" not null,
  region       text collate "C" not null,
  unique (form, requester, municipality, unit, region)
);

-- What reports read of every row comes first, without gaps: the server then finds it fastest.
create table case_fact (
  case_id         uuid        not null,
  place           integer     not null,
  paused_days     integer     not null,
  reminders       integer     not null,
  interim_replies integer     not null,
  questions       integer     not null,
  since           timestamptz not null,
  until           timestamptz not null default 'infinity',
  opened_at       timestamptz not null,
  opened_on       date        not null generated always as
    ((opened_at at time zone 'Europe/Copenhagen')::date) stored,
  has_left        boolean     not null generated always as (end_reason <> '') stored,
  placed_on       date generated always as
    (coalesce(due, (replied_at at time zone 'Europe/Copenhagen')::date)) stored,
  due             date,
  replied_on      date generated always as
    ((replied_at at time zone 'Europe/Copenhagen')::date) stored,
  reply_days      integer generated always as
    ((replied_at at time zone 'Europe/Copenhagen')::date
      - (received_at at time zone 'Europe/Copenhagen')::date) stored,
  -- to the second up to ten minutes, above to the minute
  ack_seconds     integer generated always as (
    case
      when received_at - opened_at < interval '10 minutes'
        then greatest(0, floor(extract(epoch from received_at - opened_at)))::integer
      else (floor(extract(epoch from received_at - opened_at) / 60) * 60)::integer
    end) stored,
  request_days    integer generated always as
    ((opened_at at time zone 'Europe/Copenhagen')::date - case_started_on) stored,
  ended_on        date generated always as
    ((ended_at at time zone 'Europe/Copenhagen')::date) stored,
  case_started_on date,
  received_at     timestamptz,
  replied_at      timestamptz,
  ended_at        timestamptz,
  state           text collate "C" not null,
  end_reason      text collate "C" not null
) partition by range (until);

-- What stands now is read for nearly every report and is kept apart from what stood before.
create table case_fact_past partition of case_fact for values from (minvalue) to ('infinity');
create table case_fact_current partition of case_fact for values from ('infinity') to (maxvalue);
create unique index case_fact_current_case on case_fact_current (case_id);
create index case_fact_current_opened on case_fact_current (opened_on);
create index case_fact_current_placed on case_fact_current (placed_on);
create index case_fact_current_ended on case_fact_current (ended_on) where has_left;
create index case_fact_past_case on case_fact_past (case_id, until);
create index case_fact_past_until on case_fact_past (until);

create table discharge_fact (
  case_id        uuid        not null,
  place          integer     not null,
  discharge_date date        not null,
  noticed_at     timestamptz not null,
  outcome        text        collate "C",
  outcome_at     timestamptz,
  since          timestamptz not null,
  until          timestamptz not null default 'infinity',
  noticed_on     date generated always as
    ((noticed_at at time zone 'Europe/Copenhagen')::date) stored
);
create unique index discharge_fact_current on discharge_fact (case_id) where until = 'infinity';
create index discharge_fact_case on discharge_fact (case_id, until);
create index discharge_fact_noticed on discharge_fact (noticed_on);
