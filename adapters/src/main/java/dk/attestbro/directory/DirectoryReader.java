package dk.attestbro.directory;

import dk.attestbro.directory.DirectoryInvalid.Mistake;
import dk.attestbro.model.Certificate;
import dk.attestbro.model.Directory;
import dk.attestbro.model.Endpoint;
import dk.attestbro.model.Endpoint.Acknowledges;
import dk.attestbro.model.Endpoint.Channel;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Fallback;
import dk.attestbro.model.InboxNews;
import dk.attestbro.model.Party;
import dk.attestbro.model.Party.Kind;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.RetryPolicy;
import dk.attestbro.model.Source;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;

/** One reading of {@code directory.yaml} and the certificates that it names. */
final class DirectoryReader {
  private static final RetryPolicy RETRY = RetryPolicy.parse("3:1m,3:5m,4:30m,20:2h");
  private static final Duration ACKNOWLEDGEMENT_WAIT = Duration.ofMinutes(30);
  private static final Duration TIME_TO_LIVE = Duration.ofDays(7);
  private static final Duration INBOX_TIME_TO_LIVE = Duration.ofDays(30);
  private static final int RESENDS = 2;
  private static final Pattern FORM = Pattern.compile("[A-ZÆ0-9]{1,20}");

  private final Path file;
  private final Path folder;
  private final List<Mistake> mistakes = new ArrayList<>();
  private final Set<Path> files = new LinkedHashSet<>();
  private final Map<Path, Certificate> certificates = new LinkedHashMap<>();

  DirectoryReader(Path file) {
    this.file = file;
    this.folder = file.toAbsolutePath().normalize().getParent();
    files.add(file);
  }

  /** The files that the reading depends on, so far as it came: also those that are missing. */
  Set<Path> files() {
    return files;
  }

  /**
   * @throws DirectoryInvalid with every mistake
   */
  Directory read() {
    YamlSection root = YamlSection.parse(file, text(), mistakes);
    root.onlyKeys(Set.of("gateway", "parties"));
    Optional<Party> gateway = Optional.empty();
    if (root.has("gateway")) {
      gateway = root.section("gateway").flatMap(this::gateway);
    } else {
      root.mistake("gateway", "missing");
    }
    List<YamlSection> sections = root.sections("parties");
    List<Party> parties = new ArrayList<>();
    Ways ways = new Ways();
    for (YamlSection section : sections) {
      Optional<Party> party = party(section);
      party.ifPresent(parties::add);
      party.ifPresent(read -> ways.add(read, section));
    }
    ways.mistakes();
    unique(gateway, sections);
    successors(sections);
    if (!mistakes.isEmpty() || gateway.isEmpty()) {
      throw new DirectoryInvalid(file.toString(), mistakes);
    }
    return new Directory(gateway.get(), parties);
  }

  private String text() {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException notText) {
      throw new DirectoryInvalid(
          file.toString(), List.of(new Mistake("", "is not a text in UTF-8")));
    } catch (IOException unreadable) {
      throw new DirectoryInvalid(
          file.toString(),
          List.of(new Mistake("", "cannot be read: " + FileTrouble.of(unreadable))));
    }
  }

  private Optional<Party> gateway(YamlSection section) {
    section.onlyKeys(Set.of("id", "name", "sor", "gln", "cvr", "fkOrg"));
    Optional<PartyId> id = section.readRequired("id", DirectoryReader::partyId);
    Optional<String> name = section.text("name");
    Optional<String> sor = section.readRequired("sor", OrganisationNumbers::sor);
    Optional<String> gln = section.readRequired("gln", OrganisationNumbers::gln);
    Optional<String> cvr = section.readOptional("cvr", OrganisationNumbers::cvr);
    Optional<String> fkOrg = section.readOptional("fkOrg", DirectoryReader::uuid);
    if (id.isEmpty() || name.isEmpty() || sor.isEmpty() || gln.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Party(
            id.get(),
            name.get(),
            Kind.GATEWAY,
            Optional.empty(),
            Optional.empty(),
            sor.get(),
            gln.get(),
            cvr,
            fkOrg,
            LocalDate.EPOCH,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            false,
            false,
            Optional.empty(),
            Optional.empty(),
            List.of()));
  }

  private Optional<Party> party(YamlSection section) {
    section.onlyKeys(
        Set.of(
            "id",
            "name",
            "kind",
            "municipality",
            "region",
            "sor",
            "gln",
            "cvr",
            "fkOrg",
            "validFrom",
            "validTo",
            "successor",
            "signers",
            "resendsItself",
            "automaticReminders",
            "endpoint",
            "fallback",
            "sends"));
    Optional<PartyId> id = section.readRequired("id", DirectoryReader::partyId);
    Optional<String> name = section.text("name");
    Optional<Kind> kind = section.readRequired("kind", DirectoryReader::kind);
    Optional<String> municipality =
        section.readOptional("municipality", DirectoryReader::fourDigits);
    Optional<String> region = section.readOptional("region", DirectoryReader::fourDigits);
    if (municipality.isPresent() && region.isPresent()) {
      section.mistake("region", "a party has a municipality or a region, not both");
    }
    Optional<String> sor = section.readRequired("sor", OrganisationNumbers::sor);
    Optional<String> gln = section.readRequired("gln", OrganisationNumbers::gln);
    Optional<String> cvr = section.readOptional("cvr", OrganisationNumbers::cvr);
    Optional<String> fkOrg = section.readOptional("fkOrg", DirectoryReader::uuid);
    Optional<LocalDate> validFrom = section.readRequired("validFrom", DirectoryReader::date);
    Optional<LocalDate> validTo = section.readOptional("validTo", DirectoryReader::date);
    if (validFrom.isPresent() && validTo.map(validFrom.get()::isAfter).orElse(false)) {
      section.mistake("validTo", "is before validFrom");
    }
    Optional<PartyId> successor = section.readOptional("successor", PartyId::new);
    List<Certificate> signers = section.list("signers", this::certificate);
    boolean resendsItself = section.flag("resendsItself", false);
    boolean automaticReminders = section.flag("automaticReminders", true);
    Optional<Endpoint> endpoint = section.section("endpoint").flatMap(this::endpoint);
    Optional<Fallback> fallback = section.section("fallback").flatMap(this::fallback);
    if (fallback.isPresent() && !section.has("endpoint")) {
      section.mistake("fallback", "there is no endpoint to take over from");
    }
    List<Source> sources =
        section.sections("sends").stream().flatMap(s -> source(s).stream()).toList();
    if (signers.isEmpty() && sources.stream().anyMatch(s -> s.channel() == Channel.JMS)) {
      section.mistake("sends", "a queue needs signers: what comes by it counts by its signature");
    }
    if (id.isEmpty()
        || name.isEmpty()
        || kind.isEmpty()
        || sor.isEmpty()
        || gln.isEmpty()
        || validFrom.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Party(
            id.get(),
            name.get(),
            kind.get(),
            municipality,
            region,
            sor.get(),
            gln.get(),
            cvr,
            fkOrg,
            validFrom.get(),
            validTo,
            successor,
            signers,
            resendsItself,
            automaticReminders,
            endpoint,
            fallback,
            sources));
  }

  private Optional<Fallback> fallback(YamlSection section) {
    section.onlyKeys(Set.of("after", "endpoint"));
    Optional<Duration> after = section.readRequired("after", DirectoryReader::duration);
    if (!section.has("endpoint")) {
      section.mistake("endpoint", "missing");
    }
    Optional<Endpoint> endpoint = section.section("endpoint").flatMap(this::endpoint);
    return after.isEmpty() ? Optional.empty() : endpoint.map(e -> new Fallback(after.get(), e));
  }

  private Optional<Source> source(YamlSection section) {
    section.onlyKeys(Set.of("channel", "address"));
    Optional<Channel> channel = section.readRequired("channel", DirectoryReader::channel);
    if (channel.filter(c -> c == Channel.HTTPS || c == Channel.INBOX).isPresent()) {
      section.mistake("channel", "must be mail, jms or file: https is open to every party");
      return Optional.empty();
    }
    Optional<URI> address = channel.flatMap(c -> channelAddress(section, c));
    if (channel.isPresent() && !section.has("address")) {
      section.mistake("address", "missing");
    }
    return address.map(a -> new Source(channel.get(), a));
  }

  private static Optional<URI> channelAddress(YamlSection section, Channel channel) {
    return section.readOptional("address", text -> ChannelAddress.read(channel, text));
  }

  private Optional<Endpoint> endpoint(YamlSection section) {
    section.onlyKeys(
        Set.of(
            "channel",
            "address",
            "trust",
            "encryptTo",
            "receives",
            "forms",
            "acknowledges",
            "retry",
            "acknowledgementWait",
            "resends",
            "timeToLive",
            "notify"));
    Optional<Channel> channel = section.readRequired("channel", DirectoryReader::channel);
    boolean inbox = channel.filter(Channel.INBOX::equals).isPresent();
    Optional<URI> address = channel.flatMap(c -> channelAddress(section, c));
    Optional<Certificate> trust = section.readOptional("trust", this::certificate);
    Optional<Certificate> encryptTo = section.readOptional("encryptTo", this::certificate);
    if (channel.isPresent() && !inbox && !section.has("address")) {
      section.mistake("address", "missing");
    }
    // SECURITY: without this letters would lie on a broker in clear text.
    if (channel.filter(Channel.JMS::equals).isPresent() && !section.has("encryptTo")) {
      section.mistake("encryptTo", "missing: what lies on a queue is always encrypted");
    }
    if (inbox) {
      for (String key : List.of("address", "trust", "encryptTo")) {
        if (section.has(key)) {
          section.mistake(key, "an inbox is fetched from, and has none");
        }
      }
    }
    if (channel.filter(Channel.MAIL::equals).isPresent() && section.has("trust")) {
      section.mistake("trust", "whom mail servers may be vouched for by is attestbro.mail.*.roots");
    }
    Set<String> receives = new TreeSet<>(section.list("receives", DirectoryReader::event));
    if (!section.has("receives")) {
      receives.add("*");
    }
    Set<String> forms = new TreeSet<>(section.list("forms", DirectoryReader::form));
    Acknowledges acknowledges =
        section.read("acknowledges", Acknowledges.APPLICATION, DirectoryReader::acknowledges);
    if (acknowledges == Acknowledges.MDN && channel.filter(Channel.MAIL::equals).isEmpty()) {
      section.mistake("acknowledges", "mdn is for the channel mail only");
    }
    RetryPolicy retry = section.read("retry", RETRY, DirectoryReader::retry);
    Duration wait =
        section.read("acknowledgementWait", ACKNOWLEDGEMENT_WAIT, DirectoryReader::duration);
    int resends = section.number("resends", 0, 100, RESENDS);
    Duration timeToLive =
        section.read(
            "timeToLive", inbox ? INBOX_TIME_TO_LIVE : TIME_TO_LIVE, DirectoryReader::duration);
    if (section.has("notify") && !inbox) {
      section.mistake("notify", "is for the channel inbox only");
    }
    Optional<InboxNews> news =
        section.section("notify").map(told -> new InboxNewsReader(told, folder).read());
    return channel.map(
        c ->
            new Endpoint(
                c,
                address,
                trust,
                encryptTo,
                receives,
                forms,
                acknowledges,
                retry,
                wait,
                resends,
                timeToLive,
                news));
  }

  /** Hyphens alone name nobody: the records keep what is no party's letter under such an id. */
  private static PartyId partyId(String text) {
    PartyId id = new PartyId(text);
    if (text.chars().allMatch(character -> character == '-')) {
      throw new IllegalArgumentException("not a party id: it needs a letter or a digit");
    }
    return id;
  }

  /** A form's id; {@code LÆ125} and {@code LAE125} name the same. */
  private static String form(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("must be the code of a form, such as LÆ125");
    }
    return text.replace("Æ", "AE");
  }

  private static Kind kind(String text) {
    return switch (text) {
      case "municipality" -> Kind.MUNICIPALITY;
      case "region" -> Kind.REGION;
      case "practice" -> Kind.PRACTICE;
      case "other" -> Kind.OTHER;
      default ->
          throw new IllegalArgumentException("must be municipality, region, practice or other");
    };
  }

  private static Channel channel(String text) {
    return switch (text) {
      case "https" -> Channel.HTTPS;
      case "inbox" -> Channel.INBOX;
      case "mail" -> Channel.MAIL;
      case "jms" -> Channel.JMS;
      case "file" -> Channel.FILE;
      default -> throw new IllegalArgumentException("must be https, inbox, mail, jms or file");
    };
  }

  private static Acknowledges acknowledges(String text) {
    return switch (text) {
      case "application" -> Acknowledges.APPLICATION;
      case "mdn" -> Acknowledges.MDN;
      case "transport" -> Acknowledges.TRANSPORT;
      default -> throw new IllegalArgumentException("must be application, mdn or transport");
    };
  }

  static String fourDigits(String text) {
    if (!text.matches("\\d{4}")) {
      throw new IllegalArgumentException("must be 4 digits");
    }
    return text;
  }

  private static String uuid(String text) {
    if (!text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
      throw new IllegalArgumentException("must be a UUID");
    }
    return UUID.fromString(text).toString();
  }

  static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException wrong) {
      throw new IllegalArgumentException("must be a date like 2026-12-31", wrong);
    }
  }

  static Duration duration(String text) {
    try {
      Duration duration = Duration.parse(text);
      if (duration.isZero() || duration.isNegative()) {
        throw new IllegalArgumentException("must be longer than nothing");
      }
      return duration;
    } catch (DateTimeParseException wrong) {
      throw new IllegalArgumentException("must be an ISO 8601 duration like PT30M or P7D", wrong);
    }
  }

  private static RetryPolicy retry(String text) {
    RetryPolicy policy = RetryPolicy.parse(text);
    if (policy.steps().stream().anyMatch(step -> step.delay().isZero())) {
      throw new IllegalArgumentException("a retry step waits for at least 1s");
    }
    return policy;
  }

  private static String event(String text) {
    if (!text.equals("*") && EventCode.parse(text).isEmpty()) {
      throw new IllegalArgumentException("'" + text + "' is no event code");
    }
    return text;
  }

  private Certificate certificate(String name) {
    Path path = folder.resolve(name).normalize();
    files.add(path);
    return certificates.computeIfAbsent(path, PemCertificate::read);
  }

  private static void unique(Optional<Party> gateway, List<YamlSection> sections) {
    Set<String> ids = new TreeSet<>();
    Set<String> sors = new TreeSet<>();
    gateway.ifPresent(
        party -> {
          ids.add(party.id().value());
          sors.add(party.sor());
        });
    for (YamlSection section : sections) {
      section
          .peek("id")
          .filter(id -> !ids.add(id))
          .ifPresent(id -> section.mistake("id", "stands twice"));
      section
          .peek("sor")
          .filter(sor -> !sors.add(sor))
          .ifPresent(sor -> section.mistake("sor", "stands twice: a SOR is unique"));
    }
  }

  private static void successors(List<YamlSection> sections) {
    Map<String, String> next = new LinkedHashMap<>();
    for (YamlSection section : sections) {
      section.peek("id").ifPresent(id -> next.put(id, section.peek("successor").orElse("")));
    }
    for (YamlSection section : sections) {
      Optional<String> successor = section.peek("successor");
      if (successor.isEmpty()) {
        continue;
      }
      if (!next.containsKey(successor.get())) {
        section.mistake("successor", "there is no party '" + successor.get() + "'");
      } else if (section.peek("id").map(id -> comesBack(id, next)).orElse(false)) {
        section.mistake("successor", "the succession comes back to the party itself");
      }
    }
  }

  private static boolean comesBack(String id, Map<String, String> next) {
    Set<String> seen = new TreeSet<>();
    String at = next.getOrDefault(id, "");
    while (!at.isEmpty() && seen.add(at)) {
      if (at.equals(id)) {
        return true;
      }
      at = next.getOrDefault(at, "");
    }
    return false;
  }
}
