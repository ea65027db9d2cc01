package dk.attestbro.gateway.api;

/** What two installations may set differently: the largest body that is taken, in bytes. */
public record ApiSettings(int maxBodyBytes) {
  /** MedCom's limit: 100 MB. */
  public static final int DEFAULT_MAX_BODY_BYTES = 100_000_000;

  public ApiSettings {
    if (maxBodyBytes < 1) {
      throw new IllegalArgumentException("the largest body must have at least one byte");
    }
  }
}
