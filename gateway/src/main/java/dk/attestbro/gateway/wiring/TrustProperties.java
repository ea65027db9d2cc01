package dk.attestbro.gateway.wiring;

import dk.attestbro.trust.AlgorithmPolicy;
import dk.attestbro.trust.OcspSettings;
import dk.attestbro.trust.PathRules;
import dk.attestbro.trust.TrustSettings;
import dk.attestbro.trust.TrustSettings.RevocationMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings under {@code attestbro.trust}; config/application.yaml explains each.
 *
 * @param mode pinned or path; empty: path where there are roots
 */
@ConfigurationProperties("attestbro.trust")
record TrustProperties(
    @DefaultValue("") String mode,
    @DefaultValue("default") String policy,
    @DefaultValue List<Root> roots,
    @DefaultValue("") String intermediates,
    @DefaultValue("") String crls,
    @DefaultValue("false") boolean crlDownload,
    @DefaultValue("hard-fail") RevocationMode revocation,
    @DefaultValue("4h") Duration grace,
    @DefaultValue Ocsp ocsp,
    @DefaultValue("10s") Duration poll) {

  /** One file of roots. */
  record Root(
      @DefaultValue("") String name,
      @DefaultValue("") String file,
      @DefaultValue Set<String> policies) {}

  /** How responders are asked. */
  record Ocsp(
      @DefaultValue("true") boolean enabled,
      @DefaultValue("5s") Duration timeout,
      @DefaultValue("24h") Duration maxAge,
      @DefaultValue("1h") Duration refresh,
      @DefaultValue("none") OcspSettings.Nonce nonce) {}

  /**
   * Whether certificates must lead to a root.
   *
   * @throws StartRefused where the mode is none, or its roots are missing
   */
  boolean isPath() {
    return switch (mode.toLowerCase(Locale.ROOT)) {
      case "" -> !roots.isEmpty();
      case "pinned" -> false;
      case "path" -> {
        if (roots.isEmpty()) {
          throw new StartRefused(
              "attestbro.trust.mode is path, and attestbro.trust.roots is empty");
        }
        yield true;
      }
      default ->
          throw new StartRefused("attestbro.trust.mode: '" + mode + "' is neither pinned nor path");
    };
  }

  AlgorithmPolicy algorithmPolicy() {
    try {
      return AlgorithmPolicy.named(policy);
    } catch (IllegalArgumentException unknown) {
      throw new StartRefused("attestbro.trust.policy: " + unknown.getMessage());
    }
  }

  TrustSettings settings() {
    return new TrustSettings(
        roots.stream()
            .map(
                root ->
                    new TrustSettings.Root(
                        root.name(), Path.of(root.file()), PathRules.demanding(root.policies())))
            .collect(Collectors.toList()),
        folder(intermediates),
        folder(crls),
        algorithmPolicy(),
        revocation,
        grace,
        new OcspSettings(
            ocsp.enabled(), ocsp.timeout(), ocsp.maxAge(), ocsp.refresh(), ocsp.nonce()),
        crlDownload,
        poll);
  }

  private static Optional<Path> folder(String path) {
    return path.isBlank() ? Optional.empty() : Optional.of(Path.of(path));
  }
}
