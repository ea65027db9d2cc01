package dk.attestbro.crypto;

import dk.attestbro.model.Certificate;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway's own keys as they stand now. A key comes from the source that the settings name, or
 * else lies in one folder:
 *
 * <ul>
 *   <li>{@code receipts.pem}: the P-256 key that signs receipts
 *   <li>{@code cms-signing.pem}: key and certificate that sign what is sent
 *   <li>{@code cms-encryption.pem}: key and certificate that partners encrypt to; retired ones, as
 *       {@code cms-encryption-*.pem}, still open
 *   <li>{@code tls-client.pem}: key and certificate that the gateway shows to partners' servers
 *   <li>{@code storage-keyset.json}: what seals letters at rest
 *   <li>{@code citizen-digest.key}: what makes the digests by which citizens are compared
 *   <li>{@code receipt-public-keys.json}: every key that receipts here were ever signed by
 * </ul>
 *
 * A missing one in the folder is made once where that is allowed, else refused; the one for digests
 * of citizens, which no partner ever sees, is always made. Those that change are taken over as a
 * whole, or not at all.
 */
public final class GatewayKeys {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayKeys.class);

  private final KeyFiles files;
  private final Path folder;
  private Map<Path, String> accepted;
  private Map<Path, String> seen;
  private volatile KeySet current;

  /** What a look at the files found. */
  public sealed interface Look {
    /** Nothing that is complete has changed. */
    record Unchanged() implements Look {}

    /** The keys of the files are in use. */
    record Taken() implements Look {}

    /** The files cannot be used, and the keys of before stay. One line for each problem. */
    record Refused(List<String> problems) implements Look {}
  }

  private GatewayKeys(KeySettings settings, Clock clock) {
    this.folder = settings.folder();
    this.files = new KeyFiles(settings, clock);
    files.makeMissing();
    this.accepted = files.stamps();
    this.seen = accepted;
    this.current = files.read();
  }

  /**
   * Reads the folder alone, with keys of any strength.
   *
   * @param makeMissing makes what is missing, with a warning, readable to the owner alone
   * @param name the gateway's name in certificates that are made
   * @throws KeysUnusable naming every file that is missing or cannot be used
   */
  public static GatewayKeys load(
      Path folder, KeyKind kind, boolean makeMissing, String name, Clock clock) {
    return load(
        new KeySettings(folder, kind, makeMissing, name, Map.of(), List.of(), key -> true), clock);
  }

  /**
   * Reads what the settings name.
   *
   * @throws KeysUnusable naming every key that is missing or cannot be used
   */
  public static GatewayKeys load(KeySettings settings, Clock clock) {
    return new GatewayKeys(settings, clock);
  }

  /**
   * The certificate of one source, then its issuers, for their dates alone.
   *
   * @throws KeysUnusable where they cannot be read
   */
  public static List<Certificate> certificates(KeySource source) {
    try {
      List<X509Certificate> chain =
          source.kind() == KeySource.Kind.PEM
              ? PemFile.certificates(source)
              : new KeyReader().read(source).chain();
      List<Certificate> models = new ArrayList<>();
      for (X509Certificate one : chain) {
        models.add(Certificate.of(one.getEncoded()));
      }
      return models;
    } catch (WrongKey | CertificateEncodingException wrong) {
      throw new KeysUnusable(List.of(String.valueOf(wrong.getMessage())));
    }
  }

  /** The keys as they stand. */
  public KeySet current() {
    return current;
  }

  /** What is made of the keys, made anew whenever they have changed. */
  public <T> Supplier<T> derive(Function<KeySet, T> making) {
    return new Derived<>(this, making);
  }

  /**
   * Takes over what has changed, once the files have stood still since the look before. What is
   * refused is told once, to the caller.
   */
  public synchronized Look look() {
    Map<Path, String> now = files.stamps();
    boolean stands = now.equals(seen);
    seen = now;
    // Key and certificate are often two files, written one after the other.
    if (!stands || now.equals(accepted)) {
      return new Look.Unchanged();
    }
    accepted = now;
    try {
      take(files.read());
      return new Look.Taken();
    } catch (KeysUnusable unusable) {
      return new Look.Refused(unusable.problems());
    }
  }

  private void take(KeySet read) {
    KeySet taken = read.keeping(current);
    if (taken.retired().size() > read.retired().size()) {
      LOG.warn(
          "the key that partners encrypted to is gone from the files: it still opens, until the"
              + " gateway stops. Keep it as a retired key");
    }
    current = taken;
    LOG.info("the keys were read again: {}", taken.certificates());
  }

  /** What signs CMS. */
  public KeyAndCertificate signing() {
    return current.signing();
  }

  /** What opens CMS: the one that partners encrypt to first, then the retired ones. */
  public List<KeyAndCertificate> opening() {
    return current.opening();
  }

  /** What the gateway shows to partners' servers. */
  public KeyAndCertificate tlsClient() {
    return current.tlsClient();
  }

  /** The file that {@link TinkSealing} reads. */
  public Path storageKeyset() {
    return folder.resolve(KeyFiles.STORAGE);
  }

  /** The file that {@link HmacCitizenDigests} reads. */
  public Path citizenKey() {
    return folder.resolve(KeyFiles.CITIZENS);
  }

  /** The certificate that partners encrypt to, as PEM. */
  public String encryptionCertificatePem() {
    return PemFile.block("CERTIFICATE", current.encryption().model().der());
  }

  /** The gateway's certificates that are in use, by what they are listed, for their dates. */
  public Map<String, Certificate> certificates() {
    return current.certificates();
  }
}
