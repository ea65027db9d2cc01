package dk.attestbro.gateway.evidence;

import dk.attestbro.model.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * The files of a package as they are read: digests of all, and the bytes of all but the messages
 * and what was signed.
 */
final class PackageContents {
  /** Messages and mails are only digested; everything else is far smaller than this. */
  private static final int LARGEST_FILE = 64_000_000;

  private static final int MOST_FILES = 200_000;

  private final Map<String, Digest> digests = new TreeMap<>();
  private final Map<String, Long> sizes = new TreeMap<>();
  private final Map<String, byte[]> bytes = new TreeMap<>();

  private final Set<String> damaged = new TreeSet<>();
  private boolean cutOff;
  private final SignedFiles signed;

  private PackageContents(SignedFiles signed) {
    this.signed = signed;
  }

  /**
   * Reads all of it. A file that is damaged, that cannot be read to its end, or that comes twice,
   * is told as broken, and what is behind it is read as far as it can be.
   *
   * @throws PackageUnreadable where it is not a zip with a manifest, as far as it can be read
   */
  static PackageContents read(InputStream in, SignedFiles signed, Consumer<String> broken)
      throws PackageUnreadable {
    PackageContents contents = new PackageContents(signed);
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
        contents.readOrDamaged(at, zip, broken);
        at = "";
      }
    } catch (ZipException damaged) {
      contents.cutOff = true;
      broken.accept((at.isEmpty() ? "the zip" : at) + ": is damaged");
    } catch (IOException | IllegalArgumentException cutOff) {
      contents.cutOff = true;
      broken.accept((at.isEmpty() ? "the zip" : at) + ": cannot be read to its end");
    }
    if (contents.digests.isEmpty() && contents.damaged.isEmpty()) {
      throw new PackageUnreadable("not a zip");
    }
    if (contents.bytes(PackageFiles.MANIFEST).isEmpty()
        && !contents.damaged.contains(PackageFiles.MANIFEST)) {
      throw new PackageUnreadable(
          contents.cutOff
              ? "the file is damaged or cut off before its " + PackageFiles.MANIFEST
              : "no " + PackageFiles.MANIFEST + " in it");
    }
    return contents;
  }

  /**
   * The zip tells that a file's bytes were changed when they all are read: the next ones follow.
   */
  private void readOrDamaged(String path, InputStream in, Consumer<String> broken)
      throws IOException, PackageUnreadable {
    try {
      read(path, in);
    } catch (ZipException changed) {
      damaged.add(path);
      broken.accept(path + ": " + lack(path));
    }
  }

  private void read(String path, InputStream in) throws IOException, PackageUnreadable {
    if (!SignedFiles.mayBeSigned(path)) {
      byte[] all = in.readNBytes(LARGEST_FILE + 1);
      if (all.length > LARGEST_FILE) {
        throw new PackageUnreadable(path + " is too large");
      }
      bytes.put(path, all);
      sizes.put(path, (long) all.length);
      digests.put(path, Digest.of(all));
      return;
    }
    Measured file = new Measured(in);
    signed.read(path, file, this);
    file.transferTo(OutputStream.nullOutputStream());
    sizes.put(path, file.size);
    digests.put(path, Digest.of(file.sha256));
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

  /** Why a file that should be there cannot be looked at. */
  String lack(String path) {
    return damaged.contains(path) ? "is damaged" : "is missing";
  }

  /** The bytes of a file that is neither a message nor a mail. */
  Optional<byte[]> bytes(String path) {
    return Optional.ofNullable(bytes.get(path));
  }

  Optional<String> text(String path) {
    return bytes(path).map(found -> new String(found, StandardCharsets.UTF_8));
  }

  /** Measures what is read of one file, and leaves open what it reads from. */
  private static final class Measured extends FilterInputStream {
    private final MessageDigest sha256 = Digest.sha256();
    private long size;

    Measured(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int read = super.read(into, from, length);
      if (read > 0) {
        sha256.update(into, from, read);
        size += read;
      }
      return read;
    }

    @Override
    public void close() {
      // The next file of the package comes from the same stream.
    }
  }
}
