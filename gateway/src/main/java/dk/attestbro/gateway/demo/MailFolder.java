package dk.attestbro.gateway.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Adds to a demo's configuration what an operator writes to connect parties that have mail. */
final class MailFolder {
  /** The gateway's own address. */
  static final String GATEWAY = "attestbro@gateway.example";

  private final Path config;

  MailFolder(DemoFolder folder) {
    this.config = folder.config();
  }

  /** Where the mail server is, and who vouches for it. */
  void settings(MailServer server) throws IOException {
    Path roots = config.resolve("certs/mail-ca.pem");
    Files.writeString(roots, ThrowawayAuthority.pem(server.authority()));
    Path password = config.resolve("mail-password");
    Files.writeString(password, MailServer.PASSWORD);
    MailServer.Doors doors = server.gateway();
    String login =
        doors
            .token()
            .map(file -> "oauth2: {token-file: \"" + file + "\"}")
            .orElse("password-file: \"" + password + "\"");
    Files.writeString(
        config.resolve("application.yaml"),
        """
        attestbro:
          mail:
            from: %1$s
            smtp:
              {host: localhost, port: %2$d, tls: %4$s, user: %1$s, %5$s, roots: "%6$s"}
            accounts:
              gateway:
                {protocol: imap, host: localhost, port: %3$d, tls: %4$s, user: %1$s, %5$s,
                 roots: "%6$s", poll: 5s}
        """
            .formatted(GATEWAY, doors.smtp(), doors.imap(), doors.tls(), login, roots));
  }

  /** These parties by mail; every other organisation has an inbox. */
  void directory(List<MailPartner> partners) throws IOException {
    StringBuilder yaml = new StringBuilder(Organisations.GATEWAY_YAML).append("parties:\n");
    for (Organisations one : Organisations.values()) {
      Optional<MailPartner> partner =
          partners.stream().filter(p -> p.organisation() == one).findFirst();
      if (partner.isEmpty()) {
        yaml.append(one.yaml("channel: inbox\nreceives: [\"*\"]"));
        continue;
      }
      Files.writeString(config.resolve("certs/" + one.id() + ".pem"), partner.get().pem());
      yaml.append(
          one.yaml(
              """
              channel: mail
              address: %s
              encryptTo: certs/%s.pem
              receives: ["*"]
              acknowledges: application
              retry: "5:2s"
              """
                  .formatted(MailPartner.address(one), one.id())));
      yaml.append(
          "    signers: [certs/%s.pem]\n    sends: [{channel: mail, address: %s}]\n"
              .formatted(one.id(), MailPartner.address(one)));
    }
    Files.writeString(config.resolve("directory.yaml"), yaml);
  }
}
