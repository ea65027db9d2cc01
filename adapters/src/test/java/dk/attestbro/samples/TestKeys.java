package dk.attestbro.samples;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;

/** New key pairs, as quickly as this machine makes them. */
public final class TestKeys {
  private TestKeys() {}

  /** A key on a curve by its name, such as {@code secp256r1}. */
  public static KeyPair curve(String name) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(name));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** An RSA key: by AWS-LC where it runs, since Java takes seconds. */
  public static KeyPair rsa(int bits) {
    AmazonCorrettoCryptoProvider quick = AmazonCorrettoCryptoProvider.INSTANCE;
    try {
      KeyPairGenerator generator =
          quick.getLoadingError() == null
              ? KeyPairGenerator.getInstance("RSA", quick)
              : KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
