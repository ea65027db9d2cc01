-- What is to be told to people and systems beside the letters: one row for each topic and recipient, in ids, codes and times.
-- waiting counts what came and was not told yet, telling how much of it the notice under way tells. every_seconds is the least
-- time between two; a topic without it is told once.
create table notice (
  id            uuid        primary key,
  kind          text        collate "C" not null,
  topic         text        collate "C" not null,
  address       text        collate "C" not null,
  secret_file   text,
  code          text        collate "C" not null,
  facts         text        not null,
  at            timestamptz not null,
  since         timestamptz not null,
  every_seconds bigint,
  waiting       integer     not null,
  telling       integer     not null default 0,
  attempts      integer     not null default 0,
  due_at        timestamptz not null,
  told_at       timestamptz,
  version       integer     not null default 1
);

create index notice_due on notice (due_at, id) where waiting > 0;
create index notice_told on notice (told_at) where waiting = 0;
