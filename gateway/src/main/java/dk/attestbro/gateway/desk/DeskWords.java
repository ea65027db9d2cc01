package dk.attestbro.gateway.desk;

import dk.attestbro.gateway.api.Paging;
import dk.attestbro.gateway.pages.Shown;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.Party;
import dk.attestbro.port.DirectorySource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.springframework.context.i18n.LocaleContextHolder;

/** How the desk writes times, ages and codes: {@code @words} in templates. */
public final class DeskWords {
  private final DirectorySource directory;
  private final Shown shown;
  private final Clock clock;

  DeskWords(DirectorySource directory, Shown shown, Clock clock) {
    this.directory = directory;
    this.shown = shown;
    this.clock = clock;
  }

  /** To the second, since order matters to whoever looks for a fault. */
  public String time(Instant at) {
    return shown.second(at);
  }

  /** The time of day. */
  public String clock(Instant at) {
    return shown.clock(at);
  }

  /** How long ago, in the largest unit that tells it. */
  public String age(Instant since) {
    return duration(Duration.between(since, clock.instant()));
  }

  public String duration(Duration time) {
    boolean danish = LocaleContextHolder.getLocale().getLanguage().equals("da");
    long seconds = Math.max(0, time.toSeconds());
    if (seconds < 120) {
      return seconds + " s";
    }
    if (seconds < 7200) {
      return seconds / 60 + " min";
    }
    return seconds < 172_800
        ? seconds / 3600 + (danish ? " timer" : " hours")
        : seconds / 86_400 + (danish ? " dage" : " days");
  }

  /** The ids of all parties, for a field to choose from. */
  public List<String> parties() {
    return directory.current().parties().stream().map(Party::id).map(id -> id.value()).toList();
  }

  public LocalDate today() {
    return DeadlineRule.day(clock.instant());
  }

  /** A dead letter as a form names it. */
  public String cursor(LetterRef letter) {
    return Paging.cursor(letter);
  }

  /** How a figure's badge looks: good at nought. */
  public String kind(long count) {
    return count == 0 ? "good" : "bad";
  }
}
