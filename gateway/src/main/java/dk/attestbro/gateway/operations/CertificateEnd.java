package dk.attestbro.gateway.operations;

import dk.attestbro.model.Text;
import java.time.Duration;
import java.time.Instant;

/**
 * A certificate that the gateway or a party depends on, and when it ends.
 *
 * @param owner a party's id, or gateway
 * @param name which one, as the directory or the key folder has it
 */
public record CertificateEnd(String owner, Use use, String name, String fingerprint, Instant ends) {

  /** What a certificate is for, and so what stops when it has ended. */
  public enum Use {
    OWN_SIGNING(
        "Beskyttede breve kan ikke længere sendes.", "Protected letters can no longer be sent."),
    OWN_ENCRYPTION(
        "Beskyttede breve kan ikke længere modtages.",
        "Protected letters can no longer be received."),
    OWN_TLS_CLIENT(
        "Breve kan ikke afleveres over HTTPS til parter, der spørger, hvem gatewayen er.",
        "Letters cannot be delivered over HTTPS to parties that ask who the gateway is."),
    OWN_LISTENER("Intet kan modtages over HTTPS.", "Nothing can be received over HTTPS."),
    OWN_RECEIPTS(
        "Nøgler kan ikke skiftes, og gatewayen kan ikke startes igen.",
        "Keys cannot be changed, and the gateway cannot be started again."),
    SIGNER("Parten kan ikke længere sende med det.", "The party can no longer send with it."),
    ENCRYPT_TO(
        "Breve til parten venter, til det er skiftet.",
        "Letters to the party wait until it is replaced."),
    TRUST("Partens server kan ikke længere nås.", "The party's server can no longer be reached.");

    private final Text stops;

    Use(String da, String en) {
      this.stops = new Text(da, en);
    }

    public Text stops() {
      return stops;
    }
  }

  /** Whole days left; below zero once it has ended. */
  public long daysLeft(Instant now) {
    return Math.floorDiv(Duration.between(now, ends).toHours(), 24L);
  }
}
