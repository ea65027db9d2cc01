package dk.attestbro.crypto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.security.auth.login.LoginException;

/**
 * Tokens (PKCS #11) by Java's SunPKCS11. A wrong PIN is tried once in each reading of the keys,
 * however many of them lie in the token, since tokens lock themselves after a few.
 */
final class TokenLogins {
  /** A library stays loaded as long as the process, and its keys belong to this one provider. */
  private static final Map<Path, Configured> CONFIGURED = new ConcurrentHashMap<>();

  private final Map<Path, KeyStore> open = new HashMap<>();
  private final Set<Path> refused = new HashSet<>();

  private record Configured(Provider provider, String text) {}

  /** The provider that this configuration file describes. */
  static Provider provider(KeySource source) {
    String text;
    try {
      text = Files.readString(source.file());
    } catch (IOException unreadable) {
      throw KeyReader.unreadable(source, source.file());
    }
    Configured configured =
        CONFIGURED.computeIfAbsent(
            source.file().toAbsolutePath(), path -> new Configured(configured(source), text));
    if (!configured.text().equals(text)) {
      throw source.wrong("was changed: another token counts after a restart only");
    }
    return configured.provider();
  }

  private static Provider configured(KeySource source) {
    Provider base = Security.getProvider("SunPKCS11");
    if (base == null) {
      throw source.wrong("needs a Java with the module jdk.crypto.cryptoki; the operator installs");
    }
    Provider provider;
    try {
      provider = base.configure(source.file().toString());
    } catch (InvalidParameterException | ProviderException | UnsupportedOperationException wrong) {
      throw source.wrong(
          "describes no token that can be used ("
              + cause(wrong)
              + "); the operator checks its library and slot");
    }
    // TLS looks the key's provider up by itself. As the last one it is asked for nothing else.
    if (Security.addProvider(provider) < 0) {
      throw source.wrong("has the name of another token; the operator gives each its own name");
    }
    return provider;
  }

  KeyStore open(KeySource source, Provider token) {
    Path file = source.file().toAbsolutePath();
    KeyStore known = open.get(file);
    if (known != null) {
      return known;
    }
    if (!refused.add(file)) {
      throw source.wrong("does not take its PIN (told above)");
    }
    char[] pin = KeyReader.password(source);
    try {
      KeyStore store = KeyStore.getInstance("PKCS11", token);
      store.load(null, pin);
      open.put(file, store);
      return store;
    } catch (IOException | GeneralSecurityException failed) {
      throw isLogin(failed)
          ? source.wrong(
              "does not take its PIN; whoever initialised the token knows it, and the operator"
                  + " corrects it before the token locks")
          : source.wrong("describes a token that cannot be read (" + cause(failed) + ")");
    }
  }

  private static boolean isLogin(Throwable failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof LoginException) {
        return true;
      }
    }
    return false;
  }

  /** The token's own code for what went wrong, where it gave one. */
  static String cause(Throwable failed) {
    Throwable root = failed;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + " " + root.getMessage();
  }
}
