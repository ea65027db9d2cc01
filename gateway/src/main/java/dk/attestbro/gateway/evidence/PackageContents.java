package dk.attestbro.gateway.evidence;

import dk.attestbro.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** The files of a package as they are read: digests of all, the bytes of all but the messages. */
final class PackageContents {
  /** Messages are only digested; everything else is far smaller than this. */
  private static final int LARGEST_FILE = 64_000_000;

  private static final int MOST_FILES = 200_000;

  private final Map<String, Digest> digests = new TreeMap<>();
  private final Map<String, Long> sizes = new TreeMap<>();
  private final Map<String, byte[]> bytes = new TreeMap<>();

  private PackageContents() {}

  /**
   * Reads all of it. A file that cannot be read to its end, or that comes twice, is told as broken.
   *
   * @throws PackageUnreadable where it is not a zip with a manifest
   */
  static PackageContents read(InputStream in, Consumer<String> broken) throws PackageUnreadable {
    PackageContents contents = new PackageContents();
    String at = "";
    try (ZipInputStream zip = new ZipInputStream(in, StandardCharsets.UTF_8)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        at = entry.getName();
        if (contents.digests.containsKey(at)) {
          broken.accept(at + ": is in the package twice");
        }
        if (contents.digests.size() >= MOST_FILES) {
          throw new PackageUnreadable("more than " + MOST_FILES + " files");
        }
        contents.read(at, zip);
        at = "";
      }
    } catch (ZipException damaged) {
      broken.accept((at.isEmpty() ? "the zip" : at) + ": is damaged");
    } catch (IOException | IllegalArgumentException cutOff) {
      broken.accept((at.isEmpty() ? "the zip" : at) + ": cannot be read to its end");
    }
    if (contents.digests.isEmpty()) {
      throw new PackageUnreadable("not a zip");
    }
    if (contents.bytes(PackageFiles.MANIFEST).isEmpty()) {
      throw new PackageUnreadable("no " + PackageFiles.MANIFEST + " in it");
    }
    return contents;
  }

  private void read(String path, InputStream in) throws IOException, PackageUnreadable {
    if (!path.startsWith("messages/")) {
      byte[] all = in.readNBytes(LARGEST_FILE + 1);
      if (all.length > LARGEST_FILE) {
        throw new PackageUnreadable(path + " is too large");
      }
      bytes.put(path, all);
      sizes.put(path, (long) all.length);
      digests.put(path, Digest.of(all));
      return;
    }
    MessageDigest sha256 = Digest.sha256();
    byte[] part = new byte[1 << 16];
    long size = 0;
    for (int read = in.read(part); read >= 0; read = in.read(part)) {
      sha256.update(part, 0, read);
      size += read;
    }
    sizes.put(path, size);
    digests.put(path, Digest.of(sha256));
  }

  Iterable<String> paths() {
    return digests.keySet();
  }

  Optional<Digest> digest(String path) {
    return Optional.ofNullable(digests.get(path));
  }

  long size(String path) {
    return sizes.getOrDefault(path, -1L);
  }

  /** The bytes of a file that is not a message. */
  Optional<byte[]> bytes(String path) {
    return Optional.ofNullable(bytes.get(path));
  }

  Optional<String> text(String path) {
    return bytes(path).map(found -> new String(found, StandardCharsets.UTF_8));
  }
}
