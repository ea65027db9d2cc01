package dk.attestbro.model;

/** Why a reply is taken back. */
public enum RetractionReason {
  WRONG_CPR,
  WRONG_RECEIVER,
  WRONG_ATTACHMENT,
  OTHER
}
