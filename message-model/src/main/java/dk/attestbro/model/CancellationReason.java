package dk.attestbro.model;

/** Why the requester cancels a request. */
public enum CancellationReason {
  NO_LONGER_NEEDED,
  SENT_IN_ERROR,
  WRONG_RECEIVER,
  WRONG_FORM,
  OTHER
}
