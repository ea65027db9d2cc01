package dk.attestbro.http;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows one certificate to everyone who asks. Partners pin it by fingerprint, so its issuer is
 * often none that their server names, and the platform would then show nothing. The key is used as
 * it is, so it may lie in a token.
 */
public final class OneKey extends X509ExtendedKeyManager {
  private static final String ALIAS = "gateway";

  private final TlsIdentity identity;

  public OneKey(TlsIdentity identity) {
    this.identity = identity;
  }

  @Override
  public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
    return new String[] {ALIAS};
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] types, Principal @Nullable [] issuers, Socket socket) {
    return suits(types);
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] types, Principal @Nullable [] issuers, SSLEngine engine) {
    return suits(types);
  }

  @Override
  public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
    return new String[] {ALIAS};
  }

  @Override
  public @Nullable String chooseServerAlias(
      String type, Principal @Nullable [] issuers, Socket socket) {
    return suits(type);
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String type, Principal @Nullable [] issuers, SSLEngine engine) {
    return suits(type);
  }

  @Override
  public X509Certificate[] getCertificateChain(String name) {
    return identity.chain().toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(String name) {
    return identity.key();
  }

  /**
   * By the kind of key, whatever the issuer signed with: Java 17 asks for EC, or EC_EC and such.
   */
  private @Nullable String suits(String... types) {
    String algorithm = identity.key().getAlgorithm();
    Set<String> names = Set.of(algorithm, algorithm + "_EC", algorithm + "_RSA");
    return Arrays.stream(types).anyMatch(names::contains) ? ALIAS : null;
  }
}
