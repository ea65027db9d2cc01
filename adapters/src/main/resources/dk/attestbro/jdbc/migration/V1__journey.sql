-- The records of the journey: ids, parties, codes, times and digests in the clear; what may hold a
-- person's data only sealed. PostgreSQL 15 or newer.
--
-- Keys are compared byte by byte (collate "C"): no locale decides what is equal or comes first.
-- No foreign keys: rows of one letter are written by one transaction each and never deleted apart,
-- and every key check would cost a lock on the letter.
-- Versions: an update names the version it read; no row updated means that another was quicker.

create table letter (
  letter_id              text        collate "C" not null,
  sender                 text        collate "C" not null,
  bundle_id              text        collate "C",
  event                  text        collate "C" not null,
  receiver               text        collate "C",
  case_id                uuid,
  received_at            timestamptz not null,
  sha256                 bytea       not null,
  content_digest         bytea       not null,
  media_type             text        collate "C" not null,
  status                 text        collate "C" not null,
  -- why it was refused or is dead: reason codes, where, what was expected
  problem_reasons        text[],
  problem_paths          text[],
  problem_hints          text[],
  refusal_id             text        collate "C",
  acknowledges_sender    text        collate "C",
  acknowledges_id        text        collate "C",
  -- the acknowledgement that counts; its texts are the receiver's words and therefore sealed
  ack_code               text        collate "C",
  ack_at                 timestamptz,
  ack_issue_codes        text[],
  ack_issue_texts_sealed bytea,
  ack_sender             text        collate "C",
  ack_letter_id          text        collate "C",
  version                integer     not null,
  primary key (letter_id, sender)
) with (fillfactor = 80);

-- Dead letters in order, letters without a row, and counts by status and event.
create index letter_status on letter (status, received_at, letter_id, sender) include (event);
create index letter_case on letter (case_id, received_at) where case_id is not null;

-- Stored once, given again unchanged. Apart from the letter, whose row is rewritten often.
-- received_at is text, to the digit that was signed.
create table receipt (
  letter_id    text  collate "C" not null,
  sender       text  collate "C" not null,
  bundle_id    text  collate "C" not null,
  receiver     text  collate "C" not null,
  case_id      uuid,
  sha256       bytea not null,
  received_at  text  not null,
  validated_by text[] not null,
  jws          text  not null,
  primary key (letter_id, sender)
);

create table envelope (
  sender        text   collate "C" not null,
  bundle_id     text   collate "C" not null,
  letter_id     text   collate "C" not null,
  letter_sender text   collate "C" not null,
  ordinal       bigint generated always as identity,
  primary key (sender, bundle_id)
);
create index envelope_letter on envelope (letter_id, letter_sender, ordinal);

-- Cipher text in parts of at most 1 MiB, so that no size of letter needs one big parameter.
create table content (
  letter_id  text    collate "C" not null,
  sender     text    collate "C" not null,
  part       integer not null,
  media_type text    collate "C" not null,
  bytes      bytea   not null,
  primary key (letter_id, sender, part)
);
-- Cipher text does not compress: do not try.
alter table content alter column bytes set storage external;

create table outbox (
  letter_id         text        collate "C" not null,
  sender            text        collate "C" not null,
  receiver          text        collate "C" not null,
  bundle_id         text        collate "C" not null,
  phase             text        collate "C" not null,
  attempts          integer     not null,
  resends           integer     not null,
  perhaps_delivered boolean     not null,
  due_at            timestamptz not null,
  expires_at        timestamptz not null,
  last_reason       text        collate "C",
  version           integer     not null,
  -- for the figures: when the letter was recorded, when the last attempt failed
  recorded_at       timestamptz not null,
  failed_at         timestamptz,
  primary key (letter_id, sender)
) with (
  fillfactor = 70,
  autovacuum_vacuum_scale_factor = 0.02,
  autovacuum_analyze_scale_factor = 0.05,
  autovacuum_vacuum_cost_delay = 1
);
create index outbox_due on outbox (receiver, due_at) where phase <> 'AWAITING';
create index outbox_under_way on outbox (receiver, due_at) where phase in ('HANDED_OVER', 'CLAIMED');
create index outbox_awaiting on outbox (due_at) where phase = 'AWAITING';
create index outbox_expiry on outbox (expires_at);

create table certificate_case (
  case_id           uuid        primary key,
  form              text        collate "C" not null,
  free_questions    integer     not null,
  requester         text        collate "C" not null,
  responder         text        collate "C" not null,
  request_sender    text        collate "C" not null,
  request_letter_id text        collate "C" not null,
  state             text        collate "C" not null,
  deadline_state    text        collate "C" not null,
  deadline_rule     text        collate "C" not null,
  deadline_due      date,
  opened_at         timestamptz not null,
  updated_at        timestamptz not null,
  version           integer     not null
) with (fillfactor = 80);
create index case_requester on certificate_case (requester, opened_at, case_id);
create index case_responder on certificate_case (responder, opened_at, case_id);

-- The counter row is locked until its transaction ends, so sequences become visible in their order.
create table inbox_counter (
  receiver text   collate "C" primary key,
  last     bigint not null
) with (fillfactor = 50);

create table inbox (
  receiver  text        collate "C" not null,
  sequence  bigint      not null,
  letter_id text        collate "C" not null,
  sender    text        collate "C" not null,
  put_at    timestamptz not null,
  primary key (receiver, sequence),
  unique (receiver, letter_id, sender)
);

create table transmission (
  letter_id       text        collate "C" not null,
  sender          text        collate "C" not null,
  ordinal         bigint      generated always as identity,
  bundle_id       text        collate "C" not null,
  attempt         integer     not null,
  at              timestamptz not null,
  outcome         text        collate "C" not null,
  reason          text        collate "C" not null,
  next_attempt_at timestamptz,
  primary key (letter_id, sender, ordinal)
);

-- The head of each chain, locked while an entry is added: no gap, no fork.
create table evidence_head (
  chain    text   collate "C" primary key,
  sequence bigint not null,
  hash     bytea  not null
) with (fillfactor = 70);

-- at is text, to the digit that was hashed.
create table evidence (
  chain         text   collate "C" not null,
  sequence      bigint not null,
  at            text   not null,
  code          text   collate "C" not null,
  letter_sender text   collate "C",
  letter_id     text   collate "C",
  detail        text   not null,
  hash          bytea  not null,
  primary key (chain, sequence)
);

create table paused_party (
  party text collate "C" primary key
);
