package dk.attestbro.crypto;

import dk.attestbro.model.Certificate;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;

/** A private key and the certificate of its public half. Never shown. */
public record KeyAndCertificate(PrivateKey key, X509Certificate certificate) {
  /** The certificate as the model has it. */
  public Certificate model() {
    try {
      return Certificate.of(certificate.getEncoded());
    } catch (CertificateEncodingException impossible) {
      throw new IllegalStateException("a parsed certificate has an encoding", impossible);
    }
  }

  /** Whether the two belong together. */
  boolean belongTogether() {
    byte[] probe = new byte[32];
    try {
      Signature signing = Providers.signature(key, "SHA256");
      signing.update(probe);
      byte[] signed = signing.sign();
      Signature verifying =
          Signature.getInstance(Providers.isRsa(key) ? "RSASSA-PSS" : "SHA256withECDSA");
      if (Providers.isRsa(key)) {
        verifying.setParameter(Providers.PSS_SHA256);
      }
      verifying.initVerify(certificate.getPublicKey());
      verifying.update(probe);
      return verifying.verify(signed);
    } catch (GeneralSecurityException differentKinds) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "KeyAndCertificate[" + model() + "]";
  }
}
