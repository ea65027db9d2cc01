package dk.attestbro.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dk.attestbro.crypto.CertificateDates;
import dk.attestbro.crypto.GatewayKeys;
import dk.attestbro.crypto.KeySource;
import dk.attestbro.crypto.OwnKey;
import dk.attestbro.directory.YamlDirectory;
import dk.attestbro.gateway.wiring.KeysProperties;
import dk.attestbro.model.Certificate;
import dk.attestbro.model.Endpoint;
import dk.attestbro.model.Party;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CRL;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every certificate that the configuration and the key folder name, when it ends, and what stops
 * then. Read from files alone.
 */
final class CertificateList {
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]+)-----END CERTIFICATE-----");

  /**
   * One certificate, or one list of revoked ones.
   *
   * @param owner a party's id, or gateway
   * @param replaced whether another one does its work after it has ended, so that nothing stops
   */
  record Line(
      String owner, String use, String fingerprint, Instant ends, String stops, boolean replaced) {
    boolean failsBy(Instant time) {
      return !replaced && ends.isBefore(time);
    }
  }

  private final Path config;
  private final Path data;
  private final List<Line> lines = new ArrayList<>();

  private CertificateList(Path config, Path data) {
    this.config = config;
    this.data = data;
  }

  /**
   * The lines, the first that ends first.
   *
   * @throws CommandFailed where a file cannot be read
   */
  static List<Line> read(Path config, Path data) {
    CertificateList list = new CertificateList(config, data);
    list.ownKeys();
    list.settings();
    list.parties();
    list.lines.sort(Comparator.comparing(Line::ends).thenComparing(Line::owner));
    return list.lines;
  }

  private void ownKeys() {
    KeysProperties properties = SettingsFile.in(config).keys();
    Map<OwnKey, KeySource> named = properties.named();
    for (Path file : files(data.resolve("keys"))) {
      String name = String.valueOf(file.getFileName());
      Optional<OwnKey> use = OwnKey.listed(name);
      if (use.filter(named::containsKey).isEmpty()) {
        for (Certificate certificate : certificates(file)) {
          add("gateway", name, certificate, stops(use), name.startsWith("cms-encryption-"));
        }
      }
    }
    named.forEach((use, source) -> own(use.label(), source, Optional.of(use)));
    for (KeySource retired : properties.retiredSources()) {
      own(retired.setting().substring("attestbro.keys.".length()), retired, Optional.empty());
    }
  }

  private void own(String label, KeySource source, Optional<OwnKey> use) {
    for (Certificate certificate : GatewayKeys.certificates(source)) {
      add("gateway", label, certificate, stops(use), use.isEmpty());
    }
  }

  private static String stops(Optional<OwnKey> use) {
    return use.map(
            one ->
                switch (one) {
                  case SIGNING -> "sending CMS to every party with encryptTo";
                  case ENCRYPTION -> "receiving CMS from every partner";
                  case TLS_CLIENT -> "delivering over HTTPS to partners that ask who we are";
                  case LISTENER -> "receiving anything over HTTPS";
                  case RECEIPTS -> "changing keys, and the next start";
                })
        .orElse("nothing: it only opens what was encrypted to it");
  }

  private void settings() {
    Path file = config.resolve("application.yaml");
    if (!Files.exists(file)) {
      return;
    }
    JsonNode settings;
    try {
      settings = new YAMLMapper().readTree(file.toFile());
    } catch (IOException unreadable) {
      throw CommandFailed.failed(file + " cannot be read");
    }
    named(settings.at("/server/ssl/certificate"), "listener", "receiving anything over HTTPS");
    named(settings.at("/attestbro/http/roots"), "http.roots", "delivering to servers under it");
    JsonNode trust = settings.at("/attestbro/trust");
    for (JsonNode root : trust.path("roots")) {
      named(root.path("file"), "root " + root.path("name").asText(), "every signature under it");
    }
    for (Path between : folder(trust.path("intermediates"))) {
      for (Certificate one : certificates(between)) {
        add("gateway", "intermediate", one, "signatures under it that bring no other", false);
      }
    }
    folder(trust.path("crls")).forEach(this::lists);
  }

  private void named(JsonNode file, String use, String stops) {
    if (!file.asText().isBlank()) {
      for (Certificate one : certificates(Path.of(file.asText()))) {
        add("gateway", use, one, stops, false);
      }
    }
  }

  private void lists(Path file) {
    try {
      for (CRL one :
          CertificateFactory.getInstance("X.509")
              .generateCRLs(new ByteArrayInputStream(Files.readAllBytes(file)))) {
        X509CRL crl = (X509CRL) one;
        Date next = crl.getNextUpdate();
        if (next != null) {
          String name = "CRL " + file.getFileName();
          String stops = "what that issuer certified and no responder answers for";
          lines.add(new Line("gateway", name, "-", next.toInstant(), stops, false));
        }
      }
    } catch (IOException | CRLException | CertificateException unreadable) {
      throw CommandFailed.failed(file + " cannot be read as CRLs");
    }
  }

  private void parties() {
    for (Party party : YamlDirectory.read(config.resolve("directory.yaml")).parties()) {
      String id = party.id().value();
      Instant last =
          party.signers().stream()
              .map(one -> CertificateDates.of(one).notAfter())
              .max(Comparator.naturalOrder())
              .orElse(Instant.MAX);
      for (int i = 0; i < party.signers().size(); i++) {
        Certificate one = party.signers().get(i);
        boolean another = CertificateDates.of(one).notAfter().isBefore(last);
        String stops = another ? "nothing: another signer holds longer" : "sending as " + id;
        add(id, "signer-" + (i + 1), one, stops, another);
      }
      party.endpoint().ifPresent(endpoint -> endpoint(id, endpoint));
    }
  }

  private void endpoint(String id, Endpoint endpoint) {
    String channel = endpoint.channel().name().toLowerCase(Locale.ROOT);
    endpoint
        .encryptTo()
        .ifPresent(
            one -> add(id, "encryptTo", one, "receiving under " + id + " over " + channel, false));
    endpoint
        .trust()
        .ifPresent(one -> add(id, "trust", one, "reaching " + id + " over " + channel, false));
  }

  private void add(String owner, String use, Certificate one, String stops, boolean replaced) {
    lines.add(
        new Line(
            owner,
            use,
            one.fingerprint().toString(),
            CertificateDates.of(one).notAfter(),
            stops,
            replaced));
  }

  private static List<Path> folder(JsonNode named) {
    return named.asText().isBlank() ? List.of() : files(Path.of(named.asText()));
  }

  private static List<Path> files(Path folder) {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "[!.]*")) {
        all.forEach(found::add);
      } catch (IOException unreadable) {
        throw CommandFailed.failed(folder + " cannot be listed");
      }
    }
    found.sort(null);
    return found;
  }

  private static List<Certificate> certificates(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      List<Certificate> found = new ArrayList<>();
      Matcher blocks = PEM.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
      while (blocks.find()) {
        found.add(Certificate.of(Base64.getMimeDecoder().decode(blocks.group(1))));
      }
      boolean der = found.isEmpty() && bytes.length > 1 && bytes[0] == 0x30 && bytes[1] < 0;
      return der ? List.of(Certificate.of(bytes)) : List.copyOf(found);
    } catch (IOException | IllegalArgumentException unreadable) {
      throw CommandFailed.failed(file + " cannot be read");
    }
  }
}
