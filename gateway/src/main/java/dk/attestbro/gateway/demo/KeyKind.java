package dk.attestbro.gateway.demo;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;

/** The kinds of key that letters may be encrypted to. */
public enum KeyKind {
  RSA_3072("rsa-3072"),
  P_256("p-256");

  private final String label;

  KeyKind(String label) {
    this.label = label;
  }

  KeyPair newPair() {
    try {
      if (this == RSA_3072) {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(3072);
        return rsa.generateKeyPair();
      }
      KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
      ec.initialize(new ECGenParameterSpec("secp256r1"));
      return ec.generateKeyPair();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("this Java cannot make " + label + " keys", missing);
    }
  }

  /** The signature that certificates are signed with by such a key. */
  String signature() {
    return this == RSA_3072 ? "SHA256withRSA" : "SHA256withECDSA";
  }

  /** As it is typed on the command line. */
  @Override
  public String toString() {
    return label;
  }
}
