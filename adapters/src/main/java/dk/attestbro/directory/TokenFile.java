package dk.attestbro.directory;

import dk.attestbro.directory.DirectoryInvalid.Mistake;
import dk.attestbro.model.Certificate;
import dk.attestbro.model.Digest;
import dk.attestbro.model.Directory;
import dk.attestbro.model.PartyId;
import dk.attestbro.port.Caller;
import dk.attestbro.port.CallerIdentification;
import dk.attestbro.port.DirectorySource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who calls: by the digests in {@code tokens.yaml}, or by the certificates under {@code signers} in
 * the directory. The file is read again when it changes; a bad one is refused and logged, and the
 * old one stays. Whether a party is valid today is for the journey to say.
 */
public final class TokenFile implements CallerIdentification {
  private static final Logger LOG = LoggerFactory.getLogger(TokenFile.class);
  private static final int TOKEN_BYTES = 32;

  private final DirectorySource directory;
  private final Clock clock;
  private final Map<Digest, X509Certificate> parsed = new ConcurrentHashMap<>();
  private final RereadFile<List<Token>> tokens;

  /** A digest, and the party that it stands for; empty for operations. */
  private record Token(byte[] sha256, Optional<PartyId> party) {}

  /**
   * A file that is absent holds no tokens.
   *
   * @throws DirectoryInvalid with every mistake in the file
   */
  public TokenFile(Path file, DirectorySource directory, Clock clock) {
    this.directory = directory;
    this.clock = clock;
    this.tokens = new RereadFile<>(file, "tokens", LOG, text -> parse(file, text));
  }

  @Override
  public Optional<Caller> byToken(String token) {
    byte[] digest = sha256(token);
    Optional<Token> found = Optional.empty();
    for (Token known : tokens.current()) {
      // SECURITY: in constant time, and all of them, so that the time tells nothing of a digest.
      if (MessageDigest.isEqual(known.sha256(), digest)) {
        found = Optional.of(known);
      }
    }
    return found.flatMap(this::caller);
  }

  @Override
  public Optional<Caller> byCertificate(Digest fingerprint) {
    Directory now = directory.current();
    Set<PartyId> parties = now.signedBy(fingerprint);
    if (parties.isEmpty() || !isWithinItsDates(fingerprint, now)) {
      return Optional.empty();
    }
    return Optional.of(
        new Caller(parties, false, "certificate " + fingerprint.hex().substring(0, 16)));
  }

  /**
   * Adds a new token for a party and returns it; only its digest is kept. The file is replaced at
   * once as a whole, readable to its owner alone.
   *
   * @throws IllegalArgumentException where the directory has no such party
   * @throws DirectoryInvalid where the file cannot be read as it is
   */
  public static String append(Path file, PartyId party, Directory known) {
    if (known.named(party.value()).isEmpty()) {
      throw new IllegalArgumentException("the directory has no party '" + party + "'");
    }
    return append(file, "party: " + party);
  }

  /** Adds a new token for operations, as {@link #append(Path, PartyId, Directory)} does. */
  public static String appendOperator(Path file) {
    return append(file, "role: operator");
  }

  private Optional<Caller> caller(Token token) {
    if (token.party().isEmpty()) {
      return Optional.of(new Caller(Set.of(), true, "operator"));
    }
    PartyId party = token.party().get();
    return directory
        .current()
        .named(party.value())
        .map(listed -> new Caller(Set.of(party), false, "token of " + party));
  }

  private boolean isWithinItsDates(Digest fingerprint, Directory now) {
    Certificate certificate =
        now.parties().stream()
            .flatMap(party -> party.signers().stream())
            .filter(signer -> signer.fingerprint().equals(fingerprint))
            .findFirst()
            .orElseThrow();
    X509Certificate x509 =
        parsed.computeIfAbsent(fingerprint, unused -> PemCertificate.parse(certificate));
    Instant at = clock.instant();
    return !at.isBefore(x509.getNotBefore().toInstant())
        && !at.isAfter(x509.getNotAfter().toInstant());
  }

  private static List<Token> parse(Path file, String text) {
    List<Mistake> mistakes = new ArrayList<>();
    YamlSection root = YamlSection.parse(file, text, mistakes);
    root.onlyKeys(Set.of("tokens"));
    List<Token> tokens = new ArrayList<>();
    for (YamlSection section : root.sections("tokens")) {
      section.onlyKeys(Set.of("party", "role", "sha256"));
      if (section.has("party") == section.has("role")) {
        section.mistake("party", "either a party or a role");
      }
      Optional<PartyId> party = section.readOptional("party", PartyId::new);
      Optional<String> role = section.readOptional("role", TokenFile::operator);
      Optional<byte[]> sha256 = section.readRequired("sha256", TokenFile::digest);
      if (sha256.isPresent() && (party.isPresent() || role.isPresent())) {
        tokens.add(new Token(sha256.get(), party));
      }
    }
    if (!mistakes.isEmpty()) {
      throw new DirectoryInvalid(file.toString(), mistakes);
    }
    return tokens;
  }

  private static String operator(String text) {
    if (!text.equals("operator")) {
      throw new IllegalArgumentException("must be operator");
    }
    return text;
  }

  private static byte[] digest(String text) {
    if (!text.matches("[0-9a-fA-F]{64}")) {
      throw new IllegalArgumentException("must be a SHA-256 of 64 hexadecimal characters");
    }
    return HexFormat.of().parseHex(text);
  }

  private static byte[] sha256(String token) {
    return Digest.sha256().digest(token.getBytes(StandardCharsets.UTF_8));
  }

  private static String append(Path file, String whose) {
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    String entry = entry(whose, sha256(token));
    try {
      OwnerFile.change(file, before -> withEntry(file, before, parse(file, before), entry));
    } catch (IOException failed) {
      throw new DirectoryInvalid(
          file.toString(),
          List.of(new Mistake("", "cannot be changed: " + FileTrouble.of(failed))));
    }
    return token;
  }

  /** The file with one entry more: its comments stay where its shape allows it. */
  private static String withEntry(Path file, String text, List<Token> tokens, String entry) {
    String appended = appended(text, entry);
    try {
      if (parse(file, appended).size() == tokens.size() + 1) {
        return appended;
      }
    } catch (DirectoryInvalid flowStyle) {
      // The list stands in brackets, so a line below it is no part of it: written anew.
    }
    StringBuilder anew = new StringBuilder("tokens:\n");
    for (Token token : tokens) {
      String whose = token.party().map(party -> "party: " + party).orElse("role: operator");
      anew.append("  - ").append(entry(whose, token.sha256())).append('\n');
    }
    return anew.append("  - ").append(entry).append('\n').toString();
  }

  private static String entry(String whose, byte[] sha256) {
    return "{" + whose + ", sha256: \"" + HexFormat.of().formatHex(sha256) + "\"}";
  }

  private static String appended(String text, String entry) {
    String body = text.stripTrailing();
    if (body.isEmpty() || body.endsWith("tokens: []")) {
      String head = body.isEmpty() ? "" : body.substring(0, body.length() - "tokens: []".length());
      return head + "tokens:\n  - " + entry + "\n";
    }
    String indent = "  ";
    for (String line : body.lines().toList()) {
      if (line.stripLeading().startsWith("- ")) {
        indent = line.substring(0, line.indexOf('-'));
      }
    }
    String head = body.lines().anyMatch(line -> line.startsWith("tokens:")) ? "" : "\ntokens:";
    return body + head + "\n" + indent + "- " + entry + "\n";
  }
}
