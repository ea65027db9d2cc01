package dk.attestbro.gateway.evidence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dk.attestbro.model.AcknowledgementIssue;
import dk.attestbro.model.AcknowledgementState;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.Certificate;
import dk.attestbro.model.Checkpoint;
import dk.attestbro.model.Digest;
import dk.attestbro.model.EvidenceLink;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MerkleTree;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Problem;
import dk.attestbro.model.Receipt;
import dk.attestbro.model.SignatureTrust;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.model.Transmission;
import dk.attestbro.port.CertificateTrust.Proof;
import dk.attestbro.port.EvidenceCheckpoints;
import dk.attestbro.port.EvidenceSigning;
import dk.attestbro.port.HeldContents;
import dk.attestbro.port.Records;
import dk.attestbro.port.SenderSignature;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Writes the evidence of a case as a package that proves itself offline: its events, the
 * checkpoints that cover them, its letters with receipts, acknowledgements and certificates, and
 * for its own parties the contents that are still held, with what their senders signed. The same
 * records give the same bytes.
 */
public final class WriteEvidence {
  private final Records records;
  private final HeldContents held;
  private final EvidenceCheckpoints checkpoints;
  private final EvidenceSigning signing;
  private final TrustMaterial trust;
  private final Function<LetterRef, Optional<Payload>> open;
  private final Function<LetterRef, Optional<SenderSignature>> signatures;

  /**
   * {@code open} gives a letter's content where it is still held, {@code signatures} what its
   * sender signed.
   */
  public WriteEvidence(
      Records records,
      HeldContents held,
      EvidenceCheckpoints checkpoints,
      EvidenceSigning signing,
      TrustMaterial trust,
      Function<LetterRef, Optional<Payload>> open,
      Function<LetterRef, Optional<SenderSignature>> signatures) {
    this.records = records;
    this.held = held;
    this.checkpoints = checkpoints;
    this.signing = signing;
    this.trust = trust;
    this.open = open;
    this.signatures = signatures;
  }

  /** Whether there is any evidence of this case. */
  public boolean knows(CaseId id) {
    return !records.evidence(id.chain()).isEmpty();
  }

  /** Writes it; one letter's content at a time is held in memory. */
  public void write(CaseId id, EvidenceScope scope, OutputStream out) throws IOException {
    PackageFiles files = new PackageFiles(out);
    List<Letter> letters = records.lettersOf(id).stream().filter(scope::shows).toList();
    Set<PartyId> parties = new TreeSet<>();
    letters.forEach(
        letter -> {
          parties.add(letter.ref().sender());
          letter.receiver().ifPresent(parties::add);
        });
    files.add(PackageFiles.KEYS, signing.jwks().getBytes(StandardCharsets.UTF_8));
    List<EvidenceLink> links = records.evidence(id.chain());
    addEvents(id, links, files);
    addLetters(letters, scope, files);
    addTrust(links, addCertificates(parties, files), files);
    ObjectNode heading =
        PackageFiles.JSON
            .createObjectNode()
            .put("format", PackageFiles.FORMAT)
            .put("caseId", id.toString())
            .put("chain", id.chain());
    ArrayNode shownTo = heading.putArray("parties");
    scope.parties().ifPresent(own -> own.forEach(party -> shownTo.add(party.value())));
    files.close(heading, signing::signPackage);
  }

  private void addEvents(CaseId id, List<EvidenceLink> links, PackageFiles files)
      throws IOException {
    // What is covered after the events were read has no event here.
    long last = links.size();
    ArrayNode events = PackageFiles.JSON.createArrayNode();
    for (EvidenceLink link : links) {
      ObjectNode event = events.addObject();
      event.put("sequence", link.sequence());
      event.put("at", link.entry().at().toString());
      event.put("code", link.entry().code().name());
      event.put("sender", link.entry().letter().map(ref -> ref.sender().value()).orElse(null));
      event.put("letterId", link.entry().letter().map(ref -> ref.id().value()).orElse(null));
      event.put("detail", link.entry().detail());
      event.put("hash", link.hash().hex());
    }
    files.addJson(PackageFiles.EVENTS, events);
    addCheckpoints(
        checkpoints.covers(id.chain()).stream().filter(c -> c.sequence() <= last).toList(), files);
  }

  private void addCheckpoints(List<EvidenceCheckpoints.Cover> covers, PackageFiles files)
      throws IOException {
    ObjectNode all = PackageFiles.JSON.createObjectNode();
    ArrayNode covering = all.putArray("covers");
    for (EvidenceCheckpoints.Cover cover : covers) {
      ObjectNode shown = covering.addObject();
      shown.put("sequence", cover.sequence());
      shown.put("checkpoint", cover.checkpoint());
      shown.put("place", cover.place());
      ArrayNode proof = shown.putArray("proof");
      new MerkleTree(checkpoint(cover.checkpoint()).leaves())
          .proof(cover.place())
          .forEach(digest -> proof.add(digest.hex()));
    }
    ArrayNode walk = all.putArray("checkpoints");
    for (long number :
        Checkpoint.walk(
            covers.stream().map(EvidenceCheckpoints.Cover::checkpoint).distinct().toList())) {
      walk.add(checkpoint(number).jws());
    }
    files.addJson(PackageFiles.CHECKPOINTS, all);
  }

  private EvidenceCheckpoints.Signed checkpoint(long number) {
    return checkpoints
        .checkpoint(number)
        .orElseThrow(() -> new IllegalStateException("checkpoint " + number + " is missing"));
  }

  private void addLetters(List<Letter> letters, EvidenceScope scope, PackageFiles files)
      throws IOException {
    ArrayNode all = PackageFiles.JSON.createArrayNode();
    int number = 0;
    for (Letter letter : letters) {
      number++;
      ObjectNode shown = all.addObject();
      describe(letter, shown);
      String receipt = "receipts/" + number + ".jws";
      Optional<String> jws = letter.receipt().map(Receipt::jws);
      shown.put("receipt", jws.map(any -> receipt).orElse(null));
      if (jws.isPresent()) {
        files.add(receipt, jws.get().getBytes(StandardCharsets.US_ASCII));
      }
      addContent(letter, number, scope, shown, files);
    }
    files.addJson(PackageFiles.LETTERS, all);
  }

  private void addContent(
      Letter letter, int number, EvidenceScope scope, ObjectNode shown, PackageFiles files)
      throws IOException {
    if (!scope.showsContents()) {
      shown.put("content", held.isHeld(letter.ref()) ? "withheld" : "not held");
      return;
    }
    Optional<Payload> content = open.apply(letter.ref());
    if (content.isEmpty()) {
      shown.put("content", "not held");
      return;
    }
    // Before the content, so that it can be verified while that is read.
    addSignature(letter, number, shown, files);
    String file =
        PackageFiles.MESSAGES
            + number
            + (content.get().mediaType() == MediaType.FHIR_XML ? ".xml" : ".json");
    shown.put("content", file);
    files.add(file, content.get().bytes());
  }

  private void addSignature(Letter letter, int number, ObjectNode shown, PackageFiles files)
      throws IOException {
    Optional<SenderSignature> made = signatures.apply(letter.ref());
    shown.put("signature", made.map(any -> PackageFiles.signature(number)).orElse(null));
    if (made.isEmpty()) {
      return;
    }
    files.add(PackageFiles.signature(number), made.get().cms());
    if (made.get().before().length > 0) {
      files.add(PackageFiles.head(number), made.get().before());
    }
    if (made.get().body().isPresent()) {
      files.add(PackageFiles.body(number), made.get().body().get());
    }
  }

  /** Codes, ids, parties, times and digests; no receiver's words. */
  private void describe(Letter letter, ObjectNode shown) {
    shown.put("letterId", letter.ref().id().value());
    shown.put("sender", letter.ref().sender().value());
    shown.put("receiver", letter.receiver().map(PartyId::value).orElse(null));
    shown.put("event", letter.event());
    shown.put("receivedAt", letter.receivedAt().toString());
    shown.put("status", letter.status().shown());
    shown.put("sha256", letter.sha256().hex());
    ArrayNode problems = shown.putArray("problems");
    letter.problems().stream().map(Problem::reason).distinct().forEach(r -> problems.add(r.name()));
    letter.acknowledgement().ifPresent(counts -> describe(counts, shown));
    ArrayNode attempts = shown.putArray("transmissions");
    for (Transmission attempt : records.transmissions(letter.ref())) {
      attempts
          .addObject()
          .put("bundleId", attempt.bundleId().value())
          .put("attempt", attempt.attempt())
          .put("at", attempt.at().toString())
          .put("outcome", attempt.outcome().name())
          .put("reason", attempt.reason());
    }
  }

  private static void describe(AcknowledgementState counts, ObjectNode shown) {
    ObjectNode acknowledgement = shown.putObject("acknowledgement");
    acknowledgement.put("code", counts.code().code());
    acknowledgement.put("at", counts.at().toString());
    acknowledgement.put("sender", counts.letter().sender().value());
    acknowledgement.put("letterId", counts.letter().id().value());
    ArrayNode issues = acknowledgement.putArray("issues");
    counts.issues().stream().map(AcknowledgementIssue::code).forEach(issues::add);
  }

  /** Gives the files that it added. */
  private Set<String> addCertificates(Set<PartyId> parties, PackageFiles files) throws IOException {
    ArrayNode all = PackageFiles.JSON.createArrayNode();
    Set<String> added = new TreeSet<>();
    for (TrustMaterial.Used used : trust.certificates(parties)) {
      ObjectNode shown = all.addObject();
      shown.put("owner", used.owner());
      shown.put("use", used.use());
      shown.put("certificate", file(used.certificate(), added, files));
      ArrayNode issuers = shown.putArray("issuers");
      for (Certificate issuer : used.issuers()) {
        issuers.add(file(issuer, added, files));
      }
    }
    files.addJson(PackageFiles.CERTIFICATES, all);
    return added;
  }

  private static String file(Certificate certificate, Set<String> added, PackageFiles files)
      throws IOException {
    String path = PackageFiles.certificate(certificate.fingerprint());
    if (added.add(path)) {
      String base64 =
          Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.der());
      files.add(
          path,
          ("-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n")
              .getBytes(StandardCharsets.US_ASCII));
    }
    return path;
  }

  /** By what the signatures that the events tell of were relied upon; each file once. */
  private void addTrust(List<EvidenceLink> links, Set<String> added, PackageFiles files)
      throws IOException {
    ArrayNode all = PackageFiles.JSON.createArrayNode();
    for (Digest digest : reliedUpon(links)) {
      Optional<Proof> kept = trust.kept(digest);
      if (kept.isEmpty()) {
        // The proof of the package names it as missing.
        continue;
      }
      if (kept.get().kind() == Proof.Kind.CERTIFICATE) {
        file(Certificate.of(kept.get().der()), added, files);
      } else {
        String path = PackageFiles.proof(digest);
        all.addObject().put("kind", kept.get().kind().name()).put("file", path);
        files.add(path, kept.get().der());
      }
    }
    files.addJson(PackageFiles.REVOCATION, all);
  }

  private static Set<Digest> reliedUpon(List<EvidenceLink> links) {
    Set<Digest> digests = new LinkedHashSet<>();
    links.stream()
        .map(EvidenceLink::entry)
        .filter(entry -> entry.code() == TimelineCode.SIGNATURE_TRUSTED)
        .flatMap(entry -> SignatureTrust.parse(entry.detail()).stream())
        .forEach(
            relied -> {
              digests.addAll(relied.path());
              digests.addAll(relied.proofs());
            });
    return digests;
  }
}
