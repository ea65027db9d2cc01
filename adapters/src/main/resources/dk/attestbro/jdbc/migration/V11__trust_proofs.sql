-- By what signatures were relied upon: certificates, OCSP answers and CRLs in DER, each once, by its SHA-256. The evidence
-- names them; it is never deleted, and neither are they.
create table trust_proof (
  sha256 bytea primary key,
  kind   text  collate "C" not null,
  der    bytea not null
);
