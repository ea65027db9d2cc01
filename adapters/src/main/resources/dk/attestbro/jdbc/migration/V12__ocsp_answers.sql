-- The last answer of a responder about each certificate, by a digest of certificate and issuer.
create table ocsp_answer (
  about    bytea       primary key,
  der      bytea       not null,
  asked_at timestamptz not null
);
create index ocsp_answer_asked on ocsp_answer (asked_at);
