-- Who of operations asks to see what a letter says, and who has allowed it: what waits or is open, a few rows at a time. The
-- reason is sealed in the table of contents, in the place of a letter whose sender no party can be.
create table break_glass (
  id         uuid        primary key,
  sender     text        collate "C" not null,
  letter_id  text        collate "C" not null,
  asked_by   text        collate "C" not null,
  asked_at   timestamptz not null,
  lapses_at  timestamptz not null,
  granted_by text        collate "C",
  granted_at timestamptz,
  ends_at    timestamptz
);
