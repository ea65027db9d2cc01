package dk.attestbro.jms;

import dk.attestbro.model.Certificate;
import dk.attestbro.port.ServerTrust;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.apache.activemq.artemis.core.remoting.impl.ssl.DefaultSSLContextFactory;
import org.apache.activemq.artemis.core.remoting.impl.ssl.SSLSupport;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.spi.core.remoting.ssl.SSLContextConfig;
import org.jspecify.annotations.Nullable;

/**
 * The TLS of connections to brokers: what a broker shows is judged as every other server's
 * certificate is, under the trust store that the broker's URL names. Artemis finds this class by
 * META-INF/services; what a connection does not say goes the library's own way.
 */
public final class BrokerTls extends DefaultSSLContextFactory {
  private static final String SERVERS = "attestbroServers";

  /** Has everything that this factory connects to judged. */
  static void judge(ActiveMQConnectionFactory factory, ServerTrust servers) {
    for (var connector : factory.getStaticConnectors()) {
      connector.getParams().put(SERVERS, servers);
    }
  }

  @Override
  public SSLContext getSSLContext(SSLContextConfig config, Map<String, Object> parameters)
      throws Exception {
    if (!(parameters.get(SERVERS) instanceof ServerTrust servers)) {
      return super.getSSLContext(config, parameters);
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own(config), new TrustManager[] {servers.under(roots(config))}, null);
    return context;
  }

  @Override
  public int getPriority() {
    return super.getPriority() + 1;
  }

  /** Those of the trust store; none where the URL names no such store. */
  private static List<Certificate> roots(SSLContextConfig config) throws Exception {
    if (isNone(config.getTruststorePath())) {
      return List.of();
    }
    KeyStore store =
        SSLSupport.loadKeystore(
            config.getTruststoreProvider(),
            config.getTruststoreType(),
            config.getTruststorePath(),
            config.getTruststorePassword());
    List<Certificate> roots = new ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      roots.add(Certificate.of(store.getCertificate(alias).getEncoded()));
    }
    if (roots.isEmpty()) {
      // SECURITY: none would mean the platform's roots, and the URL asks for fewer.
      throw new GeneralSecurityException("the trust store of the broker's URL is empty");
    }
    return roots;
  }

  private static KeyManager @Nullable [] own(SSLContextConfig config) throws Exception {
    if (isNone(config.getKeystorePath())) {
      return null;
    }
    String password = config.getKeystorePassword() == null ? "" : config.getKeystorePassword();
    char[] keyPassword =
        (config.getKeyPassword() == null ? password : config.getKeyPassword()).toCharArray();
    KeyStore store =
        SSLSupport.loadKeystore(
            config.getKeystoreProvider(),
            config.getKeystoreType(),
            config.getKeystorePath(),
            config.getKeystorePassword());
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(
        config.getKeystoreAlias() == null
            ? store
            : only(store, config.getKeystoreAlias(), keyPassword),
        keyPassword);
    return factory.getKeyManagers();
  }

  private static KeyStore only(KeyStore all, String alias, char[] password) throws Exception {
    Key key = all.getKey(alias, password);
    if (key == null) {
      throw new GeneralSecurityException("the key store of the broker's URL has no such alias");
    }
    KeyStore one = KeyStore.getInstance("PKCS12");
    one.load(null, password);
    one.setKeyEntry(alias, key, password, all.getCertificateChain(alias));
    return one;
  }

  private static boolean isNone(@Nullable String path) {
    return path == null || path.isEmpty() || path.equalsIgnoreCase(SSLSupport.NONE);
  }
}
