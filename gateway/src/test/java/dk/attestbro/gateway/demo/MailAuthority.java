package dk.attestbro.gateway.demo;

import dk.attestbro.model.Certificate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** Stands behind every mail server of this process: GreenMail shows the first certificate only. */
public final class MailAuthority {
  static final ThrowawayAuthority ONE = new ThrowawayAuthority(Clock.systemUTC());

  private MailAuthority() {}

  /** Lets the next GreenMail under TLS show a certificate of it. */
  public static void certify(Path folder) throws IOException {
    MailServer.certify(folder, ONE);
  }

  /** By which its servers are trusted. */
  public static Certificate certificate() {
    return MailServer.model(ONE.certificate());
  }
}
