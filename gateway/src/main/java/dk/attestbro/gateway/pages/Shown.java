package dk.attestbro.gateway.pages;

import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Text;
import dk.attestbro.port.DirectorySource;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.context.i18n.LocaleContextHolder;

/** How things read in the language of the page: {@code @shown} in templates. Days are Denmark's. */
public final class Shown {
  private final DirectorySource directory;

  Shown(DirectorySource directory) {
    this.directory = directory;
  }

  /** 3. december 2026, 3 December 2026. */
  public String day(LocalDate day) {
    return DateTimeFormatter.ofPattern(isDanish() ? "d. MMMM yyyy" : "d MMMM yyyy", locale())
        .format(day);
  }

  /** 3. dec. 2026 kl. 14.05, 3 Dec 2026 at 14:05. */
  public String moment(Instant at) {
    return DateTimeFormatter.ofPattern(
            isDanish() ? "d. MMM yyyy 'kl.' HH.mm" : "d MMM yyyy 'at' HH:mm", locale())
        .format(at.atZone(DeadlineRule.ZONE));
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

  private static boolean isDanish() {
    return locale().getLanguage().equals("da");
  }

  private static Locale locale() {
    return LocaleContextHolder.getLocale();
  }
}
