package dk.attestbro.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;

/** Reads keys of every kind of source. Each way to be wrong has its own words. */
final class KeyReader {
  private final TokenLogins tokens = new TokenLogins();

  /**
   * @throws WrongKey saying what is wrong and who mends it, never what is in a file
   */
  KeyAndCertificate read(KeySource source) {
    refuseWhereOthersRead(source);
    return switch (source.kind()) {
      case PEM -> PemFile.keyAndCertificate(source);
      case PKCS12 -> pkcs12(source);
      case PKCS11 -> {
        Provider token = TokenLogins.provider(source);
        yield entry(source, tokens.open(source, token), Optional.of(token), new char[0]);
      }
    };
  }

  static void refuseWhereOthersRead(KeySource source) {
    if (!source.secret() || source.kind() == KeySource.Kind.PKCS11) {
      return;
    }
    PosixFileAttributeView view =
        Files.getFileAttributeView(source.file(), PosixFileAttributeView.class);
    try {
      if (view != null
          && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ)) {
        throw source.wrong(
            "can be read by every user of this machine; the operator takes that away (chmod o-r)");
      }
    } catch (IOException missing) {
      throw unreadable(source, source.file());
    }
  }

  /** The password that the source demands. */
  static char[] password(KeySource source) {
    if (!source.password().isSet()) {
      throw source.wrong(
          "needs a password; the operator gives it in a file or by the environment (docs/keys.md)");
    }
    try {
      return source.password().read();
    } catch (IOException unreadable) {
      throw source.wrong(
          "needs a password, and "
              + source.password().file().orElseThrow()
              + " cannot be read; the operator lets the gateway's user read it");
    }
  }

  static WrongKey wrongPassword(KeySource source) {
    return source.wrong(
        "cannot be opened with its password; whoever made the file knows it, and the operator"
            + " corrects it");
  }

  static WrongKey unreadable(KeySource source, Path file) {
    String what =
        Files.exists(file)
            ? "cannot be read; the operator lets the gateway's user read it"
            : "is missing; the operator puts it there";
    return file.equals(source.file())
        ? source.wrong(what)
        : source.wrong("has its certificates in " + file + ", which " + what);
  }

  private static KeyAndCertificate pkcs12(KeySource source) {
    char[] password = password(source);
    try (InputStream bytes = Files.newInputStream(source.file())) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(bytes, password);
      return entry(source, store, Optional.empty(), password);
    } catch (IOException unopened) {
      if (unopened.getCause() instanceof UnrecoverableKeyException) {
        throw wrongPassword(source);
      }
      throw Files.isReadable(source.file())
          ? source.wrong("is not readable as PKCS #12; whoever made the file makes it again")
          : unreadable(source, source.file());
    } catch (GeneralSecurityException unsupported) {
      throw source.wrong("is not readable as PKCS #12; whoever made the file makes it again");
    }
  }

  private static KeyAndCertificate entry(
      KeySource source, KeyStore store, Optional<Provider> token, char[] password) {
    try {
      String alias = alias(source, store);
      PrivateKey key = (PrivateKey) store.getKey(alias, token.isPresent() ? null : password);
      List<X509Certificate> chain = new ArrayList<>();
      for (Certificate one : store.getCertificateChain(alias)) {
        chain.add((X509Certificate) one);
      }
      return new KeyAndCertificate(
          token.isPresent() ? key : inMemory(key),
          chain.get(0),
          chain.subList(1, chain.size()),
          token);
    } catch (UnrecoverableKeyException otherPassword) {
      throw source.wrong(
          "has a key under another password than its own; whoever made the file gives both the"
              + " same");
    } catch (GeneralSecurityException | ClassCastException unusable) {
      throw source.wrong("holds no readable EC or RSA key");
    }
  }

  private static PrivateKey inMemory(PrivateKey key) throws GeneralSecurityException {
    return Providers.inMemory(PrivateKeyInfo.getInstance(key.getEncoded()));
  }

  private static String alias(KeySource source, KeyStore store) throws GeneralSecurityException {
    List<String> keys = new ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias) && store.getCertificateChain(alias) != null) {
        keys.add(alias);
      }
    }
    keys.sort(null);
    if (keys.isEmpty()) {
      throw source.wrong("holds no private key with its certificate");
    }
    String mend = "; the operator names one as its alias";
    if (source.alias().isEmpty()) {
      if (keys.size() > 1) {
        throw source.wrong("holds several keys " + keys + mend);
      }
      return keys.get(0);
    }
    String wanted = source.alias().get();
    return keys.stream()
        .filter(wanted::equalsIgnoreCase)
        .findFirst()
        .orElseThrow(() -> source.wrong("holds no key '" + wanted + "', only " + keys + mend));
  }
}
