-- Signed checkpoints over the evidence, and what waits for the next one.

-- Written by the commit that adds the evidence, taken away by the one that covers it. Each commit has rows of its own,
-- so no writer waits for another, and what is not committed yet is left for the next checkpoint.
create table evidence_uncovered (
  chain    text        collate "C" not null,
  sequence bigint      not null,
  hash     bytea       not null,
  since    timestamptz not null,
  primary key (chain, sequence)
) with (
  autovacuum_vacuum_scale_factor = 0.02,
  autovacuum_vacuum_cost_delay = 1
);

-- leaves: the leaves of its tree, 32 bytes each, in the order of their chains.
create table evidence_checkpoint (
  number bigint      primary key,
  period timestamptz not null unique,
  jws    text        not null,
  leaves bytea       not null
);
alter table evidence_checkpoint alter column leaves set storage external;

create table evidence_cover (
  chain      text    collate "C" not null,
  sequence   bigint  not null,
  checkpoint bigint  not null,
  place      integer not null,
  primary key (chain, sequence)
);

-- Evidence of before is covered by the first checkpoints.
insert into evidence_uncovered (chain, sequence, hash, since)
  select chain, sequence, hash, now() from evidence_head where sequence > 0;
