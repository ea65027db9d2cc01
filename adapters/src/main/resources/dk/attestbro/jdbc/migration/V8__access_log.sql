-- Who saw or did what to which case. staff is the opaque user id of the calling system; citizen is the keyed digest.
create table access_log (
  id            bigint      generated always as identity primary key,
  at            timestamptz not null,
  operator      boolean     not null,
  parties       text[]      not null,
  credential    text        not null,
  staff         text,
  act           text        collate "C" not null,
  case_id       uuid,
  letter_sender text        collate "C",
  letter_id     text        collate "C",
  citizen       bytea,
  detail        text        not null
);
create index access_log_case on access_log (case_id, at) where case_id is not null;
create index access_log_citizen on access_log (citizen, at) where citizen is not null;
-- Rows come in the order of their times: a few pages of index find those whose time is over.
create index access_log_at on access_log using brin (at);
