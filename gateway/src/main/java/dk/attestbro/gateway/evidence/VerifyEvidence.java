package dk.attestbro.gateway.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.Certificate;
import dk.attestbro.model.Digest;
import dk.attestbro.port.DetachedSignatures;
import dk.attestbro.port.SignatureCheck;
import dk.attestbro.port.TrustReplay;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Proves an evidence package with nothing but the gateway's public keys, or says where it breaks:
 * every file against the signed list, every link of the chain, every checkpoint and what it covers,
 * every receipt, every content, every signature of a sender and by what it was relied upon, and the
 * order of times. It asks nothing of anyone.
 */
public final class VerifyEvidence {
  private final Function<String, SignatureCheck> keyReader;
  private final Optional<String> trustedKeys;
  private final TrustReplay trust;
  private final DetachedSignatures signatures;
  private final Function<byte[], Optional<Digest>> messages;

  /**
   * @param keyReader makes a check from a JWK Set, or throws an IllegalArgumentException
   * @param trustedKeys the gateway's JWK Set as it is known from elsewhere; without it that of the
   *     package, which proves that everything fits together and not whose it is
   * @param trust judges again by what signatures were relied upon
   * @param signatures verifies what senders signed
   * @param messages gives the digest of the message in a signed mail
   */
  public VerifyEvidence(
      Function<String, SignatureCheck> keyReader,
      Optional<String> trustedKeys,
      TrustReplay trust,
      DetachedSignatures signatures,
      Function<byte[], Optional<Digest>> messages) {
    this.keyReader = keyReader;
    this.trustedKeys = trustedKeys;
    this.trust = trust;
    this.signatures = signatures;
    this.messages = messages;
  }

  /**
   * Checks all of it.
   *
   * @throws PackageUnreadable where it is no package
   */
  public Verdict verify(InputStream in) throws PackageUnreadable {
    Set<String> broken = new LinkedHashSet<>();
    Set<String> notes = new LinkedHashSet<>();
    Set<String> said = new LinkedHashSet<>();
    SignedFiles signed = new SignedFiles(signatures, messages);
    PackageContents contents = PackageContents.read(in, signed, broken::add);
    JsonNode manifest = json(contents, PackageFiles.MANIFEST, broken);
    if (contents.text(PackageFiles.MANIFEST).isEmpty()) {
      return new Verdict("", List.of(), List.copyOf(broken), List.of());
    }
    if (!manifest.path("format").asText().equals(PackageFiles.FORMAT)) {
      throw new PackageUnreadable("not a package of the format " + PackageFiles.FORMAT);
    }
    SignatureCheck keys = keys(contents, broken, notes);
    signature(contents, keys, broken);
    files(manifest, contents, broken);
    String chain = manifest.path("chain").asText();
    if (!chain.equals(CaseId.CHAIN + manifest.path("caseId").asText())) {
      broken.add(PackageFiles.MANIFEST + ": the chain is not the case's");
    }
    ChainCheck events =
        new ChainCheck(chain, json(contents, PackageFiles.EVENTS, broken), broken::add);
    events.check();
    new CheckpointCheck(events, keys, broken::add, notes::add)
        .check(json(contents, PackageFiles.CHECKPOINTS, broken));
    new LetterCheck(
            manifest.path("caseId").asText(),
            events,
            contents,
            keys,
            new SenderCheck(signed, said::add, broken::add),
            broken::add,
            notes::add)
        .check(json(contents, PackageFiles.LETTERS, broken));
    certificates(json(contents, PackageFiles.CERTIFICATES, broken), contents, broken);
    new TrustCheck(events, contents, trust, broken::add, notes::add)
        .check(json(contents, PackageFiles.REVOCATION, broken));
    return new Verdict(
        manifest.path("caseId").asText(),
        List.copyOf(said),
        List.copyOf(broken),
        List.copyOf(notes));
  }

  private SignatureCheck keys(PackageContents contents, Set<String> broken, Set<String> notes) {
    if (trustedKeys.isPresent()) {
      return keyReader.apply(trustedKeys.get());
    }
    notes.add(
        "checked by the keys in the package itself: compare them with the gateway's own, or give"
            + " --jwks");
    try {
      return keyReader.apply(contents.text(PackageFiles.KEYS).orElse(""));
    } catch (IllegalArgumentException unreadable) {
      broken.add(PackageFiles.KEYS + ": holds no keys");
      return jws -> Optional.empty();
    }
  }

  private static void signature(PackageContents contents, SignatureCheck keys, Set<String> broken) {
    Optional<JsonNode> said =
        contents.text(PackageFiles.SIGNATURE).flatMap(keys::payload).map(VerifyEvidence::parsed);
    if (said.filter(node -> node.path("kind").asText().equals("evidence-package")).isEmpty()) {
      broken.add(PackageFiles.SIGNATURE + ": is not signed by the gateway's key");
    } else if (!contents
        .digest(PackageFiles.MANIFEST)
        .map(Digest::hex)
        .equals(said.map(node -> node.path("manifest").asText()))) {
      broken.add(PackageFiles.MANIFEST + ": is not what was signed");
    }
  }

  private static void files(JsonNode manifest, PackageContents contents, Set<String> broken) {
    Set<String> listed = new LinkedHashSet<>();
    for (JsonNode file : manifest.path("files")) {
      String path = file.path("path").asText();
      listed.add(path);
      Optional<Digest> found = contents.digest(path);
      if (found.isEmpty()) {
        broken.add(path + ": " + contents.lack(path));
      } else if (!found.get().hex().equals(file.path("sha256").asText())
          || contents.size(path) != file.path("bytes").asLong(-1)) {
        broken.add(path + ": is not what the manifest lists");
      }
    }
    for (String path : contents.paths()) {
      if (!listed.contains(path)
          && !path.equals(PackageFiles.MANIFEST)
          && !path.equals(PackageFiles.SIGNATURE)) {
        broken.add(path + ": is not in the manifest");
      }
    }
  }

  private static void certificates(JsonNode list, PackageContents contents, Set<String> broken) {
    for (JsonNode used : list) {
      certificate(used.path("certificate").asText(), contents, broken);
      used.path("issuers").forEach(issuer -> certificate(issuer.asText(), contents, broken));
    }
  }

  private static void certificate(String path, PackageContents contents, Set<String> broken) {
    Optional<byte[]> pem = contents.bytes(path);
    if (pem.isEmpty()) {
      broken.add(path + ": " + contents.lack(path));
      return;
    }
    Optional<Certificate> found = TrustCheck.der(pem.get());
    if (found.isEmpty()) {
      broken.add(path + ": is no certificate");
    } else if (!path.equals(PackageFiles.certificate(found.get().fingerprint()))) {
      broken.add(path + ": is another certificate than its name says");
    }
  }

  private static JsonNode json(PackageContents contents, String path, Set<String> broken) {
    Optional<String> text = contents.text(path);
    if (text.isEmpty()) {
      broken.add(path + ": " + contents.lack(path));
      return MissingNode.getInstance();
    }
    JsonNode parsed = parsed(text.get());
    if (parsed.isMissingNode()) {
      broken.add(path + ": is not JSON");
    }
    return parsed;
  }

  /** The JSON, or a missing node. */
  static JsonNode parsed(String text) {
    try {
      JsonNode parsed = PackageFiles.JSON.readTree(text);
      return parsed == null ? MissingNode.getInstance() : parsed;
    } catch (JsonProcessingException notJson) {
      return MissingNode.getInstance();
    }
  }
}
