package dk.attestbro.fhir;

import dk.attestbro.fhir.NewEnvelope.Entry;
import dk.attestbro.fhir.NewEnvelope.Found;
import dk.attestbro.fhir.NewEnvelope.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds in an XML message the values that a new envelope changes. It walks the tags of a message
 * that was read, and so found well-formed, UTF-8 and without a DOCTYPE, before.
 */
final class XmlEnvelope {
  private final byte[] bytes;
  private final List<String> path = new ArrayList<>();
  private final Found found = new Found();

  private XmlEnvelope(byte[] bytes) {
    this.bytes = bytes;
  }

  static Found find(byte[] bytes) {
    XmlEnvelope scan = new XmlEnvelope(bytes);
    try {
      scan.walk();
    } catch (ArrayIndexOutOfBoundsException endedEarly) {
      throw new IllegalArgumentException("not well-formed XML");
    }
    return scan.found;
  }

  private void walk() {
    int at = 0;
    while (at < bytes.length) {
      if (bytes[at] != '<') {
        at++;
      } else if (isAt(at, "<!--")) {
        at = after(at + 4, "-->");
      } else if (isAt(at, "<![CDATA[")) {
        at = after(at + 9, "]]>");
      } else if (bytes[at + 1] == '?') {
        at = after(at + 2, "?>");
      } else if (bytes[at + 1] == '/') {
        path.remove(path.size() - 1);
        at = after(at + 2, ">");
      } else {
        at = startTag(at + 1);
      }
    }
  }

  /** Reads a start tag from behind its {@code <}; the place behind its {@code >}. */
  private int startTag(int from) {
    int at = from;
    while (!isSpace(bytes[at]) && bytes[at] != '>' && bytes[at] != '/') {
      at++;
    }
    String name = text(from, at);
    path.add(name.substring(name.indexOf(':') + 1));
    Span value = new Span(at, at);
    while (bytes[at] != '>' && bytes[at] != '/') {
      if (isSpace(bytes[at])) {
        at++;
        continue;
      }
      int attribute = at;
      while (bytes[at] != '=') {
        at++;
      }
      String attributeName = text(attribute, at).strip();
      while (bytes[at] != '"' && bytes[at] != '\'') {
        at++;
      }
      int start = at + 1;
      int end = start;
      while (bytes[end] != bytes[at]) {
        end++;
      }
      if (attributeName.equals("value")) {
        value = new Span(start, end);
      }
      at = end + 1;
    }
    note(value);
    if (bytes[at] == '/') {
      path.remove(path.size() - 1);
      return at + 2;
    }
    return at + 1;
  }

  private void note(Span value) {
    switch (path.size()) {
      case 2 -> {
        switch (path.get(1)) {
          case "id" -> found.ids.add(value);
          case "timestamp" -> found.timestamps.add(value);
          case "entry" -> found.entries.add(new Entry());
          default -> {}
        }
      }
      case 3 -> {
        if (isWithin("entry") && path.get(2).equals("fullUrl")) {
          entry().fullUrl = text(value);
        }
      }
      case 4 -> {
        if (isWithin("entry", "resource")) {
          entry().type = path.get(3);
        }
      }
      case 5 -> {
        if (isWithin("entry", "resource")) {
          resourceElement(path.get(4), value);
        }
      }
      case 6 -> {
        if (isWithin("entry", "resource")
            && path.get(4).equals("target")
            && path.get(5).equals("reference")) {
          entry().targets.add(text(value));
        }
      }
      default -> {}
    }
  }

  private void resourceElement(String name, Span value) {
    switch (name) {
      case "id" -> entry().id = text(value);
      case "occurredDateTime", "recorded" -> entry().times.add(value);
      default -> {}
    }
  }

  private boolean isWithin(String... below) {
    return path.subList(1, 1 + below.length).equals(List.of(below));
  }

  private Entry entry() {
    return found.entries.get(found.entries.size() - 1);
  }

  private int after(int from, String closing) {
    int at = from;
    while (!isAt(at, closing)) {
      at++;
    }
    return at + closing.length();
  }

  private boolean isAt(int at, String expected) {
    for (int i = 0; i < expected.length(); i++) {
      if (bytes[at + i] != expected.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private String text(Span span) {
    return text(span.start(), span.end());
  }

  private String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
