package dk.attestbro.gateway.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dk.attestbro.model.Certificate;
import dk.attestbro.model.Digest;
import dk.attestbro.model.EvidenceLink;
import dk.attestbro.model.SignatureTrust;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.CertificateTrust.Proof;
import dk.attestbro.port.CertificateTrust.Trusted;
import dk.attestbro.port.TrustReplay;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The signatures that the events tell of: all that each was relied upon by is in the package, byte
 * for byte, and holds at the time of its entry.
 */
final class TrustCheck {
  private final ChainCheck events;
  private final PackageContents contents;
  private final TrustReplay replay;
  private final Consumer<String> broken;
  private final Consumer<String> notes;
  private final Map<String, Proof.Kind> kinds = new TreeMap<>();

  TrustCheck(
      ChainCheck events,
      PackageContents contents,
      TrustReplay replay,
      Consumer<String> broken,
      Consumer<String> notes) {
    this.events = events;
    this.contents = contents;
    this.replay = replay;
    this.broken = broken;
    this.notes = notes;
  }

  void check(JsonNode revocation) {
    for (JsonNode one : revocation) {
      kinds.put(one.path("file").asText(), kind(one.path("kind").asText()));
    }
    events.links().stream()
        .filter(link -> link.entry().code() == TimelineCode.SIGNATURE_TRUSTED)
        .forEach(this::check);
  }

  private static Proof.Kind kind(String named) {
    return named.equals(Proof.Kind.CRL.name()) ? Proof.Kind.CRL : Proof.Kind.OCSP;
  }

  private void check(EvidenceLink link) {
    String place = PackageFiles.EVENTS + ": entry " + link.sequence();
    Optional<SignatureTrust> told = SignatureTrust.parse(link.entry().detail());
    if (told.isEmpty()) {
      broken.accept(place + " does not tell by what a signature was relied upon");
      return;
    }
    List<Certificate> path = new ArrayList<>();
    told.get().path().forEach(digest -> certificate(digest, place).ifPresent(path::add));
    List<Proof> proofs = new ArrayList<>();
    told.get().proofs().forEach(digest -> proof(digest, place).ifPresent(proofs::add));
    if (path.size() < told.get().path().size() || proofs.size() < told.get().proofs().size()) {
      return;
    }
    TrustReplay.Replayed found =
        replay.replay(new Trusted(path, proofs, told.get().onGrace()), link.entry().at());
    found.broken().forEach(why -> broken.accept(place + ": the signature was relied upon: " + why));
    found.notes().forEach(notes);
  }

  private Optional<Certificate> certificate(Digest fingerprint, String place) {
    String path = PackageFiles.certificate(fingerprint);
    Optional<byte[]> pem = contents.bytes(path);
    if (pem.isEmpty()) {
      broken.accept(path + ": " + contents.lack(path) + ", and " + place + " relies on it");
      return Optional.empty();
    }
    Optional<Certificate> found =
        der(pem.get()).filter(one -> one.fingerprint().equals(fingerprint));
    if (found.isEmpty()) {
      broken.accept(path + ": is not what " + place + " relies on");
    }
    return found;
  }

  private Optional<Proof> proof(Digest digest, String place) {
    String path = PackageFiles.proof(digest);
    Optional<byte[]> der = contents.bytes(path);
    if (der.isEmpty() && contents.bytes(PackageFiles.certificate(digest)).isPresent()) {
      return certificate(digest, place).map(one -> new Proof(Proof.Kind.CERTIFICATE, one.der()));
    }
    if (der.isEmpty()) {
      broken.accept(path + ": " + contents.lack(path) + ", and " + place + " relies on it");
      return Optional.empty();
    }
    if (!Digest.of(der.get()).equals(digest)) {
      broken.accept(path + ": is not what " + place + " relies on");
      return Optional.empty();
    }
    return Optional.of(new Proof(kinds.getOrDefault(path, Proof.Kind.OCSP), der.get()));
  }

  /** The certificate in a PEM file of the package. */
  static Optional<Certificate> der(byte[] pem) {
    try {
      return Optional.of(
          Certificate.of(
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(pem))
                  .getEncoded()));
    } catch (CertificateException unreadable) {
      return Optional.empty();
    }
  }
}
