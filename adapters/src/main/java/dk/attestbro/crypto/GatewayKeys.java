package dk.attestbro.crypto;

import dk.attestbro.model.Certificate;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway's own keys, as files in one folder:
 *
 * <ul>
 *   <li>{@code receipts.pem}: the P-256 key that signs receipts
 *   <li>{@code cms-signing.pem}: key and certificate that sign what is sent
 *   <li>{@code cms-encryption.pem}: key and certificate that partners encrypt to; retired ones, as
 *       {@code cms-encryption-*.pem}, still open
 *   <li>{@code tls-client.pem}: key and certificate that the gateway shows to partners' servers
 *   <li>{@code storage-keyset.json}: what seals letters at rest
 *   <li>{@code citizen-digest.key}: what makes the digests by which citizens are compared
 * </ul>
 *
 * Keys are PKCS#8 in PEM. A missing one is made once where that is allowed, else refused; the one
 * for digests of citizens, which no partner ever sees, is always made.
 */
public final class GatewayKeys {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayKeys.class);
  private static final String SIGNING = "cms-signing.pem";
  private static final String ENCRYPTION = "cms-encryption.pem";
  private static final String TLS_CLIENT = "tls-client.pem";
  private static final String RECEIPTS = "receipts.pem";
  private static final String STORAGE = "storage-keyset.json";
  private static final String CITIZENS = "citizen-digest.key";

  private final ECPrivateKey receiptKey;
  private final ECPublicKey receiptPublicKey;
  private final KeyAndCertificate signing;
  private final KeyAndCertificate encryption;
  private final List<KeyAndCertificate> retired;
  private final KeyAndCertificate tlsClient;
  private final Path storageKeyset;
  private final Path citizenKey;

  private GatewayKeys(
      ECPrivateKey receiptKey,
      KeyAndCertificate signing,
      KeyAndCertificate encryption,
      List<KeyAndCertificate> retired,
      KeyAndCertificate tlsClient,
      Path storageKeyset,
      Path citizenKey) {
    this.receiptKey = receiptKey;
    this.receiptPublicKey = publicKey(receiptKey);
    this.signing = signing;
    this.encryption = encryption;
    this.retired = List.copyOf(retired);
    this.tlsClient = tlsClient;
    this.storageKeyset = storageKeyset;
    this.citizenKey = citizenKey;
  }

  /**
   * Reads the folder.
   *
   * @param makeMissing makes what is missing, with a warning, readable to the owner alone
   * @param name the gateway's name in certificates that are made
   * @throws KeysUnusable naming every file that is missing or cannot be used
   */
  public static GatewayKeys load(
      Path folder, KeyKind kind, boolean makeMissing, String name, Clock clock) {
    Map<String, Supplier<String>> makers = new LinkedHashMap<>();
    makers.put(
        RECEIPTS,
        () ->
            PemFile.block("PRIVATE KEY", SelfSigned.pair(KeyKind.P_256).getPrivate().getEncoded()));
    makers.put(SIGNING, () -> made(name, SelfSigned.Use.SIGN, kind, clock));
    makers.put(ENCRYPTION, () -> made(name, SelfSigned.Use.ENCRYPT, kind, clock));
    makers.put(TLS_CLIENT, () -> made(name, SelfSigned.Use.TLS_CLIENT, kind, clock));
    makers.put(STORAGE, StorageKeyset::made);
    makers.put(CITIZENS, HmacCitizenDigests::made);
    List<String> problems = new ArrayList<>();
    makers.forEach(
        (file, maker) -> {
          Path path = folder.resolve(file);
          if (Files.exists(path)) {
            return;
          }
          if (makeMissing || file.equals(CITIZENS)) {
            SecretFile.write(path, maker.get());
            LOG.warn("{} was missing and has been made: keep a copy where no one else reads", path);
          } else {
            problems.add(path + " is missing");
          }
        });
    if (!problems.isEmpty()) {
      throw new KeysUnusable(problems);
    }
    return read(folder, problems);
  }

  /** The key that signs receipts. */
  ECPrivateKey receiptKey() {
    return receiptKey;
  }

  ECPublicKey receiptPublicKey() {
    return receiptPublicKey;
  }

  /** What signs CMS. */
  public KeyAndCertificate signing() {
    return signing;
  }

  /** What opens CMS: the one that partners encrypt to first, then the retired ones. */
  public List<KeyAndCertificate> opening() {
    List<KeyAndCertificate> all = new ArrayList<>();
    all.add(encryption);
    all.addAll(retired);
    return all;
  }

  /** What the gateway shows to partners' servers. */
  public KeyAndCertificate tlsClient() {
    return tlsClient;
  }

  /** The file that {@link TinkSealing} reads. */
  public Path storageKeyset() {
    return storageKeyset;
  }

  /** The file that {@link HmacCitizenDigests} reads. */
  public Path citizenKey() {
    return citizenKey;
  }

  /** The certificate that partners encrypt to, as PEM. */
  public String encryptionCertificatePem() {
    return PemFile.block("CERTIFICATE", encryption.model().der());
  }

  /** The gateway's certificates by file name, for their dates. */
  public Map<String, Certificate> certificates() {
    Map<String, Certificate> certificates = new LinkedHashMap<>();
    certificates.put(SIGNING, signing.model());
    certificates.put(ENCRYPTION, encryption.model());
    certificates.put(TLS_CLIENT, tlsClient.model());
    return certificates;
  }

  private static GatewayKeys read(Path folder, List<String> problems) {
    List<PrivateKey> receipts = read(List.of(folder.resolve(RECEIPTS)), PemFile::key, problems);
    if (!receipts.isEmpty() && !isP256(receipts.get(0))) {
      problems.add(folder.resolve(RECEIPTS) + " holds no P-256 key");
    }
    Function<Path, KeyAndCertificate> pair = PemFile::keyAndCertificate;
    List<KeyAndCertificate> signing = read(List.of(folder.resolve(SIGNING)), pair, problems);
    List<KeyAndCertificate> encryption = read(List.of(folder.resolve(ENCRYPTION)), pair, problems);
    List<KeyAndCertificate> tls = read(List.of(folder.resolve(TLS_CLIENT)), pair, problems);
    List<KeyAndCertificate> retired = read(retired(folder), pair, problems);
    if (!problems.isEmpty()) {
      throw new KeysUnusable(problems);
    }
    return new GatewayKeys(
        (ECPrivateKey) receipts.get(0),
        signing.get(0),
        encryption.get(0),
        retired,
        tls.get(0),
        folder.resolve(STORAGE),
        folder.resolve(CITIZENS));
  }

  private static <T> List<T> read(
      List<Path> files, Function<Path, T> reading, List<String> problems) {
    List<T> read = new ArrayList<>();
    for (Path file : files) {
      try {
        read.add(reading.apply(file));
      } catch (IllegalArgumentException wrong) {
        problems.add(String.valueOf(wrong.getMessage()));
      }
    }
    return read;
  }

  private static List<Path> retired(Path folder) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "cms-encryption-*.pem")) {
      found.forEach(files::add);
    } catch (IOException unreadable) {
      throw new KeysUnusable(List.of(folder + " cannot be listed"));
    }
    files.sort(null);
    return files;
  }

  private static String made(String name, SelfSigned.Use use, KeyKind kind, Clock clock) {
    KeyAndCertificate made = SelfSigned.make(name, use, kind, clock.instant());
    return PemFile.block("PRIVATE KEY", made.key().getEncoded())
        + PemFile.block("CERTIFICATE", made.model().der());
  }

  private static boolean isP256(PrivateKey key) {
    return key instanceof ECPrivateKey ec
        && ec.getParams().getOrder().equals(ECNamedCurveTable.getParameterSpec("P-256").getN());
  }

  /** Q = dG (SEC 1, 3.2.1): a PKCS#8 file holds the private half alone. */
  private static ECPublicKey publicKey(ECPrivateKey key) {
    var curve = ECNamedCurveTable.getParameterSpec("P-256");
    var point = new FixedPointCombMultiplier().multiply(curve.getG(), key.getS()).normalize();
    BigInteger x = point.getAffineXCoord().toBigInteger();
    BigInteger y = point.getAffineYCoord().toBigInteger();
    try {
      return (ECPublicKey)
          KeyFactory.getInstance("EC")
              .generatePublic(new ECPublicKeySpec(new ECPoint(x, y), key.getParams()));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has P-256", impossible);
    }
  }
}
