package dk.attestbro.pdf;

import java.util.List;

/** Writes a page in Danish, element by element; whatever text comes in stands there as text. */
final class Xhtml {
  private static final String STYLE =
      """
      @page { size: A4; margin: 20mm 20mm 22mm 20mm;
        @bottom-right { content: "Side " counter(page) " af " counter(pages);
          font-family: 'Liberation Sans'; font-size: 9pt; } }
      body { font-family: 'Liberation Sans'; font-size: 10.5pt; line-height: 1.4; }
      h1 { font-size: 18pt; line-height: 1.2; margin: 0 0 3mm 0; }
      h2 { font-size: 13pt; line-height: 1.25; margin: 7mm 0 2mm 0; padding-bottom: 1mm;
        border-bottom: 0.5pt solid #555555; page-break-after: avoid; }
      h3 { font-size: 10.5pt; margin: 3.5mm 0 0.5mm 0; page-break-after: avoid; }
      p { margin: 0 0 1.5mm 0; orphans: 2; widows: 2; }
      p, li, td, h3 { white-space: pre-wrap; word-wrap: break-word; }
      ul { margin: 0; padding-left: 5mm; }
      table { width: 100%; table-layout: fixed; border-collapse: collapse; }
      th { width: 58mm; text-align: left; font-weight: bold; }
      th, td { padding: 0.7mm 2mm 0.7mm 0; vertical-align: top; }
      """;

  private final StringBuilder page = new StringBuilder();

  /** A page with this title; {@code date} as PDF writes it. */
  Xhtml(String title, String description, String date) {
    page.append("<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"da\"><head>");
    element("title", title);
    meta("description", description);
    meta("CreationDate", date);
    page.append("<style>").append(STYLE).append("</style></head><body>");
  }

  Xhtml heading(int level, String text) {
    return element("h" + level, text);
  }

  /** The text, a paragraph for each that a blank line sets apart. */
  Xhtml paragraphs(String text) {
    for (String paragraph : plain(text).strip().split("\n\\h*\n\\s*")) {
      element("p", paragraph.strip());
    }
    return this;
  }

  Xhtml list(List<String> items) {
    page.append("<ul>");
    items.forEach(item -> element("li", item));
    page.append("</ul>");
    return this;
  }

  /** Names and values, two by two; a value that is blank is left out with its name. */
  Xhtml table(List<Row> rows) {
    page.append("<table><tbody>");
    for (Row row : rows) {
      if (!row.value().isBlank()) {
        page.append("<tr><th scope=\"row\">").append(escaped(row.name())).append("</th>");
        element("td", row.value());
        page.append("</tr>");
      }
    }
    page.append("</tbody></table>");
    return this;
  }

  String end() {
    return page + "</body></html>";
  }

  /** A line of a table. */
  record Row(String name, String value) {}

  private void meta(String name, String content) {
    page.append("<meta name=\"").append(name).append("\" content=\"");
    page.append(escaped(content)).append("\"/>");
  }

  private Xhtml element(String name, String text) {
    page.append('<').append(name).append('>').append(escaped(text));
    page.append("</").append(name).append('>');
    return this;
  }

  private static String escaped(String text) {
    return plain(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /**
   * Line ends as one character, and without what is no character of a text: controls, halves of
   * surrogate pairs and marks that turn the direction of writing, which could make a sentence read
   * otherwise than it stands.
   */
  private static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.replace("\r\n", "\n")
        .replace('\r', '\n')
        .codePoints()
        .filter(Xhtml::isShown)
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }

  private static boolean isShown(int c) {
    if (c == '\n' || c == '\t') {
      return true;
    }
    boolean turnsDirection = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    boolean isNone = (c & 0xfffe) == 0xfffe;
    int type = Character.getType(c);
    return !turnsDirection && !isNone && type != Character.CONTROL && type != Character.SURROGATE;
  }
}
