package dk.attestbro.mail;

/**
 * Goes through a structured header value (RFC 5322, 3.2): comments are left out, quoted strings
 * keep what would end a word outside them.
 */
final class HeaderText {
  private final String text;
  private int at;

  HeaderText(String text) {
    this.text = text;
  }

  boolean isAtEnd() {
    return at >= text.length();
  }

  /** Steps over this character where it stands next. */
  boolean skip(char expected) {
    if (isAtEnd() || text.charAt(at) != expected) {
      return false;
    }
    at++;
    return true;
  }

  /** What stands before the next of these characters or the end, unquoted and stripped. */
  String upTo(String ends) {
    StringBuilder word = new StringBuilder();
    int kept = 0;
    while (!isAtEnd() && ends.indexOf(text.charAt(at)) < 0) {
      char c = text.charAt(at++);
      if (c == '"') {
        quoted(word);
        kept = word.length();
      } else if (c == '(') {
        comment();
      } else if (!Character.isWhitespace(c)) {
        word.append(c);
        kept = word.length();
      } else if (kept > 0) {
        word.append(' ');
      }
    }
    word.setLength(kept);
    return word.toString();
  }

  private void quoted(StringBuilder word) {
    while (!isAtEnd()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return;
      }
      word.append(c == '\\' && !isAtEnd() ? text.charAt(at++) : c);
    }
  }

  private void comment() {
    int open = 1;
    while (!isAtEnd() && open > 0) {
      char c = text.charAt(at++);
      if (c == '\\' && !isAtEnd()) {
        at++;
      } else if (c == '(') {
        open++;
      } else if (c == ')') {
        open--;
      }
    }
  }
}
