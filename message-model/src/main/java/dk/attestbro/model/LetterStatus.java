package dk.attestbro.model;

/** Where a letter is. */
public enum LetterStatus {
  /** Held by us, not yet handed to the queue. */
  RECORDED,
  /** In the queue, or waiting for its next attempt. */
  QUEUED,
  /** With the receiver, not yet finally acknowledged. The end for an Acknowledgement. */
  SENT,
  /** Ended: the receiver answered ok. */
  ACKNOWLEDGED,
  /** Ended: the receiver answered fatal-error. */
  REFUSED_BY_RECEIVER,
  /** Ended until someone sends it again: no one took it, and its sender was told. */
  DEAD,
  /** A dead letter that operations have closed; shown to everyone as {@code DEAD}. */
  CLOSED,
  /** Ended: we did not take it. */
  REFUSED;

  /** The name that the API shows. */
  public String shown() {
    return this == CLOSED ? DEAD.name() : name();
  }

  /** Whether a final acknowledgement ended it. */
  public boolean isFinallyAcknowledged() {
    return this == ACKNOWLEDGED || this == REFUSED_BY_RECEIVER;
  }
}
