package dk.attestbro.gateway.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dk.attestbro.model.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The files of a package as they are written: a zip without compression and without times, so that
 * the same files are the same bytes, and the list of all files with their digests.
 */
final class PackageFiles {
  static final String FORMAT = "attestbro-evidence/1";
  static final String MANIFEST = "manifest.json";
  static final String SIGNATURE = "manifest.jws";
  static final String KEYS = "keys.json";
  static final String EVENTS = "events.json";
  static final String LETTERS = "letters.json";
  static final String CHECKPOINTS = "checkpoints.json";
  static final String CERTIFICATES = "certificates.json";
  static final String REVOCATION = "revocation.json";
  static final String MESSAGES = "messages/";
  private static final String SIGNED = "signed/";
  private static final String BODY = ".body";
  private static final Pattern NUMBERED = Pattern.compile("[a-z]+/([1-9][0-9]{0,5})\\.[a-z0-9]+");

  static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectWriter PRETTY = JSON.writer(printer());

  /** What zip can say at the least; the files' own times would tell of the writing, not of them. */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final ZipOutputStream zip;
  private final ArrayNode list = JSON.createArrayNode();

  PackageFiles(OutputStream out) {
    this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    zip.setMethod(ZipOutputStream.STORED);
  }

  static String certificate(Digest fingerprint) {
    return "certificates/" + fingerprint.hex() + ".pem";
  }

  static String proof(Digest digest) {
    return "revocation/" + digest.hex() + ".der";
  }

  /** The signature of the sender of the letter in this place of the list. */
  static String signature(int letter) {
    return SIGNED + letter + ".p7s";
  }

  /** What was signed before {@link #body} or the content. */
  static String head(int letter) {
    return SIGNED + letter + ".head";
  }

  /** What was signed, where it is not the content that is in the package. */
  static String body(int letter) {
    return SIGNED + letter + BODY;
  }

  static boolean isBody(String path) {
    return path.startsWith(SIGNED) && path.endsWith(BODY);
  }

  static boolean isMessage(String path) {
    return path.startsWith(MESSAGES);
  }

  /** The letter that a file is of, by its name. */
  static Optional<Integer> letterOf(String path) {
    Matcher name = NUMBERED.matcher(path);
    return name.matches() ? Optional.of(Integer.valueOf(name.group(1))) : Optional.empty();
  }

  void addJson(String path, com.fasterxml.jackson.databind.JsonNode content) throws IOException {
    add(path, json(content));
  }

  void add(String path, byte[] bytes) throws IOException {
    write(path, bytes);
    list.addObject()
        .put("path", path)
        .put("bytes", bytes.length)
        .put("sha256", Digest.of(bytes).hex());
  }

  /** Adds what closes the package: the list under this heading, then its signature. */
  void close(ObjectNode heading, java.util.function.Function<Digest, String> signing)
      throws IOException {
    heading.set("files", list);
    byte[] manifest = json(heading);
    write(MANIFEST, manifest);
    write(SIGNATURE, signing.apply(Digest.of(manifest)).getBytes(StandardCharsets.US_ASCII));
    zip.finish();
  }

  private void write(String path, byte[] bytes) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    ZipEntry entry = new ZipEntry(path);
    entry.setTimeLocal(NO_TIME);
    entry.setSize(bytes.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }

  private static byte[] json(com.fasterxml.jackson.databind.JsonNode content)
      throws JsonProcessingException {
    return (PRETTY.writeValueAsString(content) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static DefaultPrettyPrinter printer() {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    return new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
  }
}
