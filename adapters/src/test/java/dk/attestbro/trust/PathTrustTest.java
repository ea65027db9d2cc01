package dk.attestbro.trust;

import static dk.attestbro.trust.TestPki.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.attestbro.memory.MemoryOcspMemory;
import dk.attestbro.model.Certificate;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.CertificateTrust.Proof;
import dk.attestbro.port.CertificateTrust.Purpose;
import dk.attestbro.port.CertificateTrust.Refused;
import dk.attestbro.port.CertificateTrust.Trusted;
import dk.attestbro.port.CertificateTrust.Verdict;
import dk.attestbro.samples.TestKeys;
import dk.attestbro.trust.TestPki.Holder;
import dk.attestbro.trust.TrustSettings.RevocationMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PathTrustTest {
  private static final Holder ROOT = TestPki.root("Root");
  private static final Holder ISSUER = ROOT.issue("Issuer").authority().make();
  private static final Holder PARTNER = ISSUER.issue("Partner").make();
  private static final String POLICY = "2.999.1";

  @TempDir private Path folder;
  private final List<TrustSettings.Root> roots = new ArrayList<>();
  private AlgorithmPolicy policy = AlgorithmPolicy.DEFAULT;
  private RevocationMode revocation = RevocationMode.HARD_FAIL;

  @BeforeEach
  void aRootWithItsLists() throws IOException {
    Files.createDirectories(folder.resolve("crls"));
    Files.createDirectories(folder.resolve("intermediates"));
    root("root", ROOT, PathRules.ANY_POLICY);
    lists(ROOT.crl(), ISSUER.crl());
  }

  @Test
  void trustsWhatLeadsToARootAndGivesPathAndProofs() {
    Trusted trusted = (Trusted) check(PARTNER, ISSUER);

    assertThat(trusted.path()).containsExactly(PARTNER.model(), ISSUER.model(), ROOT.model());
    assertThat(trusted.proofs()).extracting(Proof::kind).containsOnly(Proof.Kind.CRL);
    assertThat(trusted.onGrace()).isFalse();
  }

  @Test
  void findsIssuersInTheConfiguredFolderToo() {
    ISSUER.write(folder.resolve("intermediates/issuer.pem"));

    assertThat(check(PARTNER)).isInstanceOf(Trusted.class);
  }

  @Test
  void severalRootsStandSideBySideEachWithItsPolicies() {
    Holder other = TestPki.root("Other root");
    Holder client = other.issue("Other partner").make();
    lists(ROOT.crl(), ISSUER.crl(), other.crl());
    root("other", other, PathRules.demanding(Set.of(POLICY)));

    assertThat(check(PARTNER, ISSUER)).isInstanceOf(Trusted.class);
    assertRefused(check(client), RefusalReason.CERTIFICATE_POLICY_NOT_ALLOWED);
    assertThat(
            check(
                other
                    .issue("Under policy")
                    .with(Extension.certificatePolicies, false, policies(POLICY))
                    .make()))
        .isInstanceOf(Trusted.class);
  }

  @Test
  void refusesWhatLeadsToNoRoot() {
    Holder stranger = TestPki.root("Stranger");

    assertRefused(check(stranger.issue("Partner").make()), RefusalReason.CERTIFICATE_UNTRUSTED);
    assertRefused(check(PARTNER), RefusalReason.CERTIFICATE_UNTRUSTED);
  }

  @Test
  void refusesAnIssuersNameWithoutItsKey() {
    Holder forged = ISSUER.issue("Forged").signedBy(TestKeys.curve("secp256r1")).make();
    Holder lookalike = TestPki.root("Issuer");

    assertRefused(check(forged, ISSUER), RefusalReason.CERTIFICATE_UNTRUSTED);
    assertRefused(
        check(lookalike.issue("Forged").make(), lookalike), RefusalReason.CERTIFICATE_UNTRUSTED);
  }

  @Test
  void refusesOutsideTheDatesOfItOrItsIssuer() {
    Instant past = NOW.minus(Duration.ofDays(1));
    Instant future = NOW.plus(Duration.ofDays(1));
    Holder expired = ISSUER.issue("A").dates(past.minus(Duration.ofDays(9)), past).make();
    Holder early = ISSUER.issue("B").dates(future, future.plus(Duration.ofDays(9))).make();
    Holder oldIssuer =
        ROOT.issue("Old").authority().dates(past.minus(Duration.ofDays(9)), past).make();

    assertRefused(check(expired, ISSUER), RefusalReason.CERTIFICATE_EXPIRED);
    assertRefused(check(early, ISSUER), RefusalReason.CERTIFICATE_NOT_YET_VALID);
    assertRefused(check(oldIssuer.issue("C").make(), oldIssuer), RefusalReason.CERTIFICATE_EXPIRED);
  }

  @Test
  void refusesWhatIsRevokedAlsoWhereItsIssuerIs() {
    lists(ROOT.crl(), ISSUER.crl(PARTNER));
    assertRefused(check(PARTNER, ISSUER), RefusalReason.CERTIFICATE_REVOKED);

    lists(ROOT.crl(ISSUER), ISSUER.crl());
    assertRefused(check(PARTNER, ISSUER), RefusalReason.CERTIFICATE_REVOKED);
  }

  @Test
  void refusesWhereNoListTells() {
    lists(ROOT.crl());

    assertRefused(check(PARTNER, ISSUER), RefusalReason.CERTIFICATE_STATUS_UNKNOWN);
  }

  @Test
  void takesAListThatEndedOnGraceAndNoLonger() {
    Instant ended = NOW.minus(Duration.ofHours(1));
    lists(ROOT.crl(), ISSUER.crl(NOW.minus(Duration.ofDays(1)), ended));

    Trusted trusted = (Trusted) check(PARTNER, ISSUER);
    assertThat(trusted.onGrace()).isTrue();
    assertRefused(
        trust().check(PARTNER.model(), models(ISSUER), Purpose.SIGN, NOW.plus(Duration.ofHours(4))),
        RefusalReason.CERTIFICATE_STATUS_UNKNOWN);
  }

  @Test
  void grantsNoGraceToWhatAnOldListNames() {
    Instant ended = NOW.minus(Duration.ofHours(1));
    lists(ROOT.crl(), ISSUER.crl(NOW.minus(Duration.ofDays(1)), ended, PARTNER));

    assertRefused(check(PARTNER, ISSUER), RefusalReason.CERTIFICATE_REVOKED);
  }

  @Test
  void aListSignedByAnotherProvesNothing() {
    Holder lookalike = TestPki.root("Issuer");
    lists(ROOT.crl(), lookalike.crl());

    assertRefused(check(PARTNER, ISSUER), RefusalReason.CERTIFICATE_STATUS_UNKNOWN);
  }

  @Test
  void softFailTakesTheUnknownButNeverTheRevoked() {
    revocation = RevocationMode.SOFT_FAIL;
    lists(ROOT.crl());
    assertThat(((Trusted) check(PARTNER, ISSUER)).onGrace()).isTrue();

    lists(ROOT.crl(), ISSUER.crl(PARTNER));
    assertRefused(check(PARTNER, ISSUER), RefusalReason.CERTIFICATE_REVOKED);
  }

  @Test
  void revocationCanBeTurnedOff() {
    revocation = RevocationMode.OFF;
    lists();

    assertThat(check(PARTNER, ISSUER)).isInstanceOf(Trusted.class);
  }

  @Test
  void refusesAnIssuerThatIsNoneOrCertifiesTooDeep() {
    Holder notAnAuthority = ROOT.issue("Not an authority").make();
    Holder shallow = ROOT.issue("Shallow").authority().pathLength(0).make();
    Holder deep = shallow.issue("Deep").authority().make();

    assertRefused(
        check(notAnAuthority.issue("A").make(), notAnAuthority),
        RefusalReason.CERTIFICATE_PATH_INVALID);
    assertRefused(
        check(deep.issue("B").make(), deep, shallow), RefusalReason.CERTIFICATE_PATH_INVALID);
  }

  @Test
  void refusesACriticalExtensionThatItDoesNotKnow() {
    Holder odd =
        ISSUER
            .issue("Odd")
            .with(new ASN1ObjectIdentifier("1.2.3.4.5"), true, DERNull.INSTANCE)
            .make();

    assertRefused(check(odd, ISSUER), RefusalReason.CERTIFICATE_PATH_INVALID);
  }

  @Test
  void refusesNamesOutsideWhatTheIssuerMayCertify() {
    GeneralSubtree ours =
        new GeneralSubtree(new GeneralName(GeneralName.rfc822Name, "kommune.example"));
    Holder constrained =
        ROOT.issue("Constrained")
            .authority()
            .with(
                Extension.nameConstraints,
                true,
                new NameConstraints(new GeneralSubtree[] {ours}, null))
            .make();
    lists(ROOT.crl(), constrained.crl());

    assertThat(check(withMail(constrained, "post@kommune.example"), constrained))
        .isInstanceOf(Trusted.class);
    assertRefused(
        check(withMail(constrained, "post@other.example"), constrained),
        RefusalReason.CERTIFICATE_NAME_NOT_ALLOWED);
  }

  @Test
  void looksAtWhatACertificateIsFor() {
    Holder encrypts = ISSUER.issue("Encrypts").usage(KeyUsage.keyAgreement).make();
    Holder serves =
        ISSUER
            .issue("Serves")
            .with(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
            .make();

    assertRefused(check(encrypts, ISSUER), RefusalReason.CERTIFICATE_WRONG_USE);
    assertRefused(check(serves, ISSUER), RefusalReason.CERTIFICATE_WRONG_USE);
    assertThat(trust().check(encrypts.model(), models(ISSUER), Purpose.ENCRYPT, NOW))
        .isInstanceOf(Trusted.class);
    assertRefused(
        trust().check(PARTNER.model(), models(ISSUER), Purpose.ENCRYPT, NOW),
        RefusalReason.CERTIFICATE_WRONG_USE);
  }

  @Test
  void refusesWeakKeysAndSignaturesByTheNamedPolicy() {
    Holder rsa2048 = ISSUER.issue("RSA").keys(TestKeys.rsa(2048)).make();
    Holder rsa1024 = ISSUER.issue("Short RSA").keys(TestKeys.rsa(1024)).make();
    Holder sha1 = ISSUER.issue("SHA-1").signedWith("SHA1withECDSA").make();
    Holder curve = ISSUER.issue("P-521").keys(TestKeys.curve("secp521r1")).make();

    for (Holder weak : List.of(rsa2048, rsa1024, sha1, curve)) {
      assertRefused(check(weak, ISSUER), RefusalReason.CERTIFICATE_WEAK);
    }
    policy = AlgorithmPolicy.named("legacy-rsa-2048");
    assertThat(check(rsa2048, ISSUER)).isInstanceOf(Trusted.class);
    assertRefused(check(rsa1024, ISSUER), RefusalReason.CERTIFICATE_WEAK);
    assertRefused(check(sha1, ISSUER), RefusalReason.CERTIFICATE_WEAK);
    assertThatThrownBy(() -> AlgorithmPolicy.named("none")).hasMessageContaining("legacy-rsa-2048");
  }

  @Test
  void refusesWhatIsNoCertificateAndPassesOverWhatIsNoIssuer() {
    Certificate garbage = Certificate.of(new byte[] {0x30, 3, 1, 2, 3});
    byte[] der = PARTNER.model().der();

    for (Certificate broken :
        List.of(garbage, Certificate.of(Arrays.copyOf(der, der.length - 20)))) {
      assertRefused(
          trust().check(broken, List.of(), Purpose.SIGN, NOW), RefusalReason.CERTIFICATE_MALFORMED);
    }
    assertThat(trust().check(PARTNER.model(), List.of(garbage, ISSUER.model()), Purpose.SIGN, NOW))
        .isInstanceOf(Trusted.class);
  }

  @Test
  void oneGoodPathIsEnough() {
    Holder crossSigned =
        ROOT.issue("Issuer")
            .authority()
            .keys(ISSUER.keys())
            .dates(NOW.minus(Duration.ofDays(9)), NOW.minus(Duration.ofDays(1)))
            .make();

    assertThat(check(PARTNER, crossSigned, ISSUER)).isInstanceOf(Trusted.class);
    assertRefused(check(PARTNER, crossSigned), RefusalReason.CERTIFICATE_EXPIRED);
  }

  @Test
  void aMazeOfIssuersEndsSoon() {
    List<Certificate> maze = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      maze.add(TestPki.root("Issuer", ISSUER.keys()).model());
    }
    Verdict verdict = trust().check(PARTNER.model(), maze, Purpose.SIGN, NOW);

    assertRefused(verdict, RefusalReason.CERTIFICATE_UNTRUSTED);
  }

  @Test
  void aCertificateThatIsItselfARootIsTrusted() {
    Holder partnersOwn = ROOT.issue("Own").make();
    root("own", partnersOwn, PathRules.ANY_POLICY);

    assertThat(((Trusted) check(partnersOwn)).path()).containsExactly(partnersOwn.model());
  }

  @Test
  void readsAChangeOfItsFilesAndKeepsTheOldOnesWhereTheChangeIsWrong() throws IOException {
    PathTrust trust = trust();
    assertThat(trust.check(PARTNER.model(), models(ISSUER), Purpose.SIGN, NOW))
        .isInstanceOf(Trusted.class);

    lists(ROOT.crl(), ISSUER.crl(PARTNER));
    assertRefused(
        trust.check(PARTNER.model(), models(ISSUER), Purpose.SIGN, NOW),
        RefusalReason.CERTIFICATE_REVOKED);

    Files.writeString(folder.resolve("intermediates/broken.pem"), "nothing");
    assertRefused(
        trust.check(PARTNER.model(), models(ISSUER), Purpose.SIGN, NOW.plusSeconds(120)),
        RefusalReason.CERTIFICATE_REVOKED);
  }

  @Test
  void judgesAServerUnderOneOfItsRootsAndLeavesOthersToOthers() {
    Holder server = ISSUER.issue("Server").make();
    Holder elsewhere = TestPki.root("Elsewhere").issue("Weak").keys(TestKeys.rsa(1024)).make();
    lists(ROOT.crl(), ISSUER.crl(server));

    assertThat(server(PARTNER)).isInstanceOf(Trusted.class);
    assertRefused(server(server), RefusalReason.CERTIFICATE_REVOKED);
    assertRefused(server(elsewhere), RefusalReason.CERTIFICATE_UNTRUSTED);
  }

  private Verdict server(Holder subject) {
    return trust().check(subject.model(), models(ISSUER), Purpose.TLS_SERVER, NOW);
  }

  @Test
  void doesNotStartWithoutRootsOrWithFilesThatAreNone() throws IOException {
    roots.clear();
    assertThatThrownBy(this::trust).isInstanceOf(TrustInvalid.class);

    Path broken = Files.writeString(folder.resolve("broken.pem"), "nothing");
    roots.add(new TrustSettings.Root("broken", broken, PathRules.ANY_POLICY));
    assertThatThrownBy(this::trust).hasMessageContaining("broken.pem");
  }

  @Test
  void aPinnedCertificateIsTrustedForWhatItIs() {
    PinnedTrust pinned = new PinnedTrust(AlgorithmPolicy.DEFAULT);
    Holder expired =
        ROOT.issue("A").dates(NOW.minus(Duration.ofDays(9)), NOW.minus(Duration.ofDays(1))).make();

    assertThat(pinned.check(PARTNER.model(), List.of(), Purpose.SIGN, NOW))
        .isEqualTo(new Trusted(List.of(PARTNER.model()), List.of(), false));
    assertRefused(
        pinned.check(expired.model(), List.of(), Purpose.SIGN, NOW),
        RefusalReason.CERTIFICATE_EXPIRED);
  }

  private Verdict check(Holder subject, Holder... others) {
    return trust().check(subject.model(), models(others), Purpose.SIGN, NOW);
  }

  private PathTrust trust() {
    return new PathTrust(
        new TrustSettings(
            roots,
            Optional.of(folder.resolve("intermediates")),
            Optional.of(folder.resolve("crls")),
            policy,
            revocation,
            Duration.ofHours(4),
            new OcspSettings(
                true,
                Duration.ofSeconds(2),
                Duration.ofDays(1),
                Duration.ofHours(1),
                OcspSettings.Nonce.NONE),
            false,
            Duration.ZERO),
        new MemoryOcspMemory());
  }

  private void root(String name, Holder root, PathRules rules) {
    roots.add(
        new TrustSettings.Root(name, root.write(folder.resolve("roots/" + name + ".pem")), rules));
  }

  private void lists(X509CRL... crls) {
    try {
      for (int i = 0; i < 9; i++) {
        Files.deleteIfExists(folder.resolve("crls/" + i + ".crl"));
      }
      for (int i = 0; i < crls.length; i++) {
        TestPki.write(folder.resolve("crls/" + i + ".crl"), "X509 CRL", crls[i].getEncoded());
      }
    } catch (IOException | CRLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static Holder withMail(Holder issuer, String address) {
    return issuer
        .issue("Mail")
        .with(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(new GeneralName(GeneralName.rfc822Name, address)))
        .make();
  }

  private static CertificatePolicies policies(String oid) {
    return new CertificatePolicies(new PolicyInformation(new ASN1ObjectIdentifier(oid)));
  }

  private static List<Certificate> models(Holder... holders) {
    return Arrays.stream(holders).map(Holder::model).toList();
  }

  private static void assertRefused(Verdict verdict, RefusalReason reason) {
    assertThat(verdict).isInstanceOf(Refused.class);
    assertThat(((Refused) verdict).reason()).as(verdict.toString()).isEqualTo(reason);
  }
}
