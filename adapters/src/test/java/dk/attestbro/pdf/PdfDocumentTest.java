package dk.attestbro.pdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;
import dk.attestbro.chart.BarDrawing;
import dk.attestbro.port.ChartDrawing.Words;
import dk.attestbro.port.ShareChart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentCatalog;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PdfDocumentTest {
  private static final String CHART =
      """
      <svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" viewBox="0 0 200 100"
           aria-label="Søjler: januar 3, februar 5">
        <rect x="10" y="40" width="30" height="50" fill="#224488"/>
        <text x="10" y="98" font-family="Liberation Sans" font-size="9">jan</text>
      </svg>
      """;
  private static final String BODY =
      """
      <h1>Svar på anmodning</h1>
      <h2>Blåbærgrød og ÆØÅ</h2>
      <p>Første afsnit. <b>Med fed.</b></p>
      <ul><li>Et punkt</li><li>Et til</li></ul>
      <table><caption>Antal</caption>
        <thead><tr><th scope="col">Måned</th><th scope="col">Svar</th></tr></thead>
        <tbody><tr><th scope="row">Januar</th><td>3</td></tr></tbody>
      </table>
      <p>Sidste afsnit.</p>
      """;

  @Test
  void rendersAnAccessiblePdfForTheArchive() {
    PdfSamples.assertAccessibleArchive(PdfDocument.render(page(BODY + CHART)));
  }

  @Test
  void aDrawnChartIsAccessibleAndSaysWhatItShows() throws Exception {
    String chart =
        BarDrawing.svg(
            new ShareChart(
                "Søjler: Alle 71 %; <&> *",
                List.of(
                    new ShareChart.Bar("Alle", OptionalDouble.of(0.71), "71 %"),
                    new ShareChart.Bar("<&>", OptionalDouble.empty(), "*")),
                0.75,
                "Udgangspunkt 75 %"),
            Words.OUTLINES);

    byte[] pdf = PdfDocument.render(page(BODY + chart));

    PdfSamples.assertAccessibleArchive(pdf);
    assertThat(alternativeTexts(pdf)).containsExactly("Søjler: Alle 71 %; <&> *");
  }

  private static List<String> alternativeTexts(byte[] pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return document.getDocument().getXrefTable().keySet().stream()
          .map(key -> document.getDocument().getObjectFromPool(key).getObject())
          .filter(COSDictionary.class::isInstance)
          .map(object -> ((COSDictionary) object).getString(COSName.ALT))
          .filter(Objects::nonNull)
          .toList();
    }
  }

  @Test
  void saysItsLanguageAndTitleAndDate() throws Exception {
    try (PDDocument document = Loader.loadPDF(PdfDocument.render(page(BODY)))) {
      PDDocumentCatalog catalog = document.getDocumentCatalog();
      assertThat(catalog.getLanguage()).isEqualTo("da");
      assertThat(document.getDocumentInformation().getTitle()).isEqualTo("Svar på LÆ 125");
      assertThat(catalog.getViewerPreferences().displayDocTitle()).isTrue();
      assertThat(catalog.getMarkInfo().isMarked()).isTrue();
      assertThat(catalog.getStructureTreeRoot()).isNotNull();
      assertThat(document.getDocumentInformation().getCreationDate().toInstant())
          .hasToString("2026-11-22T10:15:00Z");
    }
  }

  @Test
  void aPageWithoutDateBearsNone() throws Exception {
    String undated = page(BODY).replaceFirst("<meta name=\"CreationDate\"[^>]*>", "");
    byte[] pdf = PdfDocument.render(undated);
    try (PDDocument document = Loader.loadPDF(pdf)) {
      assertThat(
              document.getDocumentInformation().getCOSObject().containsKey(COSName.CREATION_DATE))
          .isFalse();
    }
    PdfSamples.assertAccessibleArchive(pdf);
  }

  @Test
  void carriesEveryFontWithinAndNothingThatRuns() throws Exception {
    try (PDDocument document = Loader.loadPDF(PdfDocument.render(page(BODY)))) {
      for (PDPage page : document.getPages()) {
        assertThat(StreamSupport.stream(page.getResources().getFontNames().spliterator(), false))
            .hasSize(2)
            .allSatisfy(
                name -> {
                  PDFont font = page.getResources().getFont(name);
                  assertThat(font.isEmbedded()).isTrue();
                  assertThat(font.getName()).contains("+LiberationSans");
                });
        assertThat(page.getAnnotations()).isEmpty();
      }
      assertThat(document.getDocumentCatalog().getOpenAction()).isNull();
      assertThat(document.getDocumentCatalog().getNames()).isNull();
    }
  }

  @Test
  void itsTextIsReadInTheOrderOfThePage() {
    assertThat(PdfSamples.text(PdfDocument.render(page(BODY))))
        .containsSubsequence(
            "Svar på anmodning",
            "Blåbærgrød og ÆØÅ",
            "Første afsnit.",
            "Med fed.",
            "Et punkt",
            "Et til",
            "Antal",
            "Måned Svar",
            "Januar 3",
            "Sidste afsnit.");
  }

  @Test
  void theSamePageGivesTheSameBytes() {
    assertThat(PdfDocument.render(page(BODY + CHART)))
        .isEqualTo(PdfDocument.render(page(BODY + CHART)));
  }

  @Test
  void aCharacterThatTheFontLacksIsSeenToBeMissing() {
    byte[] pdf = PdfDocument.render(page("<p>før 中 efter</p>"));

    assertThat(PdfSamples.text(pdf)).contains("før □ efter");
    PdfSamples.assertAccessibleArchive(pdf);
  }

  @Test
  void fetchesNothing(@TempDir Path folder) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret.svg"), CHART.replace("jan", "SECRET"));
    AtomicInteger asked = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    server.start();
    try {
      String outside = "http://127.0.0.1:" + server.getAddress().getPort();
      String tempting =
          page("""
                  <link rel="stylesheet" href="OUTSIDE/a.css"/>
                  <p style="background: url(OUTSIDE/b.png)">Tekst</p>
                  <img src="OUTSIDE/c.png" alt=""/> <img src="SECRET" alt=""/>
                  <object data="SECRET" type="image/svg+xml"></object>
                  <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
                       width="9" height="9" aria-label="prøve">
                    <image xlink:href="OUTSIDE/d.png" width="9" height="9"/>
                    <use xlink:href="OUTSIDE/e.svg#x"/>
                    <image xlink:href="SECRET" width="9" height="9"/>
                  </svg>
                  """)
              .replace("OUTSIDE", outside)
              .replace("SECRET", secret.toUri().toString())
              .replace("<style>", "<style>@import url(" + outside + "/f.css);");

      assertThat(PdfSamples.text(PdfDocument.render(tempting)))
          .contains("Tekst")
          .doesNotContain("SECRET");
      assertThat(asked).hasValue(0);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void refusesADoctypeAndWhatIsNotXml() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                PdfDocument.render(
                    "<!DOCTYPE html [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><html>&a;</html>"));
    assertThatIllegalArgumentException().isThrownBy(() -> PdfDocument.render("<p>uden ende"));
  }

  private static String page(String body) {
    return """
    <html xmlns="http://www.w3.org/1999/xhtml" lang="da">
      <head>
        <title>Svar på LÆ 125</title>
        <meta name="description" content="Gengivelse af et svar"/>
        <meta name="CreationDate" content="D:20261122101500Z"/>
        <style>@page { size: A4; margin: 20mm } body { font: 11pt 'Liberation Sans' }</style>
      </head>
      <body>"""
        + body
        + "</body></html>";
  }
}
