package dk.attestbro.crypto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a key and its certificates are read from: files, never the key itself.
 *
 * @param setting what an operator changes to mend it
 * @param file the key, and for PKCS #11 the configuration of Java's SunPKCS11
 * @param certificates the certificates, where PEM has them in a file of their own
 * @param alias which key; none where there is one only
 * @param secret whether the file is refused where every user of the machine may read it
 */
public record KeySource(
    String setting,
    Kind kind,
    Path file,
    Optional<Path> certificates,
    Optional<String> alias,
    Password password,
    boolean secret) {

  /** The kinds of file. */
  public enum Kind {
    PEM,
    PKCS12,
    PKCS11
  }

  /** A password or PIN, from a file or as it was given. Never shown. */
  public record Password(Optional<Path> file, String given) {
    /** For a key that has none. */
    public static final Password NONE = new Password(Optional.empty(), "");

    boolean isSet() {
      return file.isPresent() || !given.isEmpty();
    }

    char[] read() throws IOException {
      return (file.isPresent() ? Files.readString(file.get()).strip() : given).toCharArray();
    }

    @Override
    public String toString() {
      return "Password[" + file.map(Path::toString).orElse("given") + "]";
    }
  }

  /** One PEM file with key and certificates, in the gateway's own folder. */
  static KeySource inFolder(Path file) {
    return new KeySource(
        "", Kind.PEM, file, Optional.empty(), Optional.empty(), Password.NONE, false);
  }

  /** Every file that it is read from: what is looked at for changes. */
  public List<Path> files() {
    List<Path> files = new ArrayList<>();
    files.add(file);
    certificates.ifPresent(files::add);
    password.file().ifPresent(files::add);
    return files;
  }

  /** By what the key's certificate is listed. */
  String label(OwnKey use) {
    return setting.isEmpty() ? String.valueOf(file.getFileName()) : use.label();
  }

  /** What is wrong with it, in one line. */
  WrongKey wrong(String what) {
    return new WrongKey((setting.isEmpty() ? "" : setting + ": ") + file + " " + what);
  }
}
