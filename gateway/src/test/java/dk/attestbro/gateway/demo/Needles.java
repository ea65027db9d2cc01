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
  private final List<Needle> needles = new ArrayList<>();
  private final BitSet beginnings = new BitSet(1 << 24);

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
    for (int i = 0; i + 3 <= bytes.length; i++) {
      if (beginnings.get(beginning(bytes, i))) {
        for (Needle needle : needles) {
          int end = i + needle.bytes().length;
          if (end <= bytes.length
              && Arrays.equals(bytes, i, end, needle.bytes(), 0, needle.bytes().length)) {
            found.add(needle.what());
          }
        }
      }
    }
    return found;
  }

  private void add(byte[] needle, String what) {
    needles.add(new Needle(needle, what));
    beginnings.set(beginning(needle, 0));
  }

  private static int beginning(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 16 | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff);
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
