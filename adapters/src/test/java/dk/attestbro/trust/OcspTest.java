package dk.attestbro.trust;

import static dk.attestbro.trust.TestPki.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.memory.MemoryOcspMemory;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.CertificateTrust.Proof;
import dk.attestbro.port.CertificateTrust.Purpose;
import dk.attestbro.port.CertificateTrust.Refused;
import dk.attestbro.port.CertificateTrust.Trusted;
import dk.attestbro.port.CertificateTrust.Verdict;
import dk.attestbro.port.OcspMemory;
import dk.attestbro.trust.TestPki.Holder;
import dk.attestbro.trust.TrustSettings.RevocationMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OCSP against a responder over HTTP on loopback, with everything that can be wrong with it. */
final class OcspTest {
  private static final Holder ROOT = TestPki.root("Root");
  private static final Duration GRACE = Duration.ofHours(4);

  @TempDir private Path folder;
  private OcspMemory memory = OcspMemory.NONE;
  private final OcspServer server = new OcspServer();
  private Holder partner = ROOT.issue("none yet").make();
  private RevocationMode revocation = RevocationMode.HARD_FAIL;
  private OcspSettings.Nonce nonce = OcspSettings.Nonce.NONE;
  private boolean download;
  private Duration timeout = Duration.ofSeconds(30);

  // What the responder answers with, unless a test changes it.
  private Holder signer = ROOT;
  private Optional<Holder> sentAlong = Optional.empty();
  private CertificateStatus status = CertificateStatus.GOOD;
  private Instant thisUpdate = NOW.minus(Duration.ofMinutes(10));
  private Optional<Instant> nextUpdate = Optional.of(NOW.plus(Duration.ofHours(2)));
  private Optional<byte[]> nonceBack = Optional.empty();
  private Optional<Holder> about = Optional.empty();
  private String algorithm = "SHA256withECDSA";

  @BeforeEach
  void aPartnerWhoseCertificateNamesTheResponder() throws IOException {
    Files.createDirectories(folder.resolve("crls"));
    ROOT.write(folder.resolve("root.pem"));
    partner = ROOT.issue("Partner").with(Extension.authorityInfoAccess, false, responder()).make();
    server.answers((request, exchange) -> OcspServer.send(exchange, answer(request)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aGoodAnswerIsProofAndIsAskedForOnce() {
    PathTrust trust = trust();

    Trusted trusted = (Trusted) at(trust, NOW);
    assertThat(trusted.proofs()).extracting(Proof::kind).containsExactly(Proof.Kind.OCSP);
    assertThat(at(trust, NOW.plus(Duration.ofMinutes(30)))).isInstanceOf(Trusted.class);
    assertThat(server.asked()).isEqualTo(1);
    assertThat(at(trust, NOW.plus(Duration.ofMinutes(61)))).isInstanceOf(Trusted.class);
    assertThat(server.asked()).isEqualTo(2);
  }

  @Test
  void aRevokedCertificateIsRefusedAlsoOnceTheResponderIsGone() {
    status = new RevokedStatus(Date.from(NOW.minus(Duration.ofDays(1))), 1);
    PathTrust trust = trust();

    assertRefused(at(trust, NOW), RefusalReason.CERTIFICATE_REVOKED);
    server.close();
    assertRefused(at(trust, NOW.plus(Duration.ofHours(3))), RefusalReason.CERTIFICATE_REVOKED);
  }

  @Test
  void aCertificateThatItsResponderDoesNotKnowIsRefusedWhateverAListSays() throws Exception {
    status = new UnknownStatus();
    list(ROOT.crl());

    assertRefused(at(trust(), NOW), RefusalReason.CERTIFICATE_STATUS_UNKNOWN);
    revocation = RevocationMode.SOFT_FAIL;
    assertRefused(at(trust(), NOW), RefusalReason.CERTIFICATE_STATUS_UNKNOWN);
  }

  @Test
  void staleAndEarlyAnswersProveNothing() {
    nextUpdate = Optional.of(NOW.minus(Duration.ofMinutes(6)));
    assertRefused(at(trust(), NOW), RefusalReason.CERTIFICATE_STATUS_UNKNOWN);

    nextUpdate = Optional.empty();
    thisUpdate = NOW.minus(Duration.ofHours(25));
    assertRefused(at(trust(), NOW), RefusalReason.CERTIFICATE_STATUS_UNKNOWN);

    nextUpdate = Optional.of(NOW.plus(Duration.ofDays(7)));
    assertRefused(at(trust(), NOW), RefusalReason.CERTIFICATE_STATUS_UNKNOWN);

    thisUpdate = NOW.plus(Duration.ofMinutes(6));
    assertRefused(at(trust(), NOW), RefusalReason.CERTIFICATE_STATUS_UNKNOWN);
  }

  @Test
  void anAnswerCountsFromWhomTheIssuerAuthorisedForIt() {
    signer = delegated(ROOT);
    sentAlong = Optional.of(signer);

    assertThat(at(trust(), NOW)).isInstanceOf(Trusted.class);
  }

  @Test
  void anAnswerByAnyoneElseProvesNothing() {
    Holder stranger = TestPki.root("Root");
    Holder notForOcsp = ROOT.issue("Partner 2").make();
    Holder looksItselfUp =
        ROOT.issue("Responder").with(Extension.extendedKeyUsage, false, ocspSigning()).make();
    Holder expired =
        ROOT.issue("Responder")
            .with(Extension.extendedKeyUsage, false, ocspSigning())
            .with(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, false, DERNull.INSTANCE)
            .dates(NOW.minus(Duration.ofDays(9)), NOW.minus(Duration.ofDays(1)))
            .make();

    for (Holder wrong :
        List.of(stranger, notForOcsp, looksItselfUp, expired, delegated(stranger), partner)) {
      signer = wrong;
      sentAlong = Optional.of(wrong);
      assertRefused(at(trust(), NOW), RefusalReason.CERTIFICATE_STATUS_UNKNOWN);
    }
  }

  @Test
  void aWeaklySignedAnswerProvesNothing() {
    algorithm = "SHA1withECDSA";

    assertRefused(at(trust(), NOW), RefusalReason.CERTIFICATE_STATUS_UNKNOWN);
  }

  @Test
  void anAnswerAboutAnotherCertificateProvesNothing() {
    about = Optional.of(ROOT.issue("Another").make());

    assertRefused(at(trust(), NOW), RefusalReason.CERTIFICATE_STATUS_UNKNOWN);
  }

  @Test
  void aNonceMustComeBackWhereItIsDemandedAndMayNeverBeAnother() {
    nonce = OcspSettings.Nonce.OFFERED;
    assertThat(at(trust(), NOW)).isInstanceOf(Trusted.class);
    nonceBack = Optional.of(new byte[32]);
    assertRefused(at(trust(), NOW), RefusalReason.CERTIFICATE_STATUS_UNKNOWN);

    nonce = OcspSettings.Nonce.DEMANDED;
    nonceBack = Optional.empty();
    assertRefused(at(trust(), NOW), RefusalReason.CERTIFICATE_STATUS_UNKNOWN);
    server.answers(
        (request, exchange) -> {
          nonceBack = Optional.of(nonceOf(request));
          OcspServer.send(exchange, answer(request));
        });
    assertThat(at(trust(), NOW)).isInstanceOf(Trusted.class);
  }

  @Test
  void errorsGarbageAndHugeAnswersProveNothing() {
    List<OcspServer.Answering> wrong =
        List.of(
            (request, exchange) -> exchange.sendResponseHeaders(503, -1),
            (request, exchange) -> exchange.sendResponseHeaders(302, -1),
            (request, exchange) -> OcspServer.send(exchange, new byte[0]),
            (request, exchange) -> OcspServer.send(exchange, "<html>".getBytes()),
            (request, exchange) -> OcspServer.send(exchange, new byte[] {0x30, 3, 0x0a, 1, 3}),
            (request, exchange) -> OcspServer.send(exchange, new byte[10_000_000]));
    for (OcspServer.Answering answering : wrong) {
      server.answers(answering);
      assertRefused(at(trust(), NOW), RefusalReason.CERTIFICATE_STATUS_UNKNOWN);
    }
  }

  @Test
  void aResponderThatDripsOrHangsIsGivenUp() {
    timeout = Duration.ofMillis(500);
    CountDownLatch end = new CountDownLatch(1);
    server.answers(
        (request, exchange) -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write(0x30);
          exchange.getResponseBody().flush();
          await(end);
        });
    PathTrust trust = trust();

    assertRefused(at(trust, NOW), RefusalReason.CERTIFICATE_STATUS_UNKNOWN);
    assertThat(server.asked()).isEqualTo(1);
    // It delays no further message for a while.
    assertRefused(at(trust, NOW.plusSeconds(29)), RefusalReason.CERTIFICATE_STATUS_UNKNOWN);
    assertThat(server.asked()).isEqualTo(1);
    assertRefused(at(trust, NOW.plusSeconds(31)), RefusalReason.CERTIFICATE_STATUS_UNKNOWN);
    assertThat(server.asked()).isEqualTo(2);
    end.countDown();
  }

  @Test
  void theLastGoodAnswerCountsOnGraceWhileTheResponderIsGoneAndNoLonger() {
    PathTrust trust = trust();
    assertThat(at(trust, NOW)).isInstanceOf(Trusted.class);
    server.close();
    Instant end = nextUpdate.orElseThrow();

    assertThat(((Trusted) at(trust, end.minusSeconds(60))).onGrace()).isFalse();
    assertThat(((Trusted) at(trust, end.plus(GRACE).minusSeconds(120))).onGrace()).isTrue();
    assertRefused(
        at(trust, end.plus(GRACE).plusSeconds(60)), RefusalReason.CERTIFICATE_STATUS_UNKNOWN);
  }

  @Test
  void anAnswerCountsAfterARestartAsItDidBefore() {
    memory = new MemoryOcspMemory();
    assertThat(at(trust(), NOW)).isInstanceOf(Trusted.class);
    Instant end = nextUpdate.orElseThrow();

    assertThat(at(trust(), NOW.plusSeconds(1800))).isInstanceOf(Trusted.class);
    assertThat(server.asked()).isEqualTo(1);
    server.close();
    assertThat(((Trusted) at(trust(), end.plus(GRACE).minusSeconds(60))).onGrace()).isTrue();
    assertRefused(
        at(trust(), end.plus(GRACE).plusSeconds(60)), RefusalReason.CERTIFICATE_STATUS_UNKNOWN);
  }

  @Test
  void whatSomeoneElseWroteIntoTheMemoryProvesNothing() {
    memory = new MemoryOcspMemory();
    Instant asked = NOW.minusSeconds(60);
    Holder stranger = TestPki.root("Root");
    byte[] forged =
        OcspAnswers.Answer.of(stranger, CertificateStatus.GOOD, asked, NOW.plusSeconds(3600))
            .about(ROOT.certificate(), partner.certificate());
    memory.remember(
        OcspMessages.keyOf(partner.certificate(), ROOT.certificate()),
        new OcspMemory.Remembered(forged, asked),
        asked);
    server.close();

    assertRefused(at(trust(), NOW), RefusalReason.CERTIFICATE_STATUS_UNKNOWN);
  }

  @Test
  void aListStandsInForAResponderThatIsGone() throws Exception {
    server.close();
    list(ROOT.crl());
    Trusted trusted = (Trusted) at(trust(), NOW);
    assertThat(trusted.proofs()).extracting(Proof::kind).containsExactly(Proof.Kind.CRL);

    list(ROOT.crl(partner));
    assertRefused(at(trust(), NOW), RefusalReason.CERTIFICATE_REVOKED);
  }

  @Test
  void listsAreFetchedFromWhereCertificatesSayOnlyWhereThatIsTurnedOn() throws Exception {
    byte[] list = ROOT.crl().getEncoded();
    server.answers((request, exchange) -> OcspServer.send(exchange, list));
    partner =
        ROOT.issue("Partner")
            .with(Extension.cRLDistributionPoints, false, points(server.url()))
            .make();

    assertRefused(at(trust(), NOW), RefusalReason.CERTIFICATE_STATUS_UNKNOWN);
    assertThat(server.asked()).isZero();
    download = true;
    assertThat(at(trust(), NOW)).isInstanceOf(Trusted.class);
  }

  @Test
  void aDeltaIsFetchedFromWhereTheCertificateSaysThatItIs() throws Exception {
    server.answers(
        (request, exchange) ->
            OcspServer.send(
                exchange,
                exchange.getRequestURI().getPath().endsWith("delta")
                    ? ROOT.delta(2, partner)
                    : ROOT.complete(1)));
    partner =
        ROOT.issue("Partner")
            .with(Extension.cRLDistributionPoints, false, points(server.url()))
            .with(Extension.freshestCRL, false, points(server.url() + "/delta"))
            .make();
    download = true;

    assertRefused(at(trust(), NOW), RefusalReason.CERTIFICATE_REVOKED);
    assertThat(server.asked()).isEqualTo(2);
  }

  private static CRLDistPoint points(String url) {
    GeneralName place = new GeneralName(GeneralName.uniformResourceIdentifier, url);
    return new CRLDistPoint(
        new DistributionPoint[] {
          new DistributionPoint(new DistributionPointName(new GeneralNames(place)), null, null)
        });
  }

  private Verdict at(PathTrust trust, Instant at) {
    return trust.check(partner.model(), List.of(), Purpose.SIGN, at);
  }

  private PathTrust trust() {
    return new PathTrust(
        new TrustSettings(
            List.of(
                new TrustSettings.Root("root", folder.resolve("root.pem"), PathRules.ANY_POLICY)),
            Optional.empty(),
            Optional.of(folder.resolve("crls")),
            AlgorithmPolicy.DEFAULT,
            revocation,
            GRACE,
            new OcspSettings(true, timeout, Duration.ofHours(24), Duration.ofHours(1), nonce),
            download,
            Duration.ZERO),
        memory);
  }

  private byte[] answer(byte[] request) {
    OcspAnswers.Answer answer =
        new OcspAnswers.Answer(
            signer,
            sentAlong.stream().toList(),
            status,
            thisUpdate,
            nextUpdate,
            nonceBack,
            algorithm);
    return about.isPresent()
        ? answer.about(ROOT.certificate(), about.get().certificate())
        : answer.to(request);
  }

  private static byte[] nonceOf(byte[] request) throws IOException {
    return ((DEROctetString)
            new OCSPReq(request)
                .getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce)
                .getParsedValue())
        .getOctets();
  }

  private static Holder delegated(Holder issuer) {
    return issuer
        .issue("Responder")
        .with(Extension.extendedKeyUsage, false, ocspSigning())
        .with(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, false, DERNull.INSTANCE)
        .make();
  }

  private static ExtendedKeyUsage ocspSigning() {
    return new ExtendedKeyUsage(KeyPurposeId.id_kp_OCSPSigning);
  }

  private AuthorityInformationAccess responder() {
    return OcspAnswers.at(server.url());
  }

  private void list(X509CRL crl) throws CRLException {
    TestPki.write(folder.resolve("crls/root.crl"), "X509 CRL", crl.getEncoded());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void assertRefused(Verdict verdict, RefusalReason reason) {
    assertThat(verdict).isInstanceOf(Refused.class);
    assertThat(((Refused) verdict).reason()).as(verdict.toString()).isEqualTo(reason);
  }
}
