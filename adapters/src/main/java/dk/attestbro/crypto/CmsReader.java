package dk.attestbro.crypto;

import dk.attestbro.model.Certificate;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.MessageProtection.Opened;
import dk.attestbro.port.SenderSignature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedDataParser;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.util.Selector;
import org.bouncycastle.util.Store;

/** Decrypts, then verifies, then reads the media type; nothing is given out before all three. */
final class CmsReader {
  private static final int CHUNK = 1 << 16;
  private static final int ASN1_SEQUENCE = 0x30;

  private final AuthEnvelopeReader envelope;
  private final DigestCalculatorProvider digests;

  CmsReader(List<KeyAndCertificate> opening, PrivateKeyOperations operations) {
    this.envelope = new AuthEnvelopeReader(new ContentKeys(opening, operations));
    try {
      this.digests = new JcaDigestCalculatorProviderBuilder().build();
    } catch (OperatorCreationException impossible) {
      throw new IllegalStateException("every Java platform has SHA-2", impossible);
    }
  }

  Opened read(byte[] cms, Instant now) throws CmsRefused {
    return verified(unwrapped(envelope.decrypt(cms, false)), now);
  }

  /** An S/MIME client wraps the signed message in a MIME entity of its own (RFC 8551, 3.3). */
  private static byte[] unwrapped(byte[] decrypted) throws CmsRefused {
    if (decrypted.length > 0 && decrypted[0] == ASN1_SEQUENCE) {
      return decrypted;
    }
    MimeEntity entity =
        MimeEntity.read(decrypted, decrypted.length)
            .filter(e -> MediaType.parse(e.contentType()).filter(MediaType.CMS::equals).isPresent())
            .orElseThrow(() -> CmsRefused.signature("what was encrypted is not signed"));
    return body(entity, decrypted, decrypted.length);
  }

  private Opened verified(byte[] signedData, Instant now) throws CmsRefused {
    try {
      CMSSignedDataParser parser =
          new CMSSignedDataParser(digests, new ByteArrayInputStream(signedData));
      if (parser.getSignedContent() == null) {
        throw CmsRefused.signature("the signed content is not inside");
      }
      int length = drain(parser.getSignedContent().getContentStream(), signedData);
      X509Certificate signer = verifiedSigner(parser, now);
      Certificate certificate = Certificate.of(signer.getEncoded());
      Signed signed = signed(signedData, length);
      return new Opened(
          signed.payload(),
          certificate,
          others(parser, certificate),
          new SenderSignature(
              DetachedSignature.of(parser),
              Arrays.copyOf(signedData, signed.start()),
              signed.isPlain()
                  ? Optional.empty()
                  : Optional.of(Arrays.copyOfRange(signedData, signed.start(), length))));
    } catch (CMSException | IOException | CertificateException | RuntimeException broken) {
      // BouncyCastle throws unchecked for much of what is malformed.
      throw CmsRefused.signature("the signed message cannot be read");
    }
  }

  private static List<Certificate> others(CMSSignedDataParser parser, Certificate signer)
      throws CMSException, IOException {
    @SuppressWarnings("unchecked") // BouncyCastle gives a raw Store of these.
    Store<X509CertificateHolder> certificates = parser.getCertificates();
    List<Certificate> others = new ArrayList<>();
    for (X509CertificateHolder one : certificates.getMatches(null)) {
      others.add(Certificate.of(one.getEncoded()));
    }
    others.remove(signer);
    return others;
  }

  /**
   * Writes the content over the encoding that it is read from: it never gets longer by being read,
   * so what is written always lies behind what is still to be read. It saves a copy of the letter.
   */
  private static int drain(InputStream content, byte[] into) throws IOException {
    byte[] chunk = new byte[CHUNK];
    int length = 0;
    for (int n = content.read(chunk); n >= 0; n = content.read(chunk)) {
      System.arraycopy(chunk, 0, into, length, n);
      length += n;
    }
    content.close();
    return length;
  }

  private static X509Certificate verifiedSigner(CMSSignedDataParser parser, Instant now)
      throws CMSException, CertificateException, CmsRefused {
    Collection<SignerInformation> signers = parser.getSignerInfos().getSigners();
    if (signers.size() != 1) {
      throw CmsRefused.signature("one signer is expected, found " + signers.size());
    }
    @SuppressWarnings("unchecked") // BouncyCastle gives a raw Store of these.
    Store<X509CertificateHolder> certificates = parser.getCertificates();
    return verified(signers.iterator().next(), certificates, now);
  }

  /** The certificate among these that verifies the signature. */
  private static X509Certificate verified(
      SignerInformation signer, Store<X509CertificateHolder> certificates, Instant now)
      throws CMSException, CertificateException, CmsRefused {
    if (!SignerRules.takesAlgorithms(signer)) {
      throw CmsRefused.signature("the signature's algorithms are not taken");
    }
    X509Certificate certificate = certificate(certificates, signer);
    if (!SignerRules.isStrong(certificate.getPublicKey())) {
      throw CmsRefused.certificate(RefusalReason.CERTIFICATE_WEAK);
    }
    if (!SignerRules.isForSigning(certificate)) {
      throw CmsRefused.certificate(RefusalReason.CERTIFICATE_WRONG_USE);
    }
    CertificateDates dates = CertificateDates.of(certificate);
    if (!dates.hold(now)) {
      throw CmsRefused.certificate(
          now.isBefore(dates.notBefore())
              ? RefusalReason.CERTIFICATE_NOT_YET_VALID
              : RefusalReason.CERTIFICATE_EXPIRED);
    }
    boolean valid;
    try {
      valid =
          signer.verify(
              new JcaSimpleSignerInfoVerifierBuilder()
                  .setProvider(Providers.BOUNCY_CASTLE)
                  .build(certificate));
    } catch (OperatorCreationException unusable) {
      throw CmsRefused.signature("the signature cannot be verified");
    }
    if (!valid) {
      throw CmsRefused.signature("the signature is wrong");
    }
    return certificate;
  }

  private static X509Certificate certificate(
      Store<X509CertificateHolder> certificates, SignerInformation signer)
      throws CertificateException, CmsRefused {
    @SuppressWarnings("unchecked") // BouncyCastle gives a raw Selector of these.
    Selector<X509CertificateHolder> signedBy = signer.getSID();
    Optional<X509CertificateHolder> found = certificates.getMatches(signedBy).stream().findFirst();
    if (found.isEmpty()) {
      throw CmsRefused.signature("the signer's certificate is not inside");
    }
    return new JcaX509CertificateConverter().getCertificate(found.get());
  }

  /**
   * The payload among what was signed.
   *
   * @param start where it begins
   * @param isPlain whether it stands there as it is
   */
  private record Signed(Payload payload, int start, boolean isPlain) {}

  private static Signed signed(byte[] content, int length) throws CmsRefused {
    Optional<MimeEntity> entity = MimeEntity.read(content, length);
    if (entity.isPresent()) {
      MediaType type =
          MediaType.parse(entity.get().contentType())
              .filter(t -> t != MediaType.CMS)
              .orElseThrow(() -> CmsRefused.unreadable("what was signed is no FHIR message"));
      return new Signed(
          new Payload(body(entity.get(), content, length), type),
          entity.get().start(),
          entity.get().isPlain());
    }
    // Signed without a MIME header: JSON and XML tell themselves apart.
    byte first = length == 0 ? 0 : content[0];
    if (first != '{' && first != '<') {
      throw CmsRefused.unreadable("what was signed is no FHIR message");
    }
    MediaType type = first == '{' ? MediaType.FHIR_JSON : MediaType.FHIR_XML;
    return new Signed(new Payload(Arrays.copyOf(content, length), type), 0, true);
  }

  private static byte[] body(MimeEntity entity, byte[] bytes, int length) throws CmsRefused {
    if (entity.isPlain()) {
      return Arrays.copyOfRange(bytes, entity.start(), length);
    }
    if (!entity.isBase64()) {
      throw CmsRefused.unreadable("the transfer encoding is not taken");
    }
    try {
      return Base64.getMimeDecoder()
          .decode(
              new String(
                  bytes, entity.start(), length - entity.start(), StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException notBase64) {
      throw CmsRefused.unreadable("the transfer encoding is broken");
    }
  }
}
