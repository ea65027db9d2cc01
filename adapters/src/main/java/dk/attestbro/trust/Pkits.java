package dk.attestbro.trust;

import dk.attestbro.model.MessageRefused;
import dk.attestbro.port.CertificateTrust;
import dk.attestbro.port.CertificateTrust.Refused;
import dk.attestbro.port.CertificateTrust.Verdict;
import dk.attestbro.port.OcspMemory;
import dk.attestbro.port.SignedMail;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The signed mails of NIST's Public Key Interoperability Test Suite, run as mails are that come in:
 * the signature, then the path of the signer's certificate by the settings that each test demands,
 * RSA of 2048 bits allowed, at a time when the set is valid.
 */
public final class Pkits {
  private static final Instant AT = Instant.parse("2020-01-01T00:00:00Z");
  private static final AlgorithmPolicy POLICY = AlgorithmPolicy.LEGACY_RSA_2048;

  private final Path folder;
  private final SignedMail mails;
  private final Map<PathRules, CertificateTrust> trusts = new HashMap<>();

  /**
   * One test and what came of it.
   *
   * @param refused the code of what refused it; empty where it was accepted
   */
  public record Result(
      String test, String mail, boolean toBeAccepted, String settings, Optional<String> refused) {
    /** Whether it came out as NIST says. */
    public boolean isRight() {
      return toBeAccepted == refused.isEmpty();
    }
  }

  /**
   * @param folder the one that holds certs, crls and smime
   */
  public Pkits(Path folder, SignedMail mails) {
    this.folder = folder;
    this.mails = mails;
  }

  /**
   * Runs every test, in the order of the document.
   *
   * @throws UncheckedIOException where a mail is not in the folder
   */
  public List<Result> run() {
    List<Result> results = new ArrayList<>();
    for (String line : lines()) {
      if (!line.startsWith("#") && !line.isBlank()) {
        results.add(run(line.split("\t", -1)));
      }
    }
    return results;
  }

  private Result run(String[] row) {
    Set<String> policies = row[3].equals("any") ? Set.of() : Set.of(row[3].split(","));
    Set<String> settings = Set.of(row[4]);
    PathRules rules =
        new PathRules(
            policies,
            settings.contains("explicit"),
            settings.contains("no-mapping"),
            settings.contains("no-any-policy"));
    return new Result(row[0], row[1], row[2].equals("accept"), shown(row), refusal(row[1], rules));
  }

  private static String shown(String[] row) {
    return row[3].replace("2.16.840.1.101.3.2.1.48.", "NIST-")
        + (row[4].equals("-") ? "" : " " + row[4]);
  }

  private Optional<String> refusal(String mail, PathRules rules) {
    SignedMail.Signer signer;
    try {
      signer = mails.verify(Files.readAllBytes(folder.resolve("smime/Signed" + mail + ".eml")));
    } catch (MessageRefused refused) {
      return Optional.of(refused.refusal().reason().name());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    Verdict verdict =
        trusts
            .computeIfAbsent(rules, this::trust)
            .check(signer.certificate(), signer.others(), CertificateTrust.Purpose.SIGN, AT);
    return verdict instanceof Refused refused
        ? Optional.of(refused.reason().name())
        : Optional.empty();
  }

  private CertificateTrust trust(PathRules rules) {
    return new PathTrust(
        new TrustSettings(
            List.of(
                new TrustSettings.Root(
                    "pkits", folder.resolve("certs/TrustAnchorRootCertificate.crt"), rules)),
            Optional.of(folder.resolve("certs")),
            Optional.of(folder.resolve("crls")),
            POLICY,
            TrustSettings.RevocationMode.HARD_FAIL,
            Duration.ZERO,
            new OcspSettings(
                false,
                Duration.ofSeconds(1),
                Duration.ZERO,
                Duration.ZERO,
                OcspSettings.Nonce.NONE),
            false,
            Duration.ofDays(1)),
        OcspMemory.NONE);
  }

  private static List<String> lines() {
    try (InputStream table = Pkits.class.getResourceAsStream("pkits.tsv")) {
      if (table == null) {
        throw new IllegalStateException("pkits.tsv is not in the jar");
      }
      return new String(table.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
