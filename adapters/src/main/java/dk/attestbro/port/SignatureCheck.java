package dk.attestbro.port;

import java.util.Optional;

/** Checks signatures of a gateway by its public keys. */
@FunctionalInterface
public interface SignatureCheck {
  /** What a compact JWS says, where one of the keys signed exactly that. */
  Optional<String> payload(String jws);
}
