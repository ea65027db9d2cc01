-- What the sender of a letter signed: sealed as its content is, and deleted with it.
create table sender_signature (
  letter_id text    collate "C" not null,
  sender    text    collate "C" not null,
  part      integer not null,
  bytes     bytea   not null,
  primary key (letter_id, sender, part)
);
-- Cipher text does not compress: do not try.
alter table sender_signature alter column bytes set storage external;

-- A storage key that no row needs is destroyed.
create index sender_signature_key on sender_signature (substring(bytes from 6 for 4)) where part = 0;
