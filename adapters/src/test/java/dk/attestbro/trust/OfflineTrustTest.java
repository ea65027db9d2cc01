package dk.attestbro.trust;

import static dk.attestbro.trust.TestPki.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.Certificate;
import dk.attestbro.port.CertificateTrust.Proof;
import dk.attestbro.port.CertificateTrust.Trusted;
import dk.attestbro.port.TrustReplay.Replayed;
import dk.attestbro.trust.OcspAnswers.Answer;
import dk.attestbro.trust.TestPki.Holder;
import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.junit.jupiter.api.Test;

/** A path with its proofs, judged again years later: by what it is, and by nothing else. */
final class OfflineTrustTest {
  private static final Holder ROOT = TestPki.root("Root");
  private static final Holder ISSUER = ROOT.issue("Issuer").authority().make();
  private static final Holder PARTNER = ISSUER.issue("Partner").make();
  private static final Proof ROOT_LIST = list(ROOT.crl());
  private static final Instant SOON = NOW.plus(Duration.ofHours(2));
  private static final Instant LATELY = NOW.minus(Duration.ofMinutes(10));

  private final OfflineTrust offline = new OfflineTrust();

  @Test
  void holdsByTheAnswerOfTheResponderAndTheListOfTheRoot() {
    Replayed found = replay(ROOT_LIST, answer(ISSUER, CertificateStatus.GOOD, LATELY, SOON));

    assertThat(found.broken()).isEmpty();
    assertThat(found.notes())
        .containsExactly(
            "the root is " + ROOT.model().fingerprint() + ": compare it with its owner's");
  }

  @Test
  void holdsByListsAloneAndByWhomTheIssuerAuthorisedToAnswer() {
    assertThat(replay(ROOT_LIST, list(ISSUER.crl())).broken()).isEmpty();

    Holder responder =
        ISSUER
            .issue("Responder")
            .with(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_OCSPSigning))
            .with(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, false, DERNull.INSTANCE)
            .make();
    Answer answer = Answer.of(responder, CertificateStatus.GOOD, LATELY, SOON);
    Answer withItsSigner =
        new Answer(
            responder,
            List.of(responder),
            answer.status(),
            LATELY,
            answer.nextUpdate(),
            answer.nonce(),
            answer.algorithm());
    assertThat(replay(ROOT_LIST, about(withItsSigner)).broken()).isEmpty();
    assertThat(replay(ROOT_LIST, about(answer)).broken())
        .singleElement()
        .asString()
        .contains("certificate 0", "not signed by the issuer or whom it authorised");
  }

  @Test
  void breaksWhereAProofIsOldOrEarlyOrSaysRevoked() {
    assertThat(broken(answer(ISSUER, CertificateStatus.GOOD, LATELY, NOW.minusSeconds(301))))
        .contains("not fresh");
    assertThat(broken(answer(ISSUER, CertificateStatus.GOOD, NOW.plusSeconds(301), SOON)))
        .contains("not fresh");
    assertThat(broken(answer(ISSUER, new RevokedStatus(Date.from(LATELY), 1), LATELY, SOON)))
        .contains("revoked");
    assertThat(broken(list(ISSUER.crl(PARTNER)))).contains("revoked");
    assertThat(
            broken(list(ISSUER.crl(NOW.minus(Duration.ofDays(2)), NOW.minus(Duration.ofDays(1))))))
        .contains("no CRL that covers it");
  }

  @Test
  void breaksWhereTheCertificateWasNotValidThenOrTheChainIsAnothers() {
    List<Proof> proofs = List.of(ROOT_LIST, answer(ISSUER, CertificateStatus.GOOD, LATELY, SOON));
    Instant later = NOW.plus(Duration.ofDays(400));
    assertThat(offline.replay(new Trusted(path(), proofs, false), later).broken())
        .singleElement()
        .asString()
        .contains("CERTIFICATE_EXPIRED");

    Holder other = TestPki.root("Issuer");
    List<Certificate> path = List.of(PARTNER.model(), other.model());
    assertThat(offline.replay(new Trusted(path, proofs, false), NOW).broken())
        .singleElement()
        .asString()
        .contains("CERTIFICATE_UNTRUSTED");
  }

  @Test
  void saysWhatWasTakenOnGraceAndWhatWasNeverLookedAt() {
    Proof ended = answer(ISSUER, CertificateStatus.GOOD, LATELY, NOW.minusSeconds(301));
    Replayed onGrace = offline.replay(new Trusted(path(), List.of(ROOT_LIST, ended), true), NOW);
    assertThat(onGrace.broken()).isEmpty();
    assertThat(onGrace.notes()).anyMatch(note -> note.contains("taken on grace"));

    Replayed without = replay();
    assertThat(without.broken()).isEmpty();
    assertThat(without.notes()).filteredOn(note -> note.contains("nothing about")).hasSize(2);

    Replayed pinned = offline.replay(new Trusted(List.of(PARTNER.model()), List.of(), false), NOW);
    assertThat(pinned.broken()).isEmpty();
    assertThat(pinned.notes()).singleElement().asString().contains("configuration names it");
  }

  @Test
  void breaksOnWhatCannotBeReadAndNeverThrows() {
    List<Certificate> none = List.of(Certificate.of(new byte[] {1, 2, 3}), ROOT.model());
    assertThat(offline.replay(new Trusted(none, List.of(), false), NOW).broken()).hasSize(1);
    assertThat(replay(new Proof(Proof.Kind.CRL, new byte[] {1})).broken()).hasSize(1);
    assertThat(replay(ROOT_LIST, new Proof(Proof.Kind.OCSP, new byte[] {1})).notes())
        .anyMatch(note -> note.contains("certificate 0 of its path: nothing about"));
  }

  private String broken(Proof ofTheIssuer) {
    List<String> broken = replay(ROOT_LIST, ofTheIssuer).broken();
    assertThat(broken).hasSize(1);
    return broken.get(0);
  }

  private Replayed replay(Proof... proofs) {
    return offline.replay(new Trusted(path(), Arrays.asList(proofs), false), NOW);
  }

  private static List<Certificate> path() {
    return List.of(PARTNER.model(), ISSUER.model(), ROOT.model());
  }

  private static Proof answer(Holder signer, CertificateStatus status, Instant from, Instant to) {
    return about(Answer.of(signer, status, from, to));
  }

  private static Proof about(Answer answer) {
    return new Proof(Proof.Kind.OCSP, answer.about(ISSUER.certificate(), PARTNER.certificate()));
  }

  private static Proof list(X509CRL crl) {
    try {
      return new Proof(Proof.Kind.CRL, crl.getEncoded());
    } catch (CRLException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
