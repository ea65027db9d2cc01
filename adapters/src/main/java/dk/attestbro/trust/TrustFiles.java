package dk.attestbro.trust;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.cert.CRL;
import java.security.cert.CRLException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Roots, intermediates and CRLs as files, read again when they change. A change with a mistake is
 * refused as a whole, and what was read before stays in force.
 */
final class TrustFiles {
  private static final Logger LOG = LoggerFactory.getLogger(TrustFiles.class);

  /** What the files hold. */
  record Material(
      List<TrustedRoot> roots, List<X509Certificate> intermediates, List<X509CRL> crls) {}

  private final TrustSettings settings;
  private Material material;
  private TreeMap<Path, String> stamps;
  private long looked = System.nanoTime();

  TrustFiles(TrustSettings settings) {
    this.settings = settings;
    this.stamps = stamps();
    this.material = read();
  }

  synchronized Material current() {
    Duration since = Duration.ofNanos(System.nanoTime() - looked);
    if (since.compareTo(settings.poll()) > 0) {
      looked = System.nanoTime();
      look();
    }
    return material;
  }

  private void look() {
    TreeMap<Path, String> now = stamps();
    if (now.equals(stamps)) {
      return;
    }
    stamps = now;
    try {
      material = read();
      LOG.info(
          "roots and CRLs were read again: {} roots, {} intermediates, {} CRLs",
          material.roots().size(),
          material.intermediates().size(),
          material.crls().size());
    } catch (TrustInvalid invalid) {
      LOG.error("a change of roots or CRLs was refused: {}", invalid.getMessage());
    }
  }

  private Material read() {
    List<String> mistakes = new ArrayList<>();
    List<TrustedRoot> roots = new ArrayList<>();
    for (TrustSettings.Root root : settings.roots()) {
      for (X509Certificate certificate : certificates(root.file(), mistakes)) {
        roots.add(new TrustedRoot(root.name(), certificate, root.rules()));
      }
    }
    List<X509Certificate> intermediates = new ArrayList<>();
    files(settings.intermediates(), mistakes)
        .forEach(file -> intermediates.addAll(certificates(file, mistakes)));
    List<X509CRL> crls = new ArrayList<>();
    files(settings.crls(), mistakes).forEach(file -> crls.addAll(crls(file, mistakes)));
    if (roots.isEmpty() && mistakes.isEmpty()) {
      mistakes.add("no root is configured");
    }
    if (!mistakes.isEmpty()) {
      throw new TrustInvalid(mistakes);
    }
    return new Material(List.copyOf(roots), List.copyOf(intermediates), List.copyOf(crls));
  }

  private static List<X509Certificate> certificates(Path file, List<String> mistakes) {
    List<X509Certificate> found = new ArrayList<>();
    try {
      for (Certificate one :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))) {
        found.add(Asn1.certificate(one.getEncoded()));
      }
    } catch (IOException | CertificateException unreadable) {
      mistakes.add(file + " cannot be read as certificates, PEM or DER");
      return List.of();
    }
    if (found.isEmpty()) {
      mistakes.add(file + " holds no certificate");
    }
    return found;
  }

  private List<X509CRL> crls(Path file, List<String> mistakes) {
    try {
      return crls(Files.readAllBytes(file), settings.policy());
    } catch (IOException | CRLException unreadable) {
      mistakes.add(file + " cannot be read as CRLs, PEM or DER");
      return List.of();
    }
  }

  /** CRLs, without those whose signature is too weak to prove anything. */
  static List<X509CRL> crls(byte[] encoded, AlgorithmPolicy policy) throws CRLException {
    List<X509CRL> found = new ArrayList<>();
    try {
      for (CRL one : Asn1.factory().generateCRLs(new ByteArrayInputStream(encoded))) {
        if (one instanceof X509CRL crl && policy.takesSignature(algorithm(crl))) {
          found.add(crl);
        }
      }
    } catch (CertificateException impossible) {
      throw new IllegalStateException("every Java platform has X.509", impossible);
    }
    return found;
  }

  private static AlgorithmIdentifier algorithm(X509CRL crl) {
    byte @Nullable [] parameters = crl.getSigAlgParams();
    return new AlgorithmIdentifier(
        new ASN1ObjectIdentifier(crl.getSigAlgOID()),
        parameters == null ? null : Asn1.read(parameters));
  }

  private TreeMap<Path, String> stamps() {
    TreeMap<Path, String> now = new TreeMap<>();
    List<Path> all = new ArrayList<>(files(settings.intermediates(), new ArrayList<>()));
    all.addAll(files(settings.crls(), new ArrayList<>()));
    settings.roots().forEach(root -> all.add(root.file()));
    for (Path file : all) {
      try {
        BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
        now.put(file, seen.lastModifiedTime() + " " + seen.size() + " " + seen.fileKey());
      } catch (IOException unreadable) {
        now.put(file, "unreadable");
      }
    }
    return now;
  }

  private static List<Path> files(Optional<Path> folder, List<String> mistakes) {
    List<Path> found = new ArrayList<>();
    if (folder.isEmpty()) {
      return found;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder.get(), "[!.]*")) {
      all.forEach(found::add);
    } catch (IOException unreadable) {
      mistakes.add(folder.get() + " cannot be listed");
    }
    found.sort(null);
    return found;
  }
}
