package dk.attestbro.file;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.Digest;
import dk.attestbro.model.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** How files are named, out and in. */
final class FileNames {
  /** SECURITY: anything else of a message would let its writer choose a path. */
  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9-]{1,64}");

  private static final Pattern TEMPORARY = Pattern.compile("\\.attestbro-[0-9a-f-]{36}\\.tmp");

  /** With what a claim and an answer add, it stays below the 255 bytes of common file systems. */
  private static final int LONGEST = 160;

  private static final List<String> UNFINISHED = List.of(".tmp", ".part", ".filepart", ".partial");

  private FileNames() {}

  /** The name of an outgoing letter: its Bundle.id, or the SHA-256 of one that is no safe name. */
  static String outgoing(BundleId bundle, MediaType type) {
    return stem(bundle) + extension(type);
  }

  /** The name beside it, where the first is taken by other bytes. */
  static String outgoing(BundleId bundle, Digest body, MediaType type) {
    return stem(bundle) + "-" + body.hex().substring(0, 16) + extension(type);
  }

  private static String stem(BundleId bundle) {
    return SAFE.matcher(bundle.value()).matches()
        ? bundle.value()
        : Digest.of(bundle.value().getBytes(StandardCharsets.UTF_8)).hex();
  }

  private static String extension(MediaType type) {
    return switch (type) {
      case FHIR_JSON -> ".json";
      case FHIR_XML -> ".xml";
      case CMS -> ".p7m";
      case MIME -> ".eml";
    };
  }

  /** What an incoming file says that it is, by its extension. */
  static Optional<MediaType> typeOf(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".json")) {
      return Optional.of(MediaType.FHIR_JSON);
    }
    if (lower.endsWith(".xml")) {
      return Optional.of(MediaType.FHIR_XML);
    }
    return lower.endsWith(".p7m") ? Optional.of(MediaType.CMS) : Optional.empty();
  }

  /** A hidden name for what is being written. */
  static String temporary() {
    return ".attestbro-" + UUID.randomUUID() + ".tmp";
  }

  static boolean isTemporary(String name) {
    return TEMPORARY.matcher(name).matches();
  }

  /** Whether its writer says by the name that it is not finished, or not to be taken. */
  static boolean isUnfinished(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return name.startsWith(".") || UNFINISHED.stream().anyMatch(lower::endsWith);
  }

  /** Whether it is the name of one file and no path; servers are not trusted to send such only. */
  static boolean isPlain(String name) {
    return !name.isEmpty()
        && !name.equals(".")
        && !name.equals("..")
        && name.chars().noneMatch(c -> c == '/' || c == '\\' || c < ' ');
  }

  /** The sender's own name for it, cut where it is long; its extension stays. */
  static String shortened(String name) {
    if (name.getBytes(StandardCharsets.UTF_8).length <= LONGEST) {
      return name;
    }
    String digest = Digest.of(name.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 16);
    return digest + typeOf(name).map(FileNames::extension).orElse("");
  }
}
