package dk.attestbro.gateway.api;

import dk.attestbro.gateway.cases.PublishFigures;
import dk.attestbro.gateway.cases.PublishedFigures;
import dk.attestbro.gateway.cases.StatisticsCsv;
import dk.attestbro.gateway.cases.StatisticsPage;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Caller;
import dk.attestbro.port.ChartDrawing;
import dk.attestbro.port.PagePrinting;
import dk.attestbro.port.StatisticsQuery;
import dk.attestbro.port.StatisticsQuery.Dimension;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The figures of lateness: all of them for operators, for a party those of its own cases. */
@RestController
final class StatisticsController {
  private static final int FIRST_YEAR = 2000;
  private static final int LAST_YEAR = 2200;

  private final PublishFigures publish;
  private final ChartDrawing charts;
  private final PagePrinting printing;
  private final Clock clock;

  StatisticsController(
      PublishFigures publish, ChartDrawing charts, PagePrinting printing, Clock clock) {
    this.publish = publish;
    this.charts = charts;
    this.printing = printing;
    this.clock = clock;
  }

  @GetMapping("/api/v1/statistics")
  ResponseEntity<byte[]> figures(
      @AuthenticationPrincipal Caller caller,
      @RequestParam("from") Optional<String> from,
      @RequestParam("to") Optional<String> to,
      @RequestParam("by") Optional<String> by,
      @RequestParam("cutoff") Optional<String> cutoff,
      @RequestParam("party") Optional<String> party,
      @RequestParam("format") Optional<String> format,
      @RequestHeader("Accept") Optional<String> accept) {
    StatisticsFormat wanted = StatisticsFormat.choose(format, accept);
    LocalDate first = date("from", from);
    LocalDate last = date("to", to);
    if (first.isAfter(last)) {
      throw invalid("to");
    }
    PublishedFigures figures =
        publish.figures(
            new StatisticsQuery(first, last, by(by), cutoff(cutoff), onlyOf(caller, party)));
    return switch (wanted) {
      case JSON -> Responses.json(200, StatisticsView.of(figures));
      case CSV ->
          Responses.bytes(
              200,
              wanted.type() + ";charset=UTF-8",
              StatisticsCsv.of(figures).getBytes(StandardCharsets.UTF_8));
      case PDF -> Responses.bytes(200, wanted.type(), printed(figures));
    };
  }

  private byte[] printed(PublishedFigures figures) {
    if (figures.groups().size() > StatisticsPage.MOST_GROUPS) {
      throw invalid("by");
    }
    return printing.pdf(StatisticsPage.of(figures, charts));
  }

  private static LocalDate date(String name, Optional<String> text) {
    try {
      return text.map(LocalDate::parse)
          .filter(date -> date.getYear() >= FIRST_YEAR && date.getYear() <= LAST_YEAR)
          .orElseThrow(() -> invalid(name));
    } catch (DateTimeException notADate) {
      throw invalid(name);
    }
  }

  private static List<Dimension> by(Optional<String> text) {
    List<Dimension> by = new ArrayList<>();
    for (String name :
        text.filter(given -> !given.isEmpty()).map(t -> t.split(",", -1)).orElse(new String[0])) {
      Dimension dimension =
          Arrays.stream(Dimension.values())
              .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(name))
              .filter(known -> !by.contains(known))
              .findFirst()
              .orElseThrow(() -> invalid("by"));
      by.add(dimension);
    }
    return by;
  }

  /** As told in the answer, so that it can be asked for again; never of a time to come. */
  private Instant cutoff(Optional<String> text) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    try {
      return text.map(Instant::parse)
          .or(() -> Optional.of(now))
          .filter(cutoff -> !cutoff.isAfter(now))
          .filter(cutoff -> cutoff.isAfter(Instant.EPOCH))
          .orElseThrow(() -> invalid("cutoff"));
    } catch (DateTimeException notATime) {
      throw invalid("cutoff");
    }
  }

  private static Optional<Set<PartyId>> onlyOf(Caller caller, Optional<String> party) {
    return caller.operator()
        ? Parties.parameter("party", party).map(Set::of)
        : Optional.of(Parties.all(caller, party));
  }

  private static MessageRefused invalid(String parameter) {
    return new MessageRefused(RefusalReason.PARAMETER_INVALID, parameter);
  }
}
