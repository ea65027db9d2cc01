package dk.attestbro.trust;

import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.CertificateTrust.Refused;

/** Why a certificate or a path is not relied upon. The message never holds a name. */
final class NotTrusted extends Exception {
  private static final long serialVersionUID = 1L;
  private final RefusalReason reason;

  NotTrusted(RefusalReason reason, String detail) {
    super(detail);
    this.reason = reason;
  }

  RefusalReason reason() {
    return reason;
  }

  Refused refused() {
    return new Refused(reason, String.valueOf(getMessage()));
  }
}
