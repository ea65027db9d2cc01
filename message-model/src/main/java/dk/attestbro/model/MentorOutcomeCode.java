package dk.attestbro.model;

/** Whether a discharge mentor was offered to the citizen, and what the citizen said. */
public enum MentorOutcomeCode {
  OFFERED_ACCEPTED,
  OFFERED_DECLINED,
  NOT_OFFERED,
  NOT_ENTITLED
}
