package dk.attestbro.gateway.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Looks for texts in bytes: as UTF-8, as UTF-16 of either order, and within base64 at each of the
 * three offsets that a text may have there.
 */
final class Needles {
  private static final int THREE_BYTES = 0xffffff;

  private final List<Needle> needles = new ArrayList<>();

  /** The first three bytes of each. */
  private final BitSet beginnings = new BitSet(THREE_BYTES + 1);

  /** Bytes to look for, and what they are. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Needle(byte[] bytes, String what) {}

  /**
   * @param texts of eight characters or more, so that nothing is found by chance
   */
  Needles(List<String> texts) {
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      add(bytes, text + " as UTF-8");
      add(text.getBytes(StandardCharsets.UTF_16LE), text + " as UTF-16LE");
      add(text.getBytes(StandardCharsets.UTF_16BE), text + " as UTF-16BE");
      for (int offset = 0; offset < 3; offset++) {
        add(inBase64(bytes, offset), text + " in base64 at " + offset);
      }
    }
  }

  /** Each text that was found, and where. */
  Set<String> in(Path tree) throws IOException {
    Set<String> found = new TreeSet<>();
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(tree)) {
      all.filter(Files::isRegularFile).forEach(files::add);
    }
    for (Path file : files) {
      for (String text : in(Files.readAllBytes(file))) {
        found.add(text + ": " + tree.relativize(file));
      }
    }
    return found;
  }

  Set<String> in(byte[] bytes) {
    Set<String> found = new TreeSet<>();
    int three = 0;
    for (int i = 0; i < bytes.length; i++) {
      three = (three << 8 | bytes[i] & 0xff) & THREE_BYTES;
      if (beginnings.get(three)) {
        findAt(i - 2, bytes, found);
      }
    }
    return found;
  }

  private void findAt(int from, byte[] bytes, Set<String> found) {
    for (Needle needle : needles) {
      int end = from + needle.bytes().length;
      if (from >= 0
          && end <= bytes.length
          && Arrays.equals(bytes, from, end, needle.bytes(), 0, needle.bytes().length)) {
        found.add(needle.what());
      }
    }
  }

  private void add(byte[] needle, String what) {
    needles.add(new Needle(needle, what));
    beginnings.set((needle[0] & 0xff) << 16 | (needle[1] & 0xff) << 8 | needle[2] & 0xff);
  }

  /** The characters that depend on the text alone, whatever stands before and after it. */
  private static byte[] inBase64(byte[] text, int offset) {
    byte[] shifted = new byte[offset + text.length];
    System.arraycopy(text, 0, shifted, offset, text.length);
    byte[] coded = Base64.getEncoder().withoutPadding().encode(shifted);
    int from = (offset * 8 + 5) / 6;
    int to = shifted.length * 8 / 6;
    return Arrays.copyOfRange(coded, from, to);
  }
}
