package dk.attestbro.gateway.desk;

import dk.attestbro.gateway.cases.LatenessChart;
import dk.attestbro.gateway.cases.PublishFigures;
import dk.attestbro.gateway.cases.PublishedFigures;
import dk.attestbro.gateway.cases.StatisticsCsv;
import dk.attestbro.gateway.cases.StatisticsPage;
import dk.attestbro.gateway.pages.PageInput;
import dk.attestbro.gateway.pages.PagePaths;
import dk.attestbro.gateway.pages.Shown;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.port.ChartDrawing;
import dk.attestbro.port.ChartDrawing.Words;
import dk.attestbro.port.PagePrinting;
import dk.attestbro.port.Staff;
import dk.attestbro.port.StatisticsQuery;
import dk.attestbro.port.StatisticsQuery.Dimension;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** How late certificates are, told apart by one thing, beside where it began: 75 %. */
@Controller
@RequestMapping(PagePaths.DESK + "/lateness")
final class LatenessPages {
  private final PublishFigures publish;
  private final ChartDrawing charts;
  private final PagePrinting printing;
  private final Shown shown;
  private final Clock clock;

  LatenessPages(
      PublishFigures publish,
      ChartDrawing charts,
      PagePrinting printing,
      Shown shown,
      Clock clock) {
    this.publish = publish;
    this.charts = charts;
    this.printing = printing;
    this.shown = shown;
    this.clock = clock;
  }

  @GetMapping
  String board(
      @AuthenticationPrincipal Staff staff,
      @RequestParam("from") Optional<String> from,
      @RequestParam("to") Optional<String> to,
      @RequestParam("by") Optional<String> by,
      Model model) {
    PublishedFigures figures = figures(from, to, by);
    model.addAttribute("figures", figures);
    model.addAttribute("rows", figures.groups().stream().map(LateShare::of).toList());
    model.addAttribute("total", LateShare.of(figures.total()));
    model.addAttribute(
        "chart",
        charts.svg(LatenessChart.of(figures, shown::text, LateShare::percent), Words.TEXT));
    model.addAttribute("mostGroups", LatenessChart.MOST_GROUPS);
    model.addAttribute("notProven", notProven(figures.total()));
    model.addAttribute("by", figures.query().by().get(0).name().toLowerCase(Locale.ROOT));
    model.addAttribute(
        "dimensions",
        Arrays.stream(Dimension.values()).map(d -> d.name().toLowerCase(Locale.ROOT)).toList());
    model.addAttribute("baseline", Math.round(100 * PublishedFigures.BASELINE_SHARE_LATE));
    model.addAttribute("mayExport", DeskRoles.exports(staff));
    return "desk/lateness";
  }

  /** How many requests are not proven received; 0 also where that is not to be told. */
  private static long notProven(PublishedFigures.Row total) {
    OptionalLong requests = total.counts().getOrDefault("requests", OptionalLong.empty());
    OptionalLong delivered = total.counts().getOrDefault("delivered", OptionalLong.empty());
    return requests.isPresent() && delivered.isPresent()
        ? requests.getAsLong() - delivered.getAsLong()
        : 0;
  }

  @GetMapping("/csv")
  ResponseEntity<byte[]> csv(
      @AuthenticationPrincipal Staff staff,
      @RequestParam("from") Optional<String> from,
      @RequestParam("to") Optional<String> to,
      @RequestParam("by") Optional<String> by) {
    DeskRoles.require(DeskRoles.exports(staff));
    byte[] csv = StatisticsCsv.of(figures(from, to, by)).getBytes(StandardCharsets.UTF_8);
    return file("lateness.csv", MediaType.parseMediaType("text/csv;charset=UTF-8"), csv);
  }

  @GetMapping("/pdf")
  ResponseEntity<byte[]> pdf(
      @AuthenticationPrincipal Staff staff,
      @RequestParam("from") Optional<String> from,
      @RequestParam("to") Optional<String> to,
      @RequestParam("by") Optional<String> by) {
    DeskRoles.require(DeskRoles.exports(staff));
    PublishedFigures figures = figures(from, to, by);
    if (figures.groups().size() > StatisticsPage.MOST_GROUPS) {
      throw PageInput.invalid("by");
    }
    return file(
        "lateness.pdf",
        MediaType.APPLICATION_PDF,
        printing.pdf(StatisticsPage.of(figures, charts)));
  }

  private static ResponseEntity<byte[]> file(String name, MediaType type, byte[] bytes) {
    return ResponseEntity.ok()
        .contentType(type)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
        .body(bytes);
  }

  /** The year so far by region, where nothing else is asked for. */
  private PublishedFigures figures(
      Optional<String> from, Optional<String> to, Optional<String> by) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    LocalDate today = DeadlineRule.day(now);
    LocalDate first =
        PageInput.day("from", from.orElse("")).orElseGet(() -> today.withDayOfYear(1));
    LocalDate last = PageInput.day("to", to.orElse("")).orElse(today);
    if (first.isAfter(last)) {
      throw PageInput.invalid("to");
    }
    return publish.figures(
        new StatisticsQuery(first, last, List.of(dimension(by)), now, Optional.empty()));
  }

  private static Dimension dimension(Optional<String> by) {
    String wanted = by.filter(text -> !text.isBlank()).orElse("region").toUpperCase(Locale.ROOT);
    return Arrays.stream(Dimension.values())
        .filter(known -> known.name().equals(wanted))
        .findFirst()
        .orElseThrow(() -> PageInput.invalid("by"));
  }
}
