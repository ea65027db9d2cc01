package dk.attestbro.mail;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The text of an HTML page, for people to read: in one pass, without loading or running anything,
 * and without what a browser would not show.
 */
final class HtmlText {
  private static final Set<String> HIDDEN = Set.of("script", "style", "head", "title", "template");
  private static final Set<String> LINES =
      Set.of("br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "table", "blockquote");
  private static final Map<String, String> ENTITIES =
      Map.ofEntries(
          Map.entry("amp", "&"),
          Map.entry("lt", "<"),
          Map.entry("gt", ">"),
          Map.entry("quot", "\""),
          Map.entry("apos", "'"),
          Map.entry("nbsp", " "),
          Map.entry("aelig", "æ"),
          Map.entry("oslash", "ø"),
          Map.entry("aring", "å"),
          Map.entry("AElig", "Æ"),
          Map.entry("Oslash", "Ø"),
          Map.entry("Aring", "Å"));
  private static final int MOST_ENTITY = 10;

  private final String html;
  private final StringBuilder text = new StringBuilder();
  private int at;

  private HtmlText(String html) {
    this.html = html;
  }

  static String of(String html) {
    HtmlText reading = new HtmlText(html);
    while (reading.at < html.length()) {
      reading.step();
    }
    return reading
        .text
        .toString()
        .replaceAll("[ \\t]*\\n[ \\t]*", "\n")
        .replaceAll("\\n{3,}", "\n\n")
        .strip();
  }

  private void step() {
    char c = html.charAt(at);
    if (c == '<') {
      tag();
    } else if (c == '&') {
      entity();
    } else {
      append(Character.isWhitespace(c) ? " " : String.valueOf(c));
      at++;
    }
  }

  private void append(String piece) {
    boolean blank = text.isEmpty() || Character.isWhitespace(text.charAt(text.length() - 1));
    if (!piece.equals(" ") || !blank) {
      text.append(piece);
    }
  }

  private void tag() {
    if (html.startsWith("<!--", at)) {
      int end = html.indexOf("-->", at + 4);
      at = end < 0 ? html.length() : end + 3;
      return;
    }
    int close = html.indexOf('>', at);
    if (close < 0) {
      at = html.length();
      return;
    }
    int start = html.startsWith("</", at) ? at + 2 : at + 1;
    int end = start;
    while (end < close && Character.isLetterOrDigit(html.charAt(end))) {
      end++;
    }
    boolean opens = start == at + 1;
    String name = html.substring(start, end).toLowerCase(Locale.ROOT);
    at = close + 1;
    if (LINES.contains(name)) {
      text.append('\n');
    } else if (opens && HIDDEN.contains(name)) {
      skipTo("</" + name);
    }
  }

  private void skipTo(String tag) {
    while (at < html.length() && !html.regionMatches(true, at, tag, 0, tag.length())) {
      at++;
    }
  }

  private void entity() {
    int end = html.substring(at, Math.min(at + MOST_ENTITY, html.length())).indexOf(';') + at;
    if (end < at) {
      append("&");
      at++;
      return;
    }
    String name = html.substring(at + 1, end);
    append(name.startsWith("#") ? numbered(name) : ENTITIES.getOrDefault(name, "&" + name + ";"));
    at = end + 1;
  }

  private static String numbered(String name) {
    try {
      int point =
          name.startsWith("#x") || name.startsWith("#X")
              ? Integer.parseInt(name.substring(2), 16)
              : Integer.parseInt(name.substring(1));
      return Character.isValidCodePoint(point) && !Character.isISOControl(point)
          ? Character.toString(point)
          : " ";
    } catch (NumberFormatException none) {
      return "&" + name + ";";
    }
  }
}
