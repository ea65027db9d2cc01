package dk.attestbro.trust;

import dk.attestbro.trust.TestPki.Holder;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.jcajce.JcaBasicOCSPRespBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** Answers of a responder, right and wrong, and where certificates say that it is. */
public final class OcspAnswers {
  private OcspAnswers() {}

  /**
   * What is answered.
   *
   * @param status null: good, as the library has it
   */
  public record Answer(
      Holder signer,
      List<Holder> sentAlong,
      CertificateStatus status,
      Instant thisUpdate,
      Optional<Instant> nextUpdate,
      Optional<byte[]> nonce,
      String algorithm) {
    /** An answer by this signer, without anything special. */
    public static Answer of(Holder signer, CertificateStatus status, Instant from, Instant to) {
      return new Answer(
          signer, List.of(), status, from, Optional.of(to), Optional.empty(), "SHA256withECDSA");
    }

    /** About this certificate of this issuer. */
    public byte[] about(X509Certificate issuer, X509Certificate certificate) {
      try {
        return about(
            new CertificateID(
                new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1),
                new JcaX509CertificateHolder(issuer),
                certificate.getSerialNumber()));
      } catch (OCSPException | OperatorCreationException | GeneralSecurityException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    /** About what was asked for. */
    public byte[] to(byte[] request) {
      try {
        return about(new OCSPReq(request).getRequestList()[0].getCertID());
      } catch (IOException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    private byte[] about(CertificateID asked) {
      try {
        BasicOCSPRespBuilder basic =
            new JcaBasicOCSPRespBuilder(
                signer.keys().getPublic(),
                new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1));
        basic.addResponse(
            asked, status, Date.from(thisUpdate), nextUpdate.map(Date::from).orElse(null));
        if (nonce.isPresent()) {
          basic.setResponseExtensions(
              new Extensions(
                  new Extension(
                      OCSPObjectIdentifiers.id_pkix_ocsp_nonce,
                      false,
                      new DEROctetString(nonce.get()).getEncoded())));
        }
        X509CertificateHolder[] along = new X509CertificateHolder[sentAlong.size()];
        for (int i = 0; i < along.length; i++) {
          along[i] = new JcaX509CertificateHolder(sentAlong.get(i).certificate());
        }
        return new OCSPRespBuilder()
            .build(
                OCSPRespBuilder.SUCCESSFUL,
                basic.build(
                    new JcaContentSignerBuilder(algorithm).build(signer.keys().getPrivate()),
                    along,
                    Date.from(thisUpdate)))
            .getEncoded();
      } catch (OCSPException
          | OperatorCreationException
          | GeneralSecurityException
          | IOException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  /** The extension of a certificate whose responder is at this address. */
  public static AuthorityInformationAccess at(String url) {
    return new AuthorityInformationAccess(
        new AccessDescription(
            AccessDescription.id_ad_ocsp,
            new GeneralName(GeneralName.uniformResourceIdentifier, url)));
  }
}
