-- Reports ask for the cases in which operations had to act upon a letter. The codes are those of
-- dk.attestbro.model.TimelineCode.MANUAL_STEPS.
create index evidence_manual_step on evidence (chain, at)
  where code in ('RESENT_BY_OPERATOR', 'REDIRECTED_BY_OPERATOR', 'CLOSED_BY_OPERATOR');
