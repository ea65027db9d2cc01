package dk.attestbro.trust;

import java.io.IOException;
import java.net.URI;
import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** CRLs from where certificates say that they are; the last good one is kept. */
final class CrlDownloads {
  private static final Logger LOG = LoggerFactory.getLogger(CrlDownloads.class);
  private static final int MOST_BYTES = 20_000_000;
  private static final Duration REFRESH = Duration.ofHours(1);
  private static final Duration LEFT_ALONE = Duration.ofSeconds(30);

  private final AlgorithmPolicy policy;
  private final Fetch fetch;
  private final Map<URI, Kept> kept = new ConcurrentHashMap<>();

  private record Kept(List<X509CRL> crls, Instant again) {}

  CrlDownloads(AlgorithmPolicy policy, Duration timeout) {
    this.policy = policy;
    this.fetch = new Fetch(timeout);
  }

  /** Those that it names, and the deltas that it or they name. */
  List<X509CRL> of(X509Certificate certificate, Instant at) {
    List<X509CRL> found = new ArrayList<>(from(DistributionPoints.crls(certificate), at));
    Set<URI> deltas = new LinkedHashSet<>(DistributionPoints.deltas(certificate));
    found.forEach(crl -> deltas.addAll(DistributionPoints.deltas(crl)));
    found.addAll(from(deltas, at));
    return found;
  }

  private List<X509CRL> from(Collection<URI> places, Instant at) {
    List<X509CRL> found = new ArrayList<>();
    for (URI place : places) {
      Kept before = kept.getOrDefault(place, new Kept(List.of(), Instant.MIN));
      Kept now = at.isBefore(before.again()) ? before : download(place, before, at);
      kept.put(place, now);
      found.addAll(now.crls());
    }
    return found;
  }

  private Kept download(URI place, Kept before, Instant at) {
    try {
      return new Kept(TrustFiles.crls(fetch.get(place, MOST_BYTES), policy), at.plus(REFRESH));
    } catch (IOException | CRLException failed) {
      LOG.warn("no CRL from {}: {}", place.getHost(), failed.getMessage());
      return new Kept(before.crls(), at.plus(LEFT_ALONE));
    }
  }
}
