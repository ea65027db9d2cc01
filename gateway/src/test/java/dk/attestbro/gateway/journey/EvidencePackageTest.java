package dk.attestbro.gateway.journey;

import static dk.attestbro.gateway.journey.TestGateway.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.attestbro.crypto.CmsProtection;
import dk.attestbro.crypto.DetachedSignature;
import dk.attestbro.crypto.GatewayKeys;
import dk.attestbro.crypto.JwsEvidence;
import dk.attestbro.crypto.JwsReceipts;
import dk.attestbro.crypto.JwsVerification;
import dk.attestbro.crypto.KeyAndCertificate;
import dk.attestbro.crypto.KeyKind;
import dk.attestbro.crypto.PrivateKeyOperations;
import dk.attestbro.fhir.Messages;
import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.gateway.evidence.EvidenceScope;
import dk.attestbro.gateway.evidence.PackageUnreadable;
import dk.attestbro.gateway.evidence.TrustMaterial;
import dk.attestbro.gateway.evidence.Verdict;
import dk.attestbro.gateway.evidence.VerifyEvidence;
import dk.attestbro.gateway.evidence.WriteEvidence;
import dk.attestbro.mail.MessageInMail;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.Certificate;
import dk.attestbro.model.Digest;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Payload;
import dk.attestbro.port.CertificateTrust.Proof;
import dk.attestbro.port.CertificateTrust.Proof.Kind;
import dk.attestbro.port.CertificateTrust.Trusted;
import dk.attestbro.port.MessageProtection;
import dk.attestbro.trust.OcspAnswers.Answer;
import dk.attestbro.trust.OfflineTrust;
import dk.attestbro.trust.TestPki;
import dk.attestbro.trust.TestPki.Holder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A package of a real case: proven as it is, and broken wherever anything in it is changed. */
class EvidencePackageTest {
  private static final Optional<String> OWN_KEYS = Optional.empty();

  private final TestGateway gateway = new TestGateway();
  private final Payload request = TestGateway.newCase().request(MediaType.FHIR_JSON);
  private WriteEvidence write;
  private CaseId caseId;
  private final Holder root = TestPki.root("Root");
  private final Holder issuer = root.issue("Issuer").authority().make();
  private final Holder signer = issuer.issue("Partner").make();
  private final Holder recipient =
      issuer.issue("Gateway").usage(KeyUsage.digitalSignature | KeyUsage.keyAgreement).make();
  private String jwks;
  private byte[] complete;

  @BeforeEach
  void aCaseWithTwoCheckpoints(@TempDir Path folder) throws IOException {
    GatewayKeys keys = GatewayKeys.load(folder, KeyKind.P_256, true, "Test", gateway.clock);
    PrivateKeyOperations operations = new PrivateKeyOperations();
    gateway.receipts = new JwsReceipts(keys, operations);
    gateway.evidenceSigning = new JwsEvidence(keys, operations);
    jwks = gateway.receipts.jwks();
    Certificate certificate = keys.signing().model();
    write =
        new WriteEvidence(
            gateway.records,
            gateway.memory,
            gateway.memory,
            gateway.evidenceSigning,
            new TrustMaterial() {
              @Override
              public List<Used> certificates(Set<PartyId> parties) {
                return List.of(new Used("gateway", "cms-signing.pem", certificate, List.of()));
              }

              @Override
              public Optional<Proof> kept(Digest digest) {
                return gateway.proofs.find(digest);
              }
            },
            gateway.openLetter::open,
            gateway.openLetter::signature);
    gateway.signs(SampleDirectory.ODENSE, signer.model());
    gateway.cms = new Relying();
    gateway.post(SampleDirectory.ODENSE, signed(request));
    LetterRef ref = TestGateway.ref(SampleDirectory.ODENSE, request);
    caseId = gateway.letter(ref).caseId().orElseThrow();
    gateway.anchor.due();
    gateway.clock.pass(Duration.ofMinutes(1));
    gateway.deliverAll();
    gateway.anchor.due();
    complete = written(EvidenceScope.of(Set.of(SampleDirectory.ODENSE.id())));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void provesWhatWasNotChanged() throws Exception {
    Verdict verdict = verdict(complete, Optional.of(jwks));
    assertThat(verdict.broken()).isEmpty();
    assertThat(verdict.notes())
        .containsExactly(
            "the root is " + root.model().fingerprint() + ": compare it with its owner's");
    assertThat(verdict.subject()).isEqualTo(caseId.toString());
    assertThat(verdict.letters())
        .contains("letter 1: the signature of its sender holds over its content: " + byTheSigner());
    assertThat(verdict(complete, OWN_KEYS).notes())
        .anyMatch(note -> note.contains("keys in the package itself"));
  }

  @Test
  void holdsTheChainOfEverySignatureAndWhatShowedThatItWasNotRevoked() throws Exception {
    for (Proof kept : relied().kept().subList(0, 3)) {
      assertThat(files(complete)).containsKey("certificates/" + kept.digest().hex() + ".pem");
    }
    assertThat(files(complete).keySet())
        .filteredOn(path -> path.startsWith("revocation/"))
        .hasSize(2);
    assertThat(new String(files(complete).get("revocation.json"), StandardCharsets.UTF_8))
        .contains("OCSP")
        .doesNotContain("CRL");
  }

  @Test
  void breaksWhereAProofWasNeverKeptOrDoesNotHoldAtTheTimeOfReceipt() throws Exception {
    Map<String, byte[]> without = files(complete);
    without.keySet().removeIf(path -> path.startsWith("revocation/"));
    assertThat(verdict(zip(without), Optional.of(jwks)).broken())
        .anyMatch(broken -> broken.contains("is missing, and events.json: entry 2 relies on it"));

    gateway.clock.pass(Duration.ofHours(3));
    gateway.post(
        SampleDirectory.ODENSE,
        signed(Messages.WRITER.inNewEnvelope(request, BundleId.random(), gateway.clock.instant())));
    assertThat(verdict(written(EvidenceScope.OPERATIONS), Optional.of(jwks)).broken())
        .singleElement()
        .asString()
        .contains("the signature was relied upon: certificate 0", "not fresh");
  }

  @Test
  void holdsWhatTheSenderSignedWholeAlsoWhereTheGatewaySentItAgainInANewEnvelope()
      throws Exception {
    gateway.clock.pass(Duration.ofMinutes(30));
    gateway.followUp.due();

    byte[] again = written(EvidenceScope.of(Set.of(SampleDirectory.ODENSE.id())));

    assertThat(files(again).get("signed/1.body")).isEqualTo(request.bytes());
    assertThat(files(again).get("messages/1.json")).isNotEqualTo(request.bytes());
    Verdict verdict = verdict(again, Optional.of(jwks));
    assertThat(verdict.broken()).isEmpty();
    assertThat(verdict.letters())
        .contains(
            "letter 1: the signature of its sender holds over its content as it came, which was"
                + " sent on in another envelope: "
                + byTheSigner());
  }

  @Test
  void holdsTheNewSignatureWhereTheSenderSentItAgain() throws Exception {
    gateway.clock.pass(Duration.ofMinutes(1));
    Payload again =
        Messages.WRITER.inNewEnvelope(request, BundleId.random(), gateway.clock.instant());
    gateway.post(SampleDirectory.ODENSE, signed(again));

    byte[] now = written(EvidenceScope.of(Set.of(SampleDirectory.ODENSE.id())));

    assertThat(verdict(now, Optional.of(jwks)).broken()).isEmpty();
    assertThat(verdict(now, Optional.of(jwks)).letters())
        .anyMatch(letter -> letter.startsWith("letter 1: the signature of its sender holds"));
  }

  @Test
  void saysWhoseWordItIsWhereTheSenderSignedNothing() throws Exception {
    Payload other = Messages.at(gateway.clock.instant()).request(MediaType.FHIR_JSON);
    gateway.post(SampleDirectory.ODENSE, other);
    caseId = gateway.letter(TestGateway.ref(SampleDirectory.ODENSE, other)).caseId().orElseThrow();

    byte[] unsigned = written(EvidenceScope.of(Set.of(SampleDirectory.ODENSE.id())));

    assertThat(verdict(unsigned, Optional.of(jwks)).letters())
        .anyMatch(letter -> letter.startsWith("letter 1: no signature of its sender"));
    assertThat(files(unsigned).keySet()).noneMatch(path -> path.startsWith("signed/"));
  }

  @Test
  void breaksWhereAnotherSignedTheSameOrTheSignatureStandsBehindWhatItSigns() throws Exception {
    Map<String, byte[]> byAnother = files(complete);
    Payload anothers = signed(request, issuer.issue("Another").make());
    byAnother.put(
        "signed/1.p7s", own().open(anothers.bytes(), gateway.clock.instant()).signature().cms());
    assertThat(verdict(zip(byAnother), Optional.of(jwks)).broken())
        .contains("signed/1.p7s: is by another certificate than events.json tells of");

    Map<String, byte[]> behind = files(complete);
    behind.put("signed/1.p7s", behind.remove("signed/1.p7s"));
    assertThat(verdict(zip(behind), Optional.of(jwks)).broken())
        .contains("signed/1.p7s: is missing, or does not stand before what it signs");
  }

  @Test
  void keepsWhatTheSenderSignedNoLongerThanTheContent() throws Exception {
    LetterRef ref = TestGateway.ref(SampleDirectory.ODENSE, request);
    assertThat(gateway.openLetter.signature(ref)).isPresent();
    gateway.clock.pass(Duration.ofDays(600));
    gateway.deleteContent.due();

    assertThat(gateway.records.signature(ref)).isEmpty();
    assertThat(
            verdict(
                    written(EvidenceScope.of(Set.of(SampleDirectory.ODENSE.id()))),
                    Optional.of(jwks))
                .letters())
        .contains("letter 1: its sender signed it; the signature is not in this package");
  }

  @Test
  void isTheSameBytesEachTime() throws Exception {
    assertThat(written(EvidenceScope.of(Set.of(SampleDirectory.ODENSE.id())))).isEqualTo(complete);
  }

  @Test
  void givesOperationsNoContent() throws Exception {
    byte[] bare = written(EvidenceScope.OPERATIONS);
    assertThat(files(bare).keySet())
        .noneMatch(path -> path.startsWith("messages/") || path.startsWith("signed/"));
    assertThat(new String(bare, StandardCharsets.ISO_8859_1)).doesNotContain("Elmer", "2509479989");
    assertThat(files(complete).keySet()).contains("messages/1.json");
    Verdict verdict = verdict(bare, OWN_KEYS);
    assertThat(verdict.isProved()).isTrue();
    assertThat(verdict.notes()).anyMatch(note -> note.contains("held by the gateway"));
  }

  @Test
  void saysThatTheNewestEntriesAreNotUnderACheckpointYet() throws Exception {
    gateway.post(SampleDirectory.ODENSE, request);
    Verdict verdict = verdict(written(EvidenceScope.OPERATIONS), Optional.of(jwks));
    assertThat(verdict.isProved()).isTrue();
    assertThat(verdict.notes()).anyMatch(note -> note.contains("not under a checkpoint yet"));
  }

  @Test
  void namesEveryFileOfWhichAByteIsChangedOrThatIsMissing() throws Exception {
    for (String path : files(complete).keySet()) {
      Map<String, byte[]> changed = files(complete);
      byte[] bytes = changed.get(path);
      bytes[bytes.length / 2] ^= 1;
      expectBroken(changed, path);
      Map<String, byte[]> without = files(complete);
      without.remove(path);
      if (!path.equals("manifest.json")) {
        expectBroken(without, path);
      }
    }
    Map<String, byte[]> more = files(complete);
    more.put("messages/9.json", new byte[] {1});
    expectBroken(more, "messages/9.json");
  }

  /**
   * Who has rewritten the manifest too is still found out, at the place itself and at the signature
   * of the manifest.
   */
  @ParameterizedTest
  @CsvSource({
    "events.json, RECORDED, DELIVERED, events.json: entry 1",
    "events.json, '\"sequence\" : 2', '\"sequence\" : 9', events.json: entry 2",
    "letters.json, psychiatry-midt, psychiatry-syd, receipts/1.jws: says another receiver",
    "letters.json, '\"letterId\" : \"', '\"letterId\" : \"x', was never recorded",
    "checkpoints.json, '\"place\" : 0', '\"place\" : 1', checkpoints.json: the proof of entry",
    "checkpoints.json, '\"checkpoint\" : 1', '\"checkpoint\" : 2', checkpoints.json: the proof of"
        + " entry",
    "checkpoints.json, 'eyJ', 'eyK', checkpoints.json: checkpoint in place 1",
    "messages/1.json, Bundle, bundle, messages/1.json: is not the content",
    "receipts/1.jws, eyJ, eyK, receipts/1.jws: is not signed",
    "messages/1.json, Bundle, bundle, signed/1.p7s: does not hold over what is in the package",
    "signed/1.head, json, xmls, signed/1.p7s: does not hold over what is in the package",
    "letters.json, signed/1.p7s, signed/2.p7s, signed/2.p7s: is missing",
    "events.json, signed=, signed=0, events.json: entry 2",
  })
  void namesThePlaceOfAChangeEvenWhereTheManifestWasMadeToFit(
      String path, String from, String to, String place) throws Exception {
    Map<String, byte[]> changed = files(complete);
    String text = new String(changed.get(path), StandardCharsets.UTF_8);
    assertThat(text).contains(from);
    changed.put(
        path,
        text.replaceFirst(
                java.util.regex.Pattern.quote(from), java.util.regex.Matcher.quoteReplacement(to))
            .getBytes(StandardCharsets.UTF_8));
    String before = Digest.of(files(complete).get(path)).hex();
    String after = Digest.of(changed.get(path)).hex();
    String manifest = new String(changed.get("manifest.json"), StandardCharsets.UTF_8);
    changed.put("manifest.json", manifest.replace(before, after).getBytes(StandardCharsets.UTF_8));

    Verdict verdict = verdict(zip(changed), Optional.of(jwks));

    assertThat(verdict.broken()).anyMatch(broken -> broken.contains(place));
    assertThat(verdict.broken()).contains("manifest.json: is not what was signed");
  }

  @Test
  void believesNoOtherKeyThanTheOneThatIsGiven(@TempDir Path other) throws Exception {
    GatewayKeys others = GatewayKeys.load(other, KeyKind.P_256, true, "Other", gateway.clock);
    String foreign = new JwsReceipts(others, new PrivateKeyOperations()).jwks();
    assertThat(verdict(complete, Optional.of(foreign)).broken())
        .contains(
            "manifest.jws: is not signed by the gateway's key",
            "receipts/1.jws: is not signed by the gateway's key",
            "checkpoints.json: checkpoint in place 1 is not signed by the gateway's key");
  }

  @Test
  void saysWhichFileIsDamagedWhateverByteWasChangedInIt() throws Exception {
    for (Map.Entry<String, byte[]> file : files(complete).entrySet()) {
      byte[] damaged = complete.clone();
      damaged[place(file.getValue()) + file.getValue().length / 2] ^= 1;

      Verdict verdict = verdict(damaged, Optional.of(jwks));

      assertThat(verdict.broken())
          .containsAnyOf(
              file.getKey() + ": is damaged", file.getKey() + ": is not what the manifest lists")
          .doesNotContain(file.getKey() + ": is missing");
    }
  }

  @Test
  void cannotSayAnythingOfWhatIsNoPackage() throws Exception {
    assertThatThrownBy(() -> verdict("no zip".getBytes(StandardCharsets.UTF_8), OWN_KEYS))
        .isInstanceOf(PackageUnreadable.class);
    byte[] other = zip(Map.of("letter.txt", new byte[] {1}));
    assertThatThrownBy(() -> verdict(other, OWN_KEYS)).isInstanceOf(PackageUnreadable.class);
    byte[] cut = java.util.Arrays.copyOf(complete, complete.length / 2);
    assertThatThrownBy(() -> verdict(cut, OWN_KEYS))
        .isInstanceOf(PackageUnreadable.class)
        .hasMessageContaining("damaged or cut off");
  }

  private void expectBroken(Map<String, byte[]> files, String place) throws Exception {
    try {
      assertThat(verdict(zip(files), Optional.of(jwks)).broken())
          .as(place)
          .anyMatch(broken -> broken.startsWith(place));
    } catch (PackageUnreadable unreadable) {
      assertThat(place).isEqualTo("manifest.json");
    }
  }

  /** By two answers: of the issuer about the partner, and of the root about the issuer. */
  private Trusted relied() {
    Answer ofTheIssuer =
        Answer.of(issuer, CertificateStatus.GOOD, NOW.minusSeconds(600), NOW.plusSeconds(3600));
    Answer ofTheRoot =
        Answer.of(root, CertificateStatus.GOOD, NOW.minusSeconds(600), NOW.plusSeconds(90_000));
    return new Trusted(
        List.of(signer.model(), issuer.model(), root.model()),
        List.of(
            new Proof(Kind.OCSP, ofTheIssuer.about(issuer.certificate(), signer.certificate())),
            new Proof(Kind.OCSP, ofTheRoot.about(root.certificate(), issuer.certificate()))),
        false);
  }

  /** Opens what was encrypted to the gateway, and relies on whoever signed it. */
  private final class Relying implements MessageProtection {
    @Override
    public byte[] protect(Payload content, Certificate encryptTo, Instant now) {
      return own().protect(content, encryptTo, now);
    }

    @Override
    public Opened open(byte[] cms, Instant now) {
      return own().open(cms, now).reliedOnBy(relied());
    }
  }

  private CmsProtection own() {
    return protection(recipient);
  }

  private static CmsProtection protection(Holder holder) {
    KeyAndCertificate key = new KeyAndCertificate(holder.keys().getPrivate(), holder.certificate());
    return new CmsProtection(key, List.of(key), new PrivateKeyOperations());
  }

  private Payload signed(Payload content) {
    return signed(content, signer);
  }

  private Payload signed(Payload content, Holder by) {
    return new Payload(
        protection(by).protect(content, recipient.model(), gateway.clock.instant()), MediaType.CMS);
  }

  private String byTheSigner() {
    return signer.model().fingerprint().hex();
  }

  private Verdict verdict(byte[] evidence, Optional<String> keys) throws PackageUnreadable {
    return new VerifyEvidence(
            JwsVerification::of,
            keys,
            new OfflineTrust(),
            new DetachedSignature(),
            MessageInMail::digest)
        .verify(new ByteArrayInputStream(evidence));
  }

  /** Where these bytes begin in the package, which is not compressed. */
  private int place(byte[] file) {
    int at = 0;
    while (!Arrays.equals(complete, at, at + file.length, file, 0, file.length)) {
      at++;
    }
    return at;
  }

  private byte[] written(EvidenceScope scope) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write.write(caseId, scope, out);
    return out.toByteArray();
  }

  private static Map<String, byte[]> files(byte[] zip) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), in.readAllBytes());
      }
    }
    return files;
  }

  private static byte[] zip(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }
}
