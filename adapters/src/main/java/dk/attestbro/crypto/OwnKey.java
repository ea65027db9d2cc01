package dk.attestbro.crypto;

/** What the gateway has a key of its own for. */
public enum OwnKey {
  /** Signs receipts, checkpoints and evidence packages; always on P-256. */
  RECEIPTS("receipts"),
  /** Signs the CMS messages and mails that are sent. */
  SIGNING("signing"),
  /** Opens what partners encrypt to its certificate. */
  ENCRYPTION("encryption"),
  /** Is shown to partners' servers. */
  TLS_CLIENT("tls-client"),
  /** Is shown by the gateway's own listener. */
  LISTENER("listener");

  private final String label;

  OwnKey(String label) {
    this.label = label;
  }

  /** Its name in the settings. */
  public String label() {
    return label;
  }
}
