-- Mails that a person must sort: ids, codes and times. Their bytes are sealed in the table of contents, in the place of a
-- letter whose sender no party can be. The digest stays when the content goes: a mail fetched twice is known by it.
create table to_be_sorted (
  id            uuid        primary key,
  sha256        bytea       not null unique,
  account       text        collate "C" not null,
  reason        text        collate "C" not null,
  sender        text        collate "C",
  received_at   timestamptz not null,
  size          integer     not null,
  closed_at     timestamptz,
  holds_content boolean     not null default true
);

create index to_be_sorted_open on to_be_sorted (received_at, id) where closed_at is null;
create index to_be_sorted_held on to_be_sorted (received_at) where holds_content;
