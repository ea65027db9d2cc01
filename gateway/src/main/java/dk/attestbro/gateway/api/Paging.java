package dk.attestbro.gateway.api;

import dk.attestbro.gateway.api.Views.Page;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.CaseQuery;
import dk.attestbro.port.CaseSearch;
import dk.attestbro.port.LetterLine;
import dk.attestbro.port.LetterQuery;
import dk.attestbro.port.Order;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Pages of lists: how many items, where to go on, and what {@code next} says. */
public final class Paging {
  static final int DEFAULT_LIMIT = 50;

  /** A page, and an act on several, has no more. */
  public static final int MOST = 200;

  private static final String SEPARATOR = " ";

  private Paging() {}

  /** 1 to 200, 50 where not given. */
  static int limit(Optional<Integer> limit) {
    int wanted = limit.orElse(DEFAULT_LIMIT);
    if (wanted < 1 || wanted > MOST) {
      throw new MessageRefused(RefusalReason.PARAMETER_INVALID, "limit");
    }
    return wanted;
  }

  /** The place in an inbox behind which a list goes on: 0 or more, 0 where not given. */
  static long sequence(Optional<Long> after) {
    long sequence = after.orElse(0L);
    if (sequence < 0) {
      throw badCursor();
    }
    return sequence;
  }

  /** A page of at most {@code limit} out of what was found when one more was asked for. */
  static <M, V> Page<V> page(List<M> found, int limit, Function<M, V> view, Function<M, ?> cursor) {
    List<M> shown = found.size() > limit ? found.subList(0, limit) : found;
    Optional<?> next =
        found.size() > limit ? Optional.of(cursor.apply(shown.get(limit - 1))) : Optional.empty();
    return new Page<>(shown.stream().map(view).toList(), next);
  }

  /** Where a list goes on behind this. */
  public static String cursor(CaseQuery.Cursor position) {
    return encode(position.openedAt() + SEPARATOR + position.id());
  }

  static Optional<CaseQuery.Cursor> caseCursor(Optional<String> after) {
    return after.map(
        text -> {
          String[] parts = decode(text, 2);
          try {
            return new CaseQuery.Cursor(
                Instant.parse(parts[0]), CaseId.parse(parts[1]).orElseThrow(Paging::badCursor));
          } catch (DateTimeException notACursor) {
            throw badCursor();
          }
        });
  }

  /** A letter as a form names it. */
  public static String cursor(LetterRef position) {
    return encode(position.sender() + SEPARATOR + position.id());
  }

  /** The letter that a form names. */
  public static LetterRef letter(String named) {
    String[] parts = decode(named, 2);
    try {
      return new LetterRef(new PartyId(parts[0]), new LetterId(parts[1]));
    } catch (IllegalArgumentException notALetter) {
      throw badCursor();
    }
  }

  /** Where a list goes on behind this. */
  public static String cursor(Order<LetterQuery.By> order, LetterLine seen) {
    LetterQuery.Cursor position = seen.cursor(order.by());
    return sorted(order, position.receivedAt(), position.key(), position.id(), position.sender());
  }

  static Optional<LetterQuery.Cursor> letterCursor(
      Order<LetterQuery.By> order, Optional<String> after) {
    return after.map(
        text -> {
          String[] parts = sorted(order, text, 5);
          try {
            return new LetterQuery.Cursor(
                key(parts), Instant.parse(parts[1]), new LetterId(parts[2]), new PartyId(parts[3]));
          } catch (IllegalArgumentException | DateTimeException notACursor) {
            throw badCursor();
          }
        });
  }

  /** Where a list goes on behind this. */
  public static String cursor(Order<CaseSearch.By> order, CertificateCase seen) {
    return sorted(order, seen.openedAt(), order.by().key(seen), seen.id());
  }

  static Optional<CaseSearch.Cursor> caseCursor(
      Order<CaseSearch.By> order, Optional<String> after) {
    return after.map(
        text -> {
          String[] parts = sorted(order, text, 4);
          try {
            return new CaseSearch.Cursor(
                key(parts),
                Instant.parse(parts[1]),
                CaseId.parse(parts[2]).orElseThrow(Paging::badCursor));
          } catch (DateTimeException notACursor) {
            throw badCursor();
          }
        });
  }

  /** The key comes last, since it alone may hold the separator. */
  private static String sorted(Order<?> order, Instant at, Optional<String> key, Object... ids) {
    String position =
        Arrays.stream(ids).map(String::valueOf).collect(Collectors.joining(SEPARATOR));
    return encode(
        String.join(SEPARATOR, SortParameter.of(order), at.toString(), position, key.orElse("")));
  }

  /** The parts of a cursor that comes from a list in the same order. */
  private static String[] sorted(Order<?> order, String cursor, int length) {
    String[] parts = decode(cursor, length);
    if (!parts[0].equals(SortParameter.of(order))) {
      throw badCursor();
    }
    return parts;
  }

  private static Optional<String> key(String[] parts) {
    return Optional.of(parts[parts.length - 1]).filter(key -> !key.isEmpty());
  }

  private static String encode(String position) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(position.getBytes(StandardCharsets.UTF_8));
  }

  private static String[] decode(String cursor, int length) {
    try {
      String[] parts =
          new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8)
              .split(SEPARATOR, length);
      if (parts.length == length) {
        return parts;
      }
    } catch (IllegalArgumentException notBase64) {
      throw badCursor();
    }
    throw badCursor();
  }

  private static MessageRefused badCursor() {
    return new MessageRefused(RefusalReason.PARAMETER_INVALID, "after");
  }
}
