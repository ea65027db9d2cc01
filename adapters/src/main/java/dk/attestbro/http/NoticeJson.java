package dk.attestbro.http;

import dk.attestbro.port.DueNotice;

/**
 * A notice as a webhook gets it: {@code type}, {@code timestamp} and {@code data}, all texts but
 * the count.
 */
final class NoticeJson {
  private final StringBuilder json = new StringBuilder("{");

  NoticeJson(DueNotice due) {
    text("type", due.notice().kind().shown());
    text("timestamp", due.notice().at().toString());
    json.append(",\"data\":{\"count\":").append(due.count());
    text("code", due.notice().code());
    text("since", due.since().toString());
    due.notice().facts().forEach(this::text);
    json.append("}}");
  }

  private void text(String name, String value) {
    if (json.length() > 1) {
      json.append(',');
    }
    quoted(name);
    json.append(':');
    quoted(value);
  }

  private void quoted(String text) {
    json.append('"');
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }

  @Override
  public String toString() {
    return json.toString();
  }
}
