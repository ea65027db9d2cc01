package dk.attestbro.model;

/** The sender's fault: answered, recorded where there is an id to record, never retried. */
public final class MessageRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Refusal refusal;

  public MessageRefused(Refusal refusal) {
    super(refusal.reason().name(), null, false, false);
    this.refusal = refusal;
  }

  public MessageRefused(RefusalReason reason) {
    this(Refusal.of(reason));
  }

  public MessageRefused(RefusalReason reason, String path) {
    this(Refusal.of(reason, path));
  }

  public Refusal refusal() {
    return refusal;
  }
}
