package dk.attestbro.crypto;

import dk.attestbro.model.Certificate;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files that keys are read from; what is missing is made where that is allowed. */
final class KeyFiles {
  static final String STORAGE = "storage-keyset.json";
  static final String CITIZENS = "citizen-digest.key";
  private static final Logger LOG = LoggerFactory.getLogger(KeyFiles.class);
  private static final String PUBLISHED = "receipt-public-keys.json";

  private final KeySettings settings;
  private final Clock clock;

  KeyFiles(KeySettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * @throws KeysUnusable naming every file that is missing and may not be made
   */
  void makeMissing() {
    Map<String, Supplier<String>> makers = new LinkedHashMap<>();
    for (OwnKey use : OwnKey.values()) {
      if (!settings.named().containsKey(use) && use.file().isPresent()) {
        makers.put(name(use), () -> made(use));
      }
    }
    makers.put(STORAGE, StorageKeyset::made);
    makers.put(CITIZENS, HmacCitizenDigests::made);
    List<String> problems = new ArrayList<>();
    makers.forEach(
        (file, maker) -> {
          Path path = settings.folder().resolve(file);
          if (Files.exists(path)) {
            return;
          }
          if (settings.makeMissing() || file.equals(CITIZENS)) {
            SecretFile.write(path, maker.get());
            LOG.warn("{} was missing and has been made: keep a copy where no one else reads", path);
          } else {
            problems.add(path + " is missing");
          }
        });
    if (!problems.isEmpty()) {
      throw new KeysUnusable(problems);
    }
  }

  /**
   * Reads and looks at all of them.
   *
   * @throws KeysUnusable naming everything that is wrong
   */
  KeySet read() {
    return new Reading().read();
  }

  /** What the files look like from outside: equal as long as none was written or replaced. */
  Map<Path, String> stamps() {
    Map<Path, String> stamps = new TreeMap<>();
    for (OwnKey use : OwnKey.values()) {
      source(use).ifPresent(source -> source.files().forEach(f -> stamps.put(f, stamp(f))));
    }
    for (KeySource retired : retired()) {
      retired.files().forEach(file -> stamps.put(file, stamp(file)));
    }
    return stamps;
  }

  private Optional<KeySource> source(OwnKey use) {
    KeySource named = settings.named().get(use);
    if (named != null) {
      return Optional.of(named);
    }
    return use.file().map(name -> KeySource.inFolder(settings.folder().resolve(name)));
  }

  private List<KeySource> retired() {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(settings.folder(), "cms-encryption-*.pem")) {
      found.forEach(files::add);
    } catch (IOException unreadable) {
      throw new KeysUnusable(List.of(settings.folder() + " cannot be listed"));
    }
    Collections.sort(files);
    List<KeySource> sources = new ArrayList<>(settings.retired());
    files.forEach(file -> sources.add(KeySource.inFolder(file)));
    return sources;
  }

  private String made(OwnKey use) {
    if (use == OwnKey.RECEIPTS) {
      return PemFile.block("PRIVATE KEY", SelfSigned.pair(KeyKind.P_256).getPrivate().getEncoded());
    }
    SelfSigned.Use purpose =
        switch (use) {
          case SIGNING -> SelfSigned.Use.SIGN;
          case ENCRYPTION -> SelfSigned.Use.ENCRYPT;
          case TLS_CLIENT -> SelfSigned.Use.TLS_CLIENT;
          case RECEIPTS, LISTENER -> throw new IllegalStateException("has no certificate made");
        };
    KeyAndCertificate made =
        SelfSigned.make(settings.name(), purpose, settings.kind(), clock.instant());
    return PemFile.block("PRIVATE KEY", made.key().getEncoded())
        + PemFile.block("CERTIFICATE", made.model().der());
  }

  private static String name(OwnKey use) {
    return use.file()
        .orElseThrow(() -> new IllegalStateException(use + " has no file in the folder"));
  }

  private static String stamp(Path file) {
    try {
      BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
      return seen.lastModifiedTime() + " " + seen.size() + " " + seen.fileKey();
    } catch (IOException unreadable) {
      return "unreadable";
    }
  }

  /** One reading, with everything that was found wrong in it. */
  private final class Reading {
    private final KeyReader reader = new KeyReader();
    private final KeyCheck check = new KeyCheck(settings.strong(), clock.instant());
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Certificate> certificates = new LinkedHashMap<>();

    KeySet read() {
      Optional<ReceiptKey> receipts = attempt(this::receipts);
      Optional<KeyAndCertificate> signing = pair(OwnKey.SIGNING);
      Optional<KeyAndCertificate> encryption = pair(OwnKey.ENCRYPTION);
      Optional<KeyAndCertificate> tlsClient = pair(OwnKey.TLS_CLIENT);
      Optional<KeyAndCertificate> listener = pair(OwnKey.LISTENER);
      List<KeyAndCertificate> retired = new ArrayList<>();
      retired().forEach(source -> attempt(() -> opening(source)).ifPresent(retired::add));
      Optional<String> jwks =
          problems.isEmpty()
              ? attempt(
                  () ->
                      new PublishedKeys(settings.folder().resolve(PUBLISHED))
                          .with(receipts.orElseThrow().published()))
              : Optional.empty();
      if (!problems.isEmpty()) {
        throw new KeysUnusable(problems);
      }
      return new KeySet(
          receipts.orElseThrow(),
          signing.orElseThrow(),
          encryption.orElseThrow(),
          retired,
          tlsClient.orElseThrow(),
          listener,
          Collections.unmodifiableMap(certificates),
          jwks.orElseThrow());
    }

    private ReceiptKey receipts() {
      KeySource source = source(OwnKey.RECEIPTS).orElseThrow();
      if (source.kind() == KeySource.Kind.PEM) {
        KeyReader.refuseWhereOthersRead(source);
        return ReceiptKey.of(source, PemFile.key(source));
      }
      KeyAndCertificate pair = reader.read(source);
      check.check(OwnKey.RECEIPTS, source, pair);
      return ReceiptKey.of(pair);
    }

    private Optional<KeyAndCertificate> pair(OwnKey use) {
      return source(use)
          .flatMap(
              source ->
                  attempt(
                      () -> {
                        KeyAndCertificate pair = reader.read(source);
                        check.check(use, source, pair);
                        certificates.put(source.label(use), pair.model());
                        return pair;
                      }));
    }

    private KeyAndCertificate opening(KeySource source) {
      KeyAndCertificate pair = reader.read(source);
      check.checkOpens(source, pair);
      return pair;
    }

    private <T> Optional<T> attempt(Supplier<T> reading) {
      try {
        return Optional.of(reading.get());
      } catch (WrongKey wrong) {
        problems.add(String.valueOf(wrong.getMessage()));
        return Optional.empty();
      }
    }
  }
}
