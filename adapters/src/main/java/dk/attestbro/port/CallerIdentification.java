package dk.attestbro.port;

import dk.attestbro.model.Digest;
import java.util.Optional;

/** Tells who calls, from the credentials of a call. */
public interface CallerIdentification {
  /** The party or operator that this bearer token was made for; empty where it is unknown. */
  Optional<Caller> byToken(String token);

  /** The parties that list this client certificate (SHA-256 of its DER); empty where none does. */
  Optional<Caller> byCertificate(Digest fingerprint);
}
