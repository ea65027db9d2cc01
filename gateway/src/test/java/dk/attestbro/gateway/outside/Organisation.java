package dk.attestbro.gateway.outside;

import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartySample;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/** The parties of the test directory: one for each way to send and to receive. */
enum Organisation {
  /** Municipality without FHIR: an inbox. */
  AARHUS("employment-aarhus", Party.Kind.MUNICIPALITY, Way.INBOX, ""),
  /** Municipality with FHIR: an HTTPS server and a certificate of its own. */
  ODENSE("employment-odense", Party.Kind.MUNICIPALITY, Way.HTTPS, "retry: \"5:1s\""),
  /** Municipality that sends unacknowledged letters again itself. */
  VEJLE("employment-vejle", Party.Kind.MUNICIPALITY, Way.INBOX, ""),
  /** Two municipalities that one vendor acts for, with one certificate. */
  RANDERS("employment-randers", Party.Kind.MUNICIPALITY, Way.INBOX, ""),
  SKIVE("employment-skive", Party.Kind.MUNICIPALITY, Way.INBOX, ""),
  /** A municipality that is no more. */
  FORMER("employment-former", Party.Kind.MUNICIPALITY, Way.INBOX, ""),
  /** Psychiatry that is encrypted to. */
  MIDT("psychiatry-midt", Party.Kind.REGION, Way.CMS, "retry: \"5:1s\""),
  /** Psychiatry that gets the Bundle itself. */
  SYD("psychiatry-syd", Party.Kind.REGION, Way.HTTPS, "retry: \"5:1s\""),
  /** Psychiatry whose acknowledgement is waited for shortly. */
  NORD(
      "psychiatry-nord",
      Party.Kind.REGION,
      Way.HTTPS,
      "retry: \"1:1s\"\nacknowledgementWait: PT2S\nresends: 1"),
  /** Psychiatry that cannot acknowledge. */
  SJAELLAND(
      "psychiatry-sjaelland",
      Party.Kind.REGION,
      Way.HTTPS,
      "acknowledges: transport\nretry: \"1:1s\""),
  /** Psychiatry without FHIR: an inbox. */
  HOVEDSTADEN("psychiatry-hovedstaden", Party.Kind.REGION, Way.INBOX, ""),
  /** An inbox whose letters live shortly. */
  KORT("psychiatry-kort", Party.Kind.REGION, Way.INBOX, "timeToLive: PT2S"),
  /** Takes one event only. */
  NARROW("psychiatry-narrow", Party.Kind.REGION, Way.NARROW_INBOX, ""),
  /** Psychiatry that is no more, with a successor. */
  MERGED("psychiatry-merged", Party.Kind.REGION, Way.INBOX, ""),
  /** Answers one form only. */
  ONE_FORM("psychiatry-one-form", Party.Kind.REGION, Way.INBOX, "forms: [LAE125]"),
  /** Municipality that sends and receives files. */
  FOLDERS("employment-folders", Party.Kind.MUNICIPALITY, Way.FOLDER, ""),
  /** Psychiatry that sends and receives on queues. */
  QUEUES("psychiatry-queues", Party.Kind.REGION, Way.QUEUE, ""),
  /** Municipality that sends and receives on queues. */
  EMPLOYMENT_QUEUES("employment-queues", Party.Kind.MUNICIPALITY, Way.QUEUE, ""),
  /** Psychiatry on queues whose acknowledgement is waited for shortly. */
  WAITING_QUEUES(
      "psychiatry-waiting-queues",
      Party.Kind.REGION,
      Way.QUEUE,
      "acknowledgementWait: PT5S\nresends: 1");

  /** How a party receives. */
  enum Way {
    INBOX,
    NARROW_INBOX,
    HTTPS,
    CMS,
    FOLDER,
    QUEUE
  }

  static final String VENDOR = "vendor";
  private static final LocalDate FIRST = LocalDate.of(2007, 1, 1);
  private static final LocalDate LAST = LocalDate.of(2020, 12, 31);

  private final String id;
  private final Party.Kind kind;
  private final Way way;
  private final String endpoint;

  Organisation(String id, Party.Kind kind, Way way, String endpoint) {
    this.id = id;
    this.kind = kind;
    this.way = way;
    this.endpoint = endpoint;
  }

  static Optional<Organisation> of(String id) {
    for (Organisation one : values()) {
      if (one.id.equals(id)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  String id() {
    return id;
  }

  /** Whether it has a server. */
  boolean hasServer() {
    return way == Way.HTTPS || way == Way.CMS;
  }

  boolean isEncryptedTo() {
    return way == Way.CMS || way == Way.QUEUE;
  }

  private String channel() {
    return switch (way) {
      case INBOX, NARROW_INBOX -> "inbox";
      case HTTPS, CMS -> "https";
      case FOLDER -> "file";
      case QUEUE -> "jms";
    };
  }

  /** That of the sample parties where messages that are broken on purpose name them. */
  String sor() {
    if (this == MIDT) {
      return SampleDirectory.MIDT.sor();
    }
    if (this == SYD) {
      return SampleDirectory.SYD.sor();
    }
    return "10000000000%02d009".formatted(10 + ordinal());
  }

  String gln() {
    if (this == MIDT) {
      return SampleDirectory.MIDT.gln();
    }
    if (this == SYD) {
      return SampleDirectory.SYD.gln();
    }
    return gln("57900019%04d".formatted(1000 + ordinal()));
  }

  /** The certificate file that may act as it. */
  private String signer() {
    return this == RANDERS || this == SKIVE ? VENDOR : id;
  }

  /** As the message model has it. */
  Party party() {
    return PartySample.of(id, fullName(), kind, area(), sor(), gln())
        .resendingItself(this == VEJLE)
        .party();
  }

  /**
   * Its entry in directory.yaml; {@code port} where it has a server, {@code folders} the folder of
   * those that send and receive files.
   */
  String yaml(int port, Path folders) {
    StringBuilder yaml = new StringBuilder();
    yaml.append("  - id: ").append(id).append('\n');
    yaml.append("    name: ").append(fullName()).append('\n');
    yaml.append("    kind: ").append(kind.name().toLowerCase(Locale.ROOT)).append('\n');
    yaml.append("    ")
        .append(kind == Party.Kind.MUNICIPALITY ? "municipality" : "region")
        .append(": \"")
        .append(area())
        .append("\"\n");
    yaml.append("    sor: \"").append(sor()).append("\"\n");
    yaml.append("    gln: \"").append(gln()).append("\"\n");
    yaml.append("    validFrom: ").append(FIRST).append('\n');
    if (this == FORMER || this == MERGED) {
      yaml.append("    validTo: ").append(LAST).append('\n');
    }
    if (this == MERGED) {
      yaml.append("    successor: ").append(MIDT.id).append('\n');
    }
    if (this == VEJLE) {
      yaml.append("    resendsItself: true\n");
    }
    yaml.append("    signers: [certs/").append(signer()).append(".pem]\n");
    yaml.append("    endpoint:\n");
    yaml.append("      channel: ").append(channel()).append('\n');
    yaml.append("      receives: [")
        .append(way == Way.NARROW_INBOX ? "filed" : "\"*\"")
        .append("]\n");
    if (hasServer()) {
      yaml.append("      address: https://localhost:")
          .append(port)
          .append(Partner.PATH)
          .append('\n');
      yaml.append("      trust: certs/ca.pem\n");
    }
    if (way == Way.FOLDER) {
      yaml.append("      address: ").append(folders.resolve("from")).append('\n');
    }
    if (way == Way.QUEUE) {
      yaml.append("      address: jms:to.").append(id).append('\n');
    }
    if (isEncryptedTo()) {
      yaml.append("      encryptTo: certs/").append(id).append(".pem\n");
    }
    endpoint.lines().forEach(line -> yaml.append("      ").append(line).append('\n'));
    if (way == Way.FOLDER) {
      yaml.append("    sends: [{channel: file, address: ")
          .append(folders.resolve("to"))
          .append("}]\n");
    }
    if (way == Way.QUEUE) {
      yaml.append("    sends: [{channel: jms, address: \"jms:from.").append(id).append("\"}]\n");
    }
    return yaml.toString();
  }

  /** Twelve digits with their GS1 check digit. */
  static String gln(String twelve) {
    int sum = 0;
    for (int i = 0; i < twelve.length(); i++) {
      sum += (twelve.charAt(i) - '0') * (i % 2 == 0 ? 1 : 3);
    }
    return twelve + (10 - sum % 10) % 10;
  }

  private String fullName() {
    return "Test " + id;
  }

  private String area() {
    return kind == Party.Kind.MUNICIPALITY ? "0751" : "1082";
  }
}
