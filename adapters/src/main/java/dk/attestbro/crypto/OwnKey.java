package dk.attestbro.crypto;

import java.util.Arrays;
import java.util.Optional;

/** What the gateway has a key of its own for. */
public enum OwnKey {
  /** Signs receipts, checkpoints and evidence packages; always on P-256. */
  RECEIPTS("receipts", "receipts.pem"),
  /** Signs the CMS messages and mails that are sent. */
  SIGNING("signing", "cms-signing.pem"),
  /** Opens what partners encrypt to its certificate. */
  ENCRYPTION("encryption", "cms-encryption.pem"),
  /** Is shown to partners' servers. */
  TLS_CLIENT("tls-client", "tls-client.pem"),
  /** Is shown by the gateway's own listener. */
  LISTENER("listener", "");

  private final String label;
  private final String file;

  OwnKey(String label, String file) {
    this.label = label;
    this.file = file;
  }

  /**
   * What the certificate is for that is listed by this name: of a file in the folder of keys, or in
   * the settings.
   */
  public static Optional<OwnKey> listed(String name) {
    return Arrays.stream(values())
        .filter(use -> use.label.equals(name) || use.file().equals(Optional.of(name)))
        .findFirst();
  }

  /** Its name in the settings. */
  public String label() {
    return label;
  }

  /** Its file in the folder of keys; empty where it has none there. */
  Optional<String> file() {
    return Optional.of(file).filter(name -> !name.isEmpty());
  }
}
