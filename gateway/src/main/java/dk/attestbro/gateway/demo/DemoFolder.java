package dk.attestbro.gateway.demo;

import dk.attestbro.directory.TokenFile;
import dk.attestbro.directory.YamlDirectory;
import dk.attestbro.model.Directory;
import dk.attestbro.model.PartyId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the configuration that an operator would write: settings, directory, tokens. */
final class DemoFolder {
  private final Path config;

  DemoFolder(Path work) throws IOException {
    this.config = Files.createDirectories(work.resolve("config"));
    Files.createDirectories(config.resolve("certs"));
    Files.writeString(config.resolve("application.yaml"), "# Every setting has its default.\n");
  }

  Path config() {
    return config;
  }

  /** A partner that listens at this port of the loopback, and what it is encrypted to. */
  record Address(Organisations organisation, ThrowawayKey key, int port) {}

  /**
   * Every partner at its HTTPS address, encrypted to, with retries after two seconds; every other
   * organisation has an inbox.
   */
  void directory(X509Certificate authority, List<Address> partners) throws IOException {
    Files.writeString(config.resolve("certs/partner-ca.pem"), ThrowawayAuthority.pem(authority));
    StringBuilder yaml = new StringBuilder(Organisations.GATEWAY_YAML).append("parties:\n");
    for (Organisations one : Organisations.values()) {
      Optional<Address> address =
          partners.stream().filter(a -> a.organisation() == one).findFirst();
      if (address.isEmpty()) {
        yaml.append(one.yaml("channel: inbox\nreceives: [\"*\"]"));
        continue;
      }
      Files.writeString(config.resolve("certs/" + one.id() + ".pem"), address.get().key().pem());
      yaml.append(
          one.yaml(
              """
              channel: https
              address: https://localhost:%d/fhir/$process-message
              trust: certs/partner-ca.pem
              encryptTo: certs/%s.pem
              receives: ["*"]
              acknowledges: application
              retry: "5:2s"
              acknowledgementWait: PT30M
              resends: 2
              timeToLive: P7D
              """
                  .formatted(address.get().port(), one.id())));
    }
    Files.writeString(config.resolve("directory.yaml"), yaml);
  }

  /** A new token for each organisation. */
  Map<Organisations, String> tokens() {
    Directory directory = YamlDirectory.read(config.resolve("directory.yaml"));
    Map<Organisations, String> tokens = new EnumMap<>(Organisations.class);
    for (Organisations one : Organisations.values()) {
      tokens.put(
          one, TokenFile.append(config.resolve("tokens.yaml"), new PartyId(one.id()), directory));
    }
    return tokens;
  }

  /** A new token for operations. */
  String operatorToken() {
    return TokenFile.appendOperator(config.resolve("tokens.yaml"));
  }
}
