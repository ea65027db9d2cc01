package dk.attestbro.trust;

import dk.attestbro.model.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.jspecify.annotations.Nullable;

/** Requests and answers of OCSP (RFC 6960) about one certificate of one issuer. */
final class OcspMessages {
  /** An answer that proves nothing. The message is a cause, never content. */
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String why) {
      super(why);
    }
  }

  private static final int NONCE_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final AlgorithmPolicy algorithms;
  private final DigestCalculatorProvider digests;

  OcspMessages(AlgorithmPolicy algorithms) {
    this.algorithms = algorithms;
    try {
      this.digests = new JcaDigestCalculatorProviderBuilder().build();
    } catch (OperatorCreationException impossible) {
      throw new IllegalStateException("every Java platform has SHA-1 and SHA-2", impossible);
    }
  }

  static byte[] nonce() {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    return nonce;
  }

  byte[] request(X509Certificate certificate, X509Certificate issuer, Optional<byte[]> nonce) {
    try {
      OCSPReqBuilder request = new OCSPReqBuilder();
      // SHA-1 names the issuer here and proves nothing; responders know no other (RFC 5019, 2.1.1).
      request.addRequest(
          new CertificateID(
              digests.get(CertificateID.HASH_SHA1),
              new JcaX509CertificateHolder(issuer),
              certificate.getSerialNumber()));
      if (nonce.isPresent()) {
        request.setRequestExtensions(
            new Extensions(
                new Extension(
                    OCSPObjectIdentifiers.id_pkix_ocsp_nonce,
                    false,
                    new DEROctetString(nonce.get()).getEncoded())));
      }
      return request.build().getEncoded();
    } catch (OCSPException
        | OperatorCreationException
        | GeneralSecurityException
        | IOException impossible) {
      throw new IllegalStateException("a request about a parsed certificate", impossible);
    }
  }

  /**
   * Reads an answer and proves that a responder gave it whom the issuer authorised: the issuer
   * itself, or one that it certified for this alone.
   *
   * @param nonceDemanded whether an answer without a nonce is refused
   */
  OcspAnswer read(
      byte[] der,
      X509Certificate certificate,
      X509Certificate issuer,
      Optional<byte[]> nonce,
      boolean nonceDemanded,
      Instant at)
      throws Unusable {
    try {
      OCSPResp response = new OCSPResp(der);
      if (response.getStatus() != OCSPResp.SUCCESSFUL
          || !(response.getResponseObject() instanceof BasicOCSPResp basic)) {
        throw new Unusable("the responder gives no answer, status " + response.getStatus());
      }
      proveSigner(basic, issuer, at);
      if (nonce.isPresent()) {
        compareNonce(basic, nonce.get(), nonceDemanded);
      }
      SingleResp about = about(basic, certificate, issuer);
      return new OcspAnswer(
          status(about.getCertStatus()),
          about.getThisUpdate().toInstant(),
          Optional.ofNullable(about.getNextUpdate()).map(Date::toInstant),
          der);
    } catch (IOException
        | OCSPException
        | GeneralSecurityException
        | OperatorCreationException
        | RuntimeException unreadable) {
      // BouncyCastle throws unchecked for much of what is malformed.
      throw new Unusable("the answer cannot be read");
    }
  }

  /** When an answer was signed. */
  static Instant producedAt(byte[] der) throws Unusable {
    try {
      if (new OCSPResp(der).getResponseObject() instanceof BasicOCSPResp basic) {
        return basic.getProducedAt().toInstant();
      }
    } catch (IOException | OCSPException | RuntimeException unreadable) {
      throw new Unusable("the answer cannot be read");
    }
    throw new Unusable("there is no answer in it");
  }

  /** Whether an answer says anything about this certificate; it proves nothing yet. */
  boolean isAbout(byte[] der, X509Certificate certificate, X509Certificate issuer) {
    try {
      if (new OCSPResp(der).getResponseObject() instanceof BasicOCSPResp basic) {
        about(basic, certificate, issuer);
        return true;
      }
      return false;
    } catch (Unusable
        | IOException
        | OCSPException
        | GeneralSecurityException
        | RuntimeException unreadable) {
      // What cannot be read is about nothing.
      return false;
    }
  }

  private void proveSigner(BasicOCSPResp answer, X509Certificate issuer, Instant at)
      throws Unusable,
          OperatorCreationException,
          GeneralSecurityException,
          OCSPException,
          IOException {
    if (!algorithms.takesSignature(answer.getSignatureAlgorithmID())) {
      throw new Unusable("the answer's signature is too weak");
    }
    if (signedBy(answer, issuer)) {
      return;
    }
    for (X509CertificateHolder holder : answer.getCerts()) {
      X509Certificate responder = Asn1.certificate(holder.getEncoded());
      if (signedBy(answer, responder) && isAuthorised(holder, responder, issuer, at)) {
        return;
      }
    }
    throw new Unusable("the answer is not signed by the issuer or whom it authorised");
  }

  private static boolean signedBy(BasicOCSPResp answer, X509Certificate signer)
      throws OperatorCreationException {
    try {
      return answer.isSignatureValid(
          new JcaContentVerifierProviderBuilder()
              .setProvider(Asn1.BOUNCY_CASTLE)
              .build(signer.getPublicKey()));
    } catch (OCSPException otherKindOfKey) {
      return false;
    }
  }

  /** RFC 6960, 4.2.2.2: by the very issuer, for OCSP signing, and not to be looked up itself. */
  private boolean isAuthorised(
      X509CertificateHolder holder, X509Certificate responder, X509Certificate issuer, Instant at) {
    try {
      responder.verify(issuer.getPublicKey());
    } catch (GeneralSecurityException byAnother) {
      return false;
    }
    @Nullable ExtendedKeyUsage uses = ExtendedKeyUsage.fromExtensions(holder.getExtensions());
    return responder.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())
        && uses != null
        && uses.hasKeyPurposeId(KeyPurposeId.id_kp_OCSPSigning)
        && holder.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck) != null
        && algorithms.takes(responder.getPublicKey())
        && algorithms.takesSignatureOn(responder)
        && !at.isBefore(responder.getNotBefore().toInstant())
        && !at.isAfter(responder.getNotAfter().toInstant());
  }

  private static void compareNonce(BasicOCSPResp answer, byte[] sent, boolean demanded)
      throws Unusable {
    @Nullable Extension came = answer.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
    if (came == null) {
      if (demanded) {
        throw new Unusable("the answer has no nonce");
      }
      return;
    }
    byte[] nonce = ASN1OctetString.getInstance(came.getParsedValue()).getOctets();
    if (!Arrays.equals(nonce, sent)) {
      throw new Unusable("the answer has another nonce");
    }
  }

  private SingleResp about(
      BasicOCSPResp answer, X509Certificate certificate, X509Certificate issuer)
      throws Unusable, OCSPException, GeneralSecurityException {
    X509CertificateHolder holder = new JcaX509CertificateHolder(issuer);
    for (SingleResp one : List.of(answer.getResponses())) {
      if (one.getCertID().getSerialNumber().equals(certificate.getSerialNumber())
          && one.getCertID().matchesIssuer(holder, digests)) {
        return one;
      }
    }
    throw new Unusable("the answer is about another certificate");
  }

  private static OcspAnswer.Status status(@Nullable CertificateStatus status) {
    if (status == CertificateStatus.GOOD) {
      return OcspAnswer.Status.GOOD;
    }
    return status instanceof RevokedStatus ? OcspAnswer.Status.REVOKED : OcspAnswer.Status.UNKNOWN;
  }

  /** By what an answer is kept: the certificate and its issuer. */
  static Digest keyOf(X509Certificate certificate, X509Certificate issuer) {
    try {
      String both = Digest.of(certificate.getEncoded()) + " " + Digest.of(issuer.getEncoded());
      return Digest.of(both.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("a parsed certificate has an encoding", impossible);
    }
  }
}
