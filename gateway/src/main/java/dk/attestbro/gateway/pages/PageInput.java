package dk.attestbro.gateway.pages;

import dk.attestbro.model.LetterId;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.RefusalReason;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * What stands in a page's address or fields, as a value. What cannot be one is refused with a page:
 * 404 where it would name something, else 400 with the parameter's name.
 */
public final class PageInput {
  /** A list that is longer is searched, not leafed through. */
  private static final long LAST_PAGE = 100_000;

  private static final int UUID_LENGTH = 36;
  private static final int DAY_LENGTH = 10;

  private PageInput() {}

  /** The party of this id, known or not; empty where no party can have it. */
  public static Optional<PartyId> party(String text) {
    try {
      return Optional.of(new PartyId(text));
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }

  /**
   * @throws MessageRefused NOT_FOUND
   */
  public static LetterId letter(String text) {
    return LetterId.parse(text).orElseThrow(PageInput::noSuch);
  }

  /**
   * @throws MessageRefused NOT_FOUND
   */
  public static UUID uuid(String text) {
    try {
      // Fewer characters make a UUID for Java too, and then one thing has many addresses.
      if (text.length() == UUID_LENGTH) {
        return UUID.fromString(text);
      }
    } catch (IllegalArgumentException notAUuid) {
      throw noSuch();
    }
    throw noSuch();
  }

  /**
   * A day; empty where the field is.
   *
   * @throws MessageRefused PARAMETER_INVALID
   */
  public static Optional<LocalDate> day(String name, String text) {
    if (text.isBlank()) {
      return Optional.empty();
    }
    try {
      // SECURITY: years of more than four digits are days for Java and not for the database.
      if (text.length() == DAY_LENGTH) {
        return Optional.of(LocalDate.parse(text));
      }
    } catch (DateTimeException notADay) {
      throw invalid(name);
    }
    throw invalid(name);
  }

  /**
   * The number of a list's page, from 0.
   *
   * @throws MessageRefused PARAMETER_INVALID
   */
  public static int page(String name, Optional<Long> given) {
    long page = given.orElse(0L);
    if (page < 0 || page > LAST_PAGE) {
      throw invalid(name);
    }
    return (int) page;
  }

  /** A number that counts something of ours; empty where it cannot be one. */
  public static OptionalInt count(String text) {
    try {
      int number = Integer.parseInt(text);
      return number > 0 ? OptionalInt.of(number) : OptionalInt.empty();
    } catch (NumberFormatException notANumber) {
      return OptionalInt.empty();
    }
  }

  public static MessageRefused invalid(String parameter) {
    return new MessageRefused(RefusalReason.PARAMETER_INVALID, parameter);
  }

  private static MessageRefused noSuch() {
    return new MessageRefused(RefusalReason.NOT_FOUND);
  }
}
