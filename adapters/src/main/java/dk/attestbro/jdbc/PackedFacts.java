package dk.attestbro.jdbc;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Facts of the cases that were opened on one day, in about 40 bytes each.
 *
 * <p>A fact is a byte of flags; the id of its case, where it is not that of the fact before; the
 * microseconds since and until which it stands, without the latter where it stands still; the
 * length of what follows; and its numbers. A number takes as many bytes as it needs, the lowest
 * seven bits first, and its sign is its lowest bit. One that may be absent is 0 where it is, else
 * one more. Days are counted from the day of the opening.
 *
 * <p>Whoever changes this lets a migration pack everything anew.
 */
final class PackedFacts {
  /** Until when a fact stands that stands still. */
  static final long STILL = Long.MAX_VALUE;

  private static final int NEW_CASE = 1;
  private static final int ENDED = 2;

  private PackedFacts() {}

  /** Packs the facts of a day, case by case. */
  static final class Writer {
    private final ByteArrayOutputStream facts = new ByteArrayOutputStream();
    private final int openedOn;
    private Optional<UUID> last = Optional.empty();

    Writer(int openedOn) {
      this.openedOn = openedOn;
    }

    void add(UUID caseId, long since, long until, FactFigures fact) {
      Optional<UUID> current = Optional.of(caseId);
      boolean newCase = !last.equals(current);
      last = current;
      facts.write((newCase ? NEW_CASE : 0) | (until == STILL ? 0 : ENDED));
      if (newCase) {
        fixed(caseId.getMostSignificantBits());
        fixed(caseId.getLeastSignificantBits());
      }
      fixed(since);
      if (until != STILL) {
        fixed(until);
      }
      byte[] numbers = new Numbers().of(fact, openedOn);
      new Numbers(facts).number(numbers.length);
      facts.writeBytes(numbers);
    }

    byte[] bytes() {
      return facts.toByteArray();
    }

    private void fixed(long value) {
      facts.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }
  }

  private record Numbers(ByteArrayOutputStream bytes) {
    Numbers() {
      this(new ByteArrayOutputStream(32));
    }

    byte[] of(FactFigures fact, int openedOn) {
      number(fact.place());
      optional(fact.acknowledgementSeconds());
      optional(fact.requestDays());
      day(fact.due(), openedOn);
      day(fact.repliedOn(), openedOn);
      optional(fact.replyDays());
      number(fact.pausedDays());
      number(fact.reminders());
      number(fact.interimReplies());
      number(fact.questions());
      day(fact.endedOn(), openedOn);
      bytes.writeBytes(fact.endReason().getBytes(StandardCharsets.UTF_8));
      return bytes.toByteArray();
    }

    void number(long value) {
      unsigned(signLast(value));
    }

    private void optional(int value) {
      unsigned(value == FactFigures.NONE ? 0 : signLast(value) + 1);
    }

    private void day(int day, int openedOn) {
      unsigned(day == FactFigures.NONE ? 0 : signLast((long) day - openedOn) + 1);
    }

    private static long signLast(long value) {
      return value << 1 ^ value >> 63;
    }

    private void unsigned(long value) {
      long rest = value;
      while (rest > 0x7f) {
        bytes.write((int) (rest & 0x7f | 0x80));
        rest >>>= 7;
      }
      bytes.write((int) rest);
    }
  }

  /** Takes the facts that are read. */
  @FunctionalInterface
  interface Taker {
    void take(UUID caseId, FactFigures fact);
  }

  /**
   * Reads the facts that stood at a moment, without those of some cases.
   *
   * @param cutoff in microseconds since 1970
   */
  static void read(byte[] packed, int openedOn, long cutoff, Set<UUID> without, Taker taker) {
    new Reader(packed, openedOn).standing(cutoff, without, taker);
  }

  private static final class Reader {
    private final byte[] bytes;
    private final ByteBuffer fixed;
    private final int openedOn;
    private int at;

    Reader(byte[] bytes, int openedOn) {
      this.bytes = bytes;
      this.fixed = ByteBuffer.wrap(bytes);
      this.openedOn = openedOn;
    }

    // The first fact of a day always names its case.
    void standing(long cutoff, Set<UUID> without, Taker taker) {
      UUID caseId = new UUID(0, 0);
      boolean wanted = true;
      while (at < bytes.length) {
        int flags = bytes[at++];
        if ((flags & NEW_CASE) != 0) {
          caseId = new UUID(fixed.getLong(at), fixed.getLong(at + Long.BYTES));
          wanted = without.isEmpty() || !without.contains(caseId);
          at += 2 * Long.BYTES;
        }
        boolean stands = fixed() <= cutoff;
        if ((flags & ENDED) != 0) {
          stands &= fixed() > cutoff;
        }
        int length = (int) number();
        int end = at + length;
        if (stands && wanted) {
          taker.take(caseId, fact(end));
        }
        at = end;
      }
    }

    private long fixed() {
      long value = fixed.getLong(at);
      at += Long.BYTES;
      return value;
    }

    private FactFigures fact(int end) {
      return new FactFigures(
          (int) number(),
          openedOn,
          optional(),
          optional(),
          day(),
          day(),
          optional(),
          (int) number(),
          (int) number(),
          (int) number(),
          (int) number(),
          day(),
          text(end));
    }

    private String text(int end) {
      return at == end ? "" : new String(bytes, at, end - at, StandardCharsets.UTF_8);
    }

    private int optional() {
      long value = unsigned();
      return value == 0 ? FactFigures.NONE : (int) signFirst(value - 1);
    }

    private int day() {
      long value = unsigned();
      return value == 0 ? FactFigures.NONE : (int) (openedOn + signFirst(value - 1));
    }

    private long number() {
      return signFirst(unsigned());
    }

    private static long signFirst(long value) {
      return value >>> 1 ^ -(value & 1);
    }

    private long unsigned() {
      int next = bytes[at++];
      long value = next & 0x7f;
      for (int shift = 7; next < 0; shift += 7) {
        next = bytes[at++];
        value |= (long) (next & 0x7f) << shift;
      }
      return value;
    }
  }
}
