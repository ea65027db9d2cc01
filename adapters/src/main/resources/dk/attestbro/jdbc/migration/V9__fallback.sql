-- Whether a letter goes to its receiver's fallback endpoint.
alter table outbox add column via_fallback boolean not null default false;
