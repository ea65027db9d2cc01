package dk.attestbro.trust;

import dk.attestbro.model.Digest;
import dk.attestbro.port.CertificateTrust.Proof;
import dk.attestbro.port.OcspMemory;
import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the responder that a certificate names, keeps its answers, and judges how fresh they are. A
 * responder that fails is left alone for a while, so that it delays no more than one message.
 */
final class OcspCheck {
  private static final Logger LOG = LoggerFactory.getLogger(OcspCheck.class);
  private static final int MOST_BYTES = 1 << 16;
  private static final int MOST_KEPT = 10_000;
  private static final Duration SKEW = Duration.ofMinutes(5);
  private static final Duration LEFT_ALONE = Duration.ofSeconds(30);

  /** So long a certificate that was revoked is known to be, also where its responder is gone. */
  private static final Duration REMEMBERED = Duration.ofDays(90);

  private final OcspSettings settings;
  private final Duration grace;
  private final OcspMessages messages;
  private final Fetch fetch;
  private final OcspMemory memory;
  private final Map<Digest, Kept> kept =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Digest, Kept> eldest) {
          return size() > MOST_KEPT;
        }
      };

  /** The last answer that counted, when it was asked for, and when asking failed since. */
  private record Kept(Optional<OcspAnswer> answer, Instant asked, Optional<String> failure) {}

  OcspCheck(OcspSettings settings, AlgorithmPolicy algorithms, Duration grace, OcspMemory memory) {
    this.settings = settings;
    this.grace = grace;
    this.memory = memory;
    this.messages = new OcspMessages(algorithms);
    this.fetch = new Fetch(settings.timeout());
  }

  Revocation check(X509Certificate certificate, X509Certificate issuer, Instant at) {
    Optional<URI> responder =
        settings.enabled() ? DistributionPoints.responder(certificate) : Optional.empty();
    if (responder.isEmpty()) {
      return new Revocation.NoSource();
    }
    Digest key = OcspMessages.keyOf(certificate, issuer);
    Optional<Kept> before = kept(key).or(() -> remembered(key, certificate, issuer));
    if (before.isPresent() && isRecent(before.get(), at)) {
      return judge(before.get(), at);
    }
    Kept asked = ask(responder.get(), certificate, issuer, before, at);
    keep(key, asked);
    if (asked.failure().isEmpty()) {
      asked
          .answer()
          .ifPresent(
              answer ->
                  memory.remember(
                      key, new OcspMemory.Remembered(answer.der(), at), at.minus(REMEMBERED)));
    }
    return judge(asked, at);
  }

  /**
   * SECURITY: verified anew, as of when it was asked for: the memory itself vouches for nothing.
   */
  private Optional<Kept> remembered(
      Digest key, X509Certificate certificate, X509Certificate issuer) {
    return memory
        .find(key)
        .flatMap(
            found -> {
              try {
                OcspAnswer answer =
                    messages.read(
                        found.der(), certificate, issuer, Optional.empty(), false, found.asked());
                return Optional.of(new Kept(Optional.of(answer), found.asked(), Optional.empty()));
              } catch (OcspMessages.Unusable unusable) {
                LOG.warn("a remembered OCSP answer is passed over: {}", unusable.getMessage());
                return Optional.empty();
              }
            });
  }

  private boolean isRecent(Kept one, Instant at) {
    Duration wait =
        one.failure().isPresent()
            ? LEFT_ALONE
            : one.answer().filter(answer -> isFresh(answer, at)).isPresent()
                ? settings.refresh()
                : Duration.ZERO;
    return !at.isBefore(one.asked()) && at.isBefore(one.asked().plus(wait));
  }

  private Kept ask(
      URI responder,
      X509Certificate certificate,
      X509Certificate issuer,
      Optional<Kept> before,
      Instant at) {
    Optional<byte[]> nonce =
        settings.nonce() == OcspSettings.Nonce.NONE
            ? Optional.empty()
            : Optional.of(OcspMessages.nonce());
    String failure;
    try {
      byte[] der =
          fetch.post(
              responder,
              messages.request(certificate, issuer, nonce),
              "application/ocsp-request",
              MOST_BYTES);
      OcspAnswer answer =
          messages.read(
              der, certificate, issuer, nonce, settings.nonce() == OcspSettings.Nonce.DEMANDED, at);
      if (isFresh(answer, at)) {
        return new Kept(Optional.of(answer), at, Optional.empty());
      }
      failure = "the answer is stale or not yet valid";
    } catch (IOException | OcspMessages.Unusable failed) {
      failure = String.valueOf(failed.getMessage());
    }
    LOG.warn("the OCSP responder {} gave nothing of use: {}", responder.getHost(), failure);
    return new Kept(before.flatMap(Kept::answer), at, Optional.of(failure));
  }

  private Revocation judge(Kept now, Instant at) {
    if (now.answer().isEmpty()) {
      return new Revocation.Unknown(now.failure().orElse("no answer"));
    }
    OcspAnswer answer = now.answer().get();
    return switch (answer.status()) {
      case REVOKED -> new Revocation.Revoked("by OCSP at " + answer.thisUpdate());
      case UNKNOWN -> new Revocation.Disowned();
      case GOOD -> {
        List<Proof> proofs = List.of(new Proof(Proof.Kind.OCSP, answer.der()));
        if (isFresh(answer, at)) {
          yield new Revocation.Good(proofs, false);
        }
        yield at.isBefore(end(answer).plus(grace))
            ? new Revocation.Good(proofs, true)
            : new Revocation.Unknown(now.failure().orElse("no fresh answer"));
      }
    };
  }

  private boolean isFresh(OcspAnswer answer, Instant at) {
    return !answer.thisUpdate().isAfter(at.plus(SKEW)) && !at.isAfter(end(answer).plus(SKEW));
  }

  private Instant end(OcspAnswer answer) {
    Instant oldest = answer.thisUpdate().plus(settings.maxAge());
    return answer.nextUpdate().filter(next -> next.isBefore(oldest)).orElse(oldest);
  }

  private synchronized Optional<Kept> kept(Digest key) {
    return Optional.ofNullable(kept.get(key));
  }

  private synchronized void keep(Digest key, Kept one) {
    kept.remove(key);
    kept.put(key, one);
  }
}
