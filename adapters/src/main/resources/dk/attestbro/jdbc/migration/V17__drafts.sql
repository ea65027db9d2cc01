-- Half-written letters of the counter, a row each: whose, what for, and by whom of the staff it was saved last. What was
-- written is sealed like a letter's content, for a place that no letter has.
create table draft (
  id         uuid        primary key,
  party      text        collate "C" not null,
  kind       text        collate "C" not null,
  form       text        collate "C" not null,
  other      text        collate "C",
  case_id    uuid,
  staff      text        not null,
  saved_at   timestamptz not null,
  version    integer     not null,
  media_type text        collate "C" not null,
  bytes      bytea       not null
);
-- Cipher text does not compress: do not try.
alter table draft alter column bytes set storage external;

create index draft_of_party on draft (party, saved_at desc);
create index draft_saved on draft (saved_at);
-- A storage key that no row needs is destroyed.
create index draft_key on draft (substring(bytes from 6 for 4));
