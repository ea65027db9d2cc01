package dk.attestbro.http;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows the gateway's one certificate to every server that asks. Partners pin it by fingerprint, so
 * its issuer is often none that their server names, and the platform would then show nothing.
 */
final class AlwaysOurs extends X509ExtendedKeyManager {
  private final X509ExtendedKeyManager keys;
  private final String alias;

  AlwaysOurs(X509ExtendedKeyManager keys, String alias) {
    this.keys = keys;
    this.alias = alias;
  }

  @Override
  public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
    return new String[] {alias};
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
  public X509Certificate[] getCertificateChain(String name) {
    return keys.getCertificateChain(name);
  }

  @Override
  public PrivateKey getPrivateKey(String name) {
    return keys.getPrivateKey(name);
  }

  @Override
  public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String type, Principal @Nullable [] issuers, Socket socket) {
    return null;
  }

  private @Nullable String suits(String[] types) {
    String algorithm = keys.getPrivateKey(alias).getAlgorithm();
    for (String type : types) {
      if (type.startsWith(algorithm)) {
        return alias;
      }
    }
    return null;
  }
}
