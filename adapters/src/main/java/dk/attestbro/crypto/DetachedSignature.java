package dk.attestbro.crypto;

import dk.attestbro.model.Certificate;
import dk.attestbro.port.DetachedSignatures;
import dk.attestbro.port.MailSignature;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.BERSet;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedDataParser;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.util.Store;

/** SignedData (RFC 5652, 5.2) without what it signs: made of what came, and verified beside it. */
public final class DetachedSignature implements DetachedSignatures {
  private final SmimeSignatures signatures = new SmimeSignatures();

  /** The signatures and certificates of what was read to its end, their bytes as they came. */
  static byte[] of(CMSSignedDataParser read) throws CMSException, IOException {
    Set<AlgorithmIdentifier> digests = new LinkedHashSet<>();
    ASN1EncodableVector signers = new ASN1EncodableVector();
    for (SignerInformation signer : read.getSignerInfos().getSigners()) {
      digests.add(signer.getDigestAlgorithmID());
      signers.add(signer.toASN1Structure());
    }
    ASN1EncodableVector certificates = new ASN1EncodableVector();
    @SuppressWarnings("unchecked") // BouncyCastle gives a raw Store of these.
    Store<X509CertificateHolder> along = read.getCertificates();
    for (X509CertificateHolder one : along.getMatches(null)) {
      certificates.add(one.toASN1Structure());
    }
    SignedData bare =
        new SignedData(
            new BERSet(digests.toArray(ASN1Encodable[]::new)),
            new ContentInfo(new ASN1ObjectIdentifier(read.getSignedContentTypeOID()), null),
            new BERSet(certificates),
            null,
            new BERSet(signers));
    return new ContentInfo(CMSObjectIdentifiers.signedData, bare).getEncoded();
  }

  @Override
  public List<Certificate> signers(byte[] cms, InputStream signed) {
    return signatures.signers(signed, cms).stream().map(MailSignature.Signer::certificate).toList();
  }
}
