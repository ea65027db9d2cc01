package dk.attestbro.gateway.demo;

import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Locale;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSAuthEnvelopedData;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.KeyTransRecipientInformation;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.cms.jcajce.JceKeyAgreeAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransAuthEnvelopedRecipient;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;

/**
 * Opens what the gateway sends to a partner, with Bouncy Castle alone: AuthEnvelopedData to the
 * partner's key, SignedData in it (RFC 5652, RFC 5083).
 */
final class CmsOpener {
  private static final Provider BC = new BouncyCastleProvider();

  private final ThrowawayKey own;

  CmsOpener(ThrowawayKey own) {
    this.own = own;
  }

  /** What was inside, and the certificate whose key signed it. */
  record Opened(Payload content, X509Certificate signer) {}

  /**
   * Decrypts and verifies.
   *
   * @throws StepFailed where it is not for this key or the signature is not good
   */
  Opened open(byte[] cms) {
    try {
      CMSSignedData signed = new CMSSignedData(decrypt(cms));
      X509Certificate signer = verifiedSigner(signed);
      byte[] content = (byte[]) signed.getSignedContent().getContent();
      return new Opened(payload(content), signer);
    } catch (CMSException | CertificateException | OperatorCreationException unreadable) {
      throw new StepFailed("the CMS message cannot be opened: " + unreadable, unreadable);
    }
  }

  private byte[] decrypt(byte[] cms) throws CMSException {
    CMSAuthEnvelopedData enveloped = new CMSAuthEnvelopedData(cms);
    RecipientInformation recipient =
        enveloped.getRecipientInfos().getRecipients().iterator().next();
    return recipient instanceof KeyTransRecipientInformation
        ? recipient.getContent(
            new JceKeyTransAuthEnvelopedRecipient(own.key()).setContentProvider(BC))
        : recipient.getContent(
            new JceKeyAgreeAuthEnvelopedRecipient(own.key())
                .setProvider(BC)
                .setContentProvider(BC));
  }

  private static X509Certificate verifiedSigner(CMSSignedData signed)
      throws CMSException, CertificateException, OperatorCreationException {
    SignerInformation signer = signed.getSignerInfos().getSigners().iterator().next();
    X509CertificateHolder holder =
        (X509CertificateHolder)
            signed.getCertificates().getMatches(signer.getSID()).iterator().next();
    X509Certificate certificate = new JcaX509CertificateConverter().getCertificate(holder);
    if (!signer.verify(
        new JcaSimpleSignerInfoVerifierBuilder().setProvider(BC).build(certificate))) {
      throw new StepFailed("the signature of a CMS message is not good");
    }
    return certificate;
  }

  /** The content is a MIME entity: its headers are under the signature too (RFC 8551, 3.1). */
  private static Payload payload(byte[] entity) {
    String start =
        new String(entity, 0, Math.min(entity.length, 2000), StandardCharsets.ISO_8859_1);
    int end = start.indexOf("\r\n\r\n");
    boolean hasHeaders = end > 0 && start.toLowerCase(Locale.ROOT).startsWith("content-");
    if (!hasHeaders) {
      boolean xml = start.stripLeading().startsWith("<");
      return new Payload(entity, xml ? MediaType.FHIR_XML : MediaType.FHIR_JSON);
    }
    boolean xml =
        start.substring(0, end).toLowerCase(Locale.ROOT).contains(MediaType.FHIR_XML.value());
    return new Payload(
        Arrays.copyOfRange(entity, end + 4, entity.length),
        xml ? MediaType.FHIR_XML : MediaType.FHIR_JSON);
  }
}
