package dk.attestbro.gateway.api;

import dk.attestbro.gateway.api.Views.Page;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.CaseQuery;
import dk.attestbro.port.LetterQuery;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

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

  /** Where a list goes on behind this. */
  public static String cursor(LetterRef position) {
    return encode(position.sender() + SEPARATOR + position.id());
  }

  /** The dead letter that a cursor names. */
  public static Optional<LetterRef> letterCursor(Optional<String> after) {
    return after.map(
        text -> {
          String[] parts = decode(text, 2);
          try {
            return new LetterRef(new PartyId(parts[0]), new LetterId(parts[1]));
          } catch (IllegalArgumentException notACursor) {
            throw badCursor();
          }
        });
  }

  /** Where a list goes on behind this. */
  public static String cursor(LetterQuery.Cursor position) {
    return encode(
        position.receivedAt() + SEPARATOR + position.id() + SEPARATOR + position.sender());
  }

  static Optional<LetterQuery.Cursor> lineCursor(Optional<String> after) {
    return after.map(
        text -> {
          String[] parts = decode(text, 3);
          try {
            return new LetterQuery.Cursor(
                Instant.parse(parts[0]), new LetterId(parts[1]), new PartyId(parts[2]));
          } catch (IllegalArgumentException | DateTimeException notACursor) {
            throw badCursor();
          }
        });
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
              .split(SEPARATOR, -1);
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
