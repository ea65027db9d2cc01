package dk.attestbro.gateway.journey;

import dk.attestbro.model.Digest;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Payload;
import dk.attestbro.port.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A message as it came in, from a caller whose credentials were good. {@code actingAs} is the party
 * that the call itself named. {@code origin} tells a partner's own Bundle from one that the gateway
 * wrote for a plain letter; of the latter, {@code requestDigest} is the digest of what was asked
 * for, by which a repetition is known. {@code receivedSha256} is of the body as the caller sent it,
 * which the Receipt tells. {@code opened} is there where it had to be opened to know what it is.
 * {@code signatures} are those on the mail that it came in. {@code refusesSecond}: a request that
 * was made before is refused, not taken with a warning.
 */
public record IncomingMessage(
    Caller caller,
    Payload payload,
    Optional<PartyId> actingAs,
    Instant receivedAt,
    Origin origin,
    Optional<Digest> requestDigest,
    Digest receivedSha256,
    Optional<OpenedMessage> opened,
    List<SignedBy> signatures,
    boolean refusesSecond) {
  public IncomingMessage {
    signatures = List.copyOf(signatures);
  }

  /** Who wrote the Bundle. */
  public enum Origin {
    PARTNER,
    GATEWAY
  }

  /** A partner's own message. */
  public static IncomingMessage of(
      Caller caller, Payload payload, Optional<PartyId> actingAs, Instant receivedAt) {
    return new IncomingMessage(
        caller,
        payload,
        actingAs,
        receivedAt,
        Origin.PARTNER,
        Optional.empty(),
        payload.sha256(),
        Optional.empty(),
        List.of(),
        false);
  }

  /** A message that the gateway wrote for this party, from a body that reads otherwise. */
  static IncomingMessage written(
      Caller caller,
      Payload payload,
      PartyId sender,
      Instant receivedAt,
      Optional<Digest> requestDigest,
      Digest receivedSha256,
      List<SignedBy> signatures,
      boolean refusesSecond) {
    return new IncomingMessage(
        caller,
        payload,
        Optional.of(sender),
        receivedAt,
        Origin.GATEWAY,
        requestDigest,
        receivedSha256,
        Optional.empty(),
        signatures,
        refusesSecond);
  }

  IncomingMessage alreadyOpen(OpenedMessage read) {
    return new IncomingMessage(
        caller,
        payload,
        actingAs,
        receivedAt,
        origin,
        requestDigest,
        receivedSha256,
        Optional.of(read),
        signatures,
        refusesSecond);
  }

  /** The same, in a mail with these signatures. */
  IncomingMessage signedBy(List<SignedBy> ofTheMail) {
    return new IncomingMessage(
        caller,
        payload,
        actingAs,
        receivedAt,
        origin,
        requestDigest,
        receivedSha256,
        opened,
        ofTheMail,
        refusesSecond);
  }
}
