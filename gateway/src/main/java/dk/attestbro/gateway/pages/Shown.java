package dk.attestbro.gateway.pages;

import dk.attestbro.model.Citizen;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Text;
import dk.attestbro.port.DirectorySource;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.springframework.context.i18n.LocaleContextHolder;

/**
 * How things read in the language of the page, alike on every page: {@code @shown} in templates.
 * Days are Denmark's.
 */
public final class Shown {
  private static final String DANISH_DAY = "d. MMM yyyy";
  private static final String ENGLISH_DAY = "d MMM yyyy";

  private final DirectorySource directory;

  Shown(DirectorySource directory) {
    this.directory = directory;
  }

  /** 3. dec. 2026, 3 Dec 2026. */
  public String day(LocalDate day) {
    return written(day, isDanish() ? DANISH_DAY : ENGLISH_DAY);
  }

  /** 3. dec. 2026 kl. 14.05, 3 Dec 2026 at 14:05. */
  public String moment(Instant at) {
    return written(at, isDanish() ? DANISH_DAY + " 'kl.' HH.mm" : ENGLISH_DAY + " 'at' HH:mm");
  }

  /** 3. dec. 2026 14.05.33, 3 Dec 2026 14:05:33. */
  public String second(Instant at) {
    return written(at, isDanish() ? DANISH_DAY + " HH.mm.ss" : ENGLISH_DAY + " HH:mm:ss");
  }

  /** The time of day: 14.05.33, 14:05:33. */
  public String clock(Instant at) {
    return written(at, isDanish() ? "HH.mm.ss" : "HH:mm:ss");
  }

  /** A CPR number as people write it, 250947-9989; other numbers as they are. */
  public String citizenId(Citizen citizen) {
    return citizen.idKind() == Citizen.IdKind.CPR
        ? citizen.id().replaceFirst("^(\\d{6})", "$1-")
        : citizen.id();
  }

  public String number(long number) {
    return NumberFormat.getIntegerInstance(locale()).format(number);
  }

  public String text(Text text) {
    return isDanish() ? text.da() : text.en();
  }

  /** A party's name, or its id where the directory knows it no more. */
  public String party(PartyId id) {
    return directory.current().party(id).map(Party::name).orElse(id.value());
  }

  private static String written(Instant at, String pattern) {
    return written(at.atZone(DeadlineRule.ZONE), pattern);
  }

  private static String written(TemporalAccessor time, String pattern) {
    return DateTimeFormatter.ofPattern(pattern, locale()).format(time);
  }

  private static boolean isDanish() {
    return locale().getLanguage().equals("da");
  }

  private static Locale locale() {
    return LocaleContextHolder.getLocale();
  }
}
