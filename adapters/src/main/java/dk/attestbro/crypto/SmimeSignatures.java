package dk.attestbro.crypto;

import dk.attestbro.model.Certificate;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.MailAddress;
import dk.attestbro.port.MailSignature.RevocationList;
import dk.attestbro.port.MailSignature.Signer;
import dk.attestbro.port.SmimeOpening.Verified;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedDataParser;
import org.bouncycastle.cms.CMSTypedStream;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.util.Selector;
import org.bouncycastle.util.Store;

/** SignedData of a mail: every one of its signatures holds, or nothing is given out. */
final class SmimeSignatures {
  private static final int CHUNK = 1 << 16;
  private static final int MOST_SIGNERS = 8;
  private static final int MOST_CERTIFICATES = 100;
  private static final int RFC822_NAME = 1;

  private final DigestCalculatorProvider digests;

  SmimeSignatures() {
    try {
      DigestCalculatorProvider all = new JcaDigestCalculatorProviderBuilder().build();
      this.digests =
          algorithm -> {
            // Each that a message names costs a pass over its content.
            if (!SignerRules.takesDigest(algorithm.getAlgorithm())) {
              throw new OperatorCreationException("not taken");
            }
            return all.get(algorithm);
          };
    } catch (OperatorCreationException impossible) {
      throw new IllegalStateException("every Java platform has SHA-2", impossible);
    }
  }

  /** What is signed stands inside. Overwrites the array. */
  Verified inside(byte[] signedData) {
    return read(
        () -> {
          CMSSignedDataParser parser =
              new CMSSignedDataParser(digests, new ByteArrayInputStream(signedData));
          CMSTypedStream content = parser.getSignedContent();
          if (content == null) {
            // The certificates alone, or a signature without what it signs.
            throw new MessageRefused(RefusalReason.SMIME_NOT_SIGNED);
          }
          requireData(parser);
          int length = drain(content.getContentStream(), signedData);
          return verified(parser, DetachedSignature::of, () -> Arrays.copyOf(signedData, length));
        });
  }

  /** What is signed stands beside. */
  Verified beside(byte[] content, byte[] signature) {
    return read(
        () -> {
          CMSTypedStream stream = new CMSTypedStream(new ByteArrayInputStream(content));
          CMSSignedDataParser parser = new CMSSignedDataParser(digests, stream, signature);
          requireData(parser);
          parser.getSignedContent().drain();
          return verified(parser, any -> signature, () -> content);
        });
  }

  /** Who signed what stands beside, whatever it is. */
  List<Signer> signers(InputStream content, byte[] signature) {
    return read(
        () -> {
          CMSSignedDataParser parser =
              new CMSSignedDataParser(digests, new CMSTypedStream(content), signature);
          parser.getSignedContent().drain();
          return signers(parser);
        });
  }

  private static <T> T read(Reading<T> reading) {
    try {
      return reading.read();
    } catch (MessageRefused refused) {
      throw refused;
    } catch (CMSException
        | IOException
        | CertificateException
        | RuntimeException
        | StackOverflowError broken) {
      // BouncyCastle throws unchecked for much of what is malformed, and recurses as deep as ASN.1
      // that was made for it is nested.
      throw new MessageRefused(RefusalReason.SMIME_NOT_READABLE);
    }
  }

  private static void requireData(CMSSignedDataParser parser) {
    if (!CMSObjectIdentifiers.data.getId().equals(parser.getSignedContentTypeOID())) {
      throw new MessageRefused(RefusalReason.SMIME_NOT_READABLE);
    }
  }

  /** Over the encoding that it is read from: it never gets longer by being read. */
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

  private static Verified verified(
      CMSSignedDataParser parser, Detaching signature, java.util.function.Supplier<byte[]> content)
      throws CMSException, CertificateException, IOException {
    List<Signer> signers = signers(parser);
    List<Certificate> along = new ArrayList<>();
    @SuppressWarnings("unchecked") // BouncyCastle gives raw Stores of these.
    Store<X509CertificateHolder> certificates = parser.getCertificates();
    for (X509CertificateHolder holder : certificates.getMatches(null)) {
      along.add(Certificate.of(holder.getEncoded()));
    }
    List<RevocationList> revocationLists = new ArrayList<>();
    @SuppressWarnings("unchecked")
    Store<X509CRLHolder> lists = parser.getCRLs();
    for (X509CRLHolder list : lists.getMatches(null)) {
      revocationLists.add(
          new RevocationList(Base64.getEncoder().encodeToString(list.getEncoded())));
    }
    return new Verified(content.get(), signature.of(parser), signers, along, revocationLists);
  }

  /** Everyone who signed; each signature holds. */
  private static List<Signer> signers(CMSSignedDataParser parser)
      throws CMSException, CertificateException, IOException {
    @SuppressWarnings("unchecked") // BouncyCastle gives a raw Store of these.
    Store<X509CertificateHolder> certificates = parser.getCertificates();
    Collection<SignerInformation> all = parser.getSignerInfos().getSigners();
    if (all.isEmpty()) {
      throw new MessageRefused(RefusalReason.SMIME_NOT_SIGNED);
    }
    if (all.size() > MOST_SIGNERS || certificates.getMatches(null).size() > MOST_CERTIFICATES) {
      throw new MessageRefused(RefusalReason.SMIME_TOO_COMPLEX);
    }
    List<Signer> signers = new ArrayList<>();
    int wrong = 0;
    for (SignerInformation each : all) {
      X509Certificate certificate = certificate(certificates, each);
      if (!holds(each, certificate)) {
        wrong++;
      }
      signers.add(
          new Signer(
              Certificate.of(certificate.getEncoded()), addresses(certificate), signedAt(each)));
    }
    if (wrong > 0) {
      throw new MessageRefused(
          wrong == all.size()
              ? RefusalReason.SMIME_SIGNATURE_INVALID
              : RefusalReason.SMIME_SIGNATURES_DIFFER);
    }
    return signers;
  }

  private static X509Certificate certificate(
      Store<X509CertificateHolder> certificates, SignerInformation signer)
      throws CertificateException {
    @SuppressWarnings("unchecked")
    Selector<X509CertificateHolder> signedBy = signer.getSID();
    X509CertificateHolder holder =
        certificates.getMatches(signedBy).stream()
            .findFirst()
            .orElseThrow(() -> new MessageRefused(RefusalReason.SMIME_CERTIFICATE_MISSING));
    return new JcaX509CertificateConverter().getCertificate(holder);
  }

  private static boolean holds(SignerInformation signer, X509Certificate certificate) {
    if (!SignerRules.takesAlgorithms(signer) || !SignerRules.takesKey(certificate)) {
      throw new MessageRefused(RefusalReason.SMIME_ALGORITHM_NOT_TAKEN);
    }
    try {
      return signer.verify(
          new JcaSimpleSignerInfoVerifierBuilder()
              .setProvider(Providers.BOUNCY_CASTLE)
              .build(certificate));
    } catch (CMSException | OperatorCreationException wrong) {
      // Another digest than the signed one is told by an exception.
      return false;
    }
  }

  private static Optional<Instant> signedAt(SignerInformation signer) {
    Attribute attribute = signer.getSignedAttributes().get(CMSAttributes.signingTime);
    if (attribute == null || attribute.getAttrValues().size() != 1) {
      return Optional.empty();
    }
    ASN1Encodable value = attribute.getAttrValues().getObjectAt(0);
    return Optional.of(Time.getInstance(value).getDate().toInstant());
  }

  private static List<MailAddress> addresses(X509Certificate certificate)
      throws CertificateParsingException {
    List<MailAddress> addresses = new ArrayList<>();
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    if (names != null) {
      for (List<?> name : names) {
        if (name.get(0).equals(RFC822_NAME)) {
          address(String.valueOf(name.get(1))).ifPresent(addresses::add);
        }
      }
    }
    X500Name subject = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    for (RDN name : subject.getRDNs(BCStyle.EmailAddress)) {
      address(IETFUtils.valueToString(name.getFirst().getValue())).ifPresent(addresses::add);
    }
    return addresses;
  }

  private static Optional<MailAddress> address(String name) {
    int at = name.lastIndexOf('@');
    return at < 1 || at == name.length() - 1
        ? Optional.empty()
        : Optional.of(new MailAddress(name.substring(0, at), name.substring(at + 1)));
  }

  private interface Reading<T> {
    T read() throws CMSException, IOException, CertificateException;
  }

  private interface Detaching {
    byte[] of(CMSSignedDataParser parser) throws CMSException, IOException;
  }
}
