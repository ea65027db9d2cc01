package dk.attestbro.gateway.demo;

import dk.attestbro.directory.TokenFile;
import dk.attestbro.directory.UserFile;
import dk.attestbro.directory.YamlDirectory;
import dk.attestbro.gateway.pages.Passwords;
import dk.attestbro.model.Directory;
import dk.attestbro.model.PartyId;
import dk.attestbro.port.Staff;
import dk.attestbro.port.StaffDirectory;
import dk.attestbro.port.StaffRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

  /** Who signs in on the pages, and the password. */
  record User(Staff staff, String password) {}

  /** New people, one for each role: a caseworker and a clinician of these organisations. */
  List<User> users(Organisations asks, Organisations answers) {
    Directory directory = YamlDirectory.read(config.resolve("directory.yaml"));
    return List.of(
        user(directory, "sagsbehandler", "Sanne Sagsbehandler", StaffRole.CASEWORKER, asks),
        user(directory, "psykiatri", "Poul Psykiater", StaffRole.CLINICIAN, answers),
        atTheDesk("drift", "Ditte Drift", StaffRole.OPERATOR),
        atTheDesk("leder", "Lene Leder", StaffRole.LEAD),
        atTheDesk("revisor", "Rune Revisor", StaffRole.AUDITOR));
  }

  /** Someone new of no party. */
  User atTheDesk(String id, String name, StaffRole role) {
    return put(
        YamlDirectory.read(config.resolve("directory.yaml")),
        new Staff(id, name, Set.of(role), Optional.empty()));
  }

  private User user(
      Directory directory, String id, String name, StaffRole role, Organisations party) {
    return put(directory, new Staff(id, name, Set.of(role), Optional.of(new PartyId(party.id()))));
  }

  private User put(Directory directory, Staff staff) {
    String password = Passwords.random();
    StaffDirectory.Entry entry =
        new StaffDirectory.Entry(staff, Passwords.encoder().encode(password));
    UserFile.put(config.resolve("users.yaml"), entry, directory);
    return new User(staff, password);
  }

  /** A new token for operations. */
  String operatorToken() {
    return TokenFile.appendOperator(config.resolve("tokens.yaml"));
  }
}
