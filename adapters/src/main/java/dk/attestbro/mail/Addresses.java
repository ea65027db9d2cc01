package dk.attestbro.mail;

import dk.attestbro.port.MailAddress;
import java.net.IDN;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads lists of mailboxes (RFC 5322, 3.4) strictly: what two mail systems could read differently,
 * such as a bare {@code @} in a display name, a route or a quoted local part, is not read at all.
 */
final class Addresses {
  private static final Pattern LOCAL =
      Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");
  private static final Pattern DOMAIN =
      Pattern.compile(
          "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+");
  private static final int MOST_LOCAL = 64;
  private static final int MOST_DOMAIN = 255;
  private static final int MOST_ADDRESSES = 1000;

  private Addresses() {}

  /** Every address in the list; empty where any of it cannot be read. */
  static Optional<List<MailAddress>> parse(String value) {
    List<MailAddress> addresses = new ArrayList<>();
    int at = 0;
    while (at <= value.length() && addresses.size() < MOST_ADDRESSES) {
      int end = endOfMailbox(value, at);
      Optional<String> mailbox = withoutComments(value.substring(at, end));
      Optional<MailAddress> address = mailbox.flatMap(Addresses::mailbox);
      if (address.isEmpty()) {
        return Optional.empty();
      }
      addresses.add(address.get());
      at = end + 1;
    }
    return Optional.of(addresses);
  }

  /** One bare address; empty where it is none. */
  static Optional<MailAddress> address(String text) {
    int at = text.lastIndexOf('@');
    if (at < 1 || at > MOST_LOCAL) {
      return Optional.empty();
    }
    String local = text.substring(0, at);
    return LOCAL.matcher(local).matches()
        ? domain(text.substring(at + 1)).map(domain -> new MailAddress(local, domain))
        : Optional.empty();
  }

  private static Optional<String> domain(String text) {
    if (text.length() > MOST_DOMAIN) {
      return Optional.empty();
    }
    try {
      String ascii = IDN.toASCII(text, IDN.USE_STD3_ASCII_RULES);
      return DOMAIN.matcher(ascii).matches() ? Optional.of(ascii) : Optional.empty();
    } catch (IllegalArgumentException noDomain) {
      return Optional.empty();
    }
  }

  /** The comma, outside quotes, comments and angle brackets, that ends this mailbox. */
  private static int endOfMailbox(String value, int from) {
    int comments = 0;
    boolean quoted = false;
    for (int i = from; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '"' && comments == 0) {
        quoted = !quoted;
      } else if (!quoted && c == '(') {
        comments++;
      } else if (!quoted && c == ')') {
        comments--;
      } else if (!quoted && comments == 0 && c == ',') {
        return i;
      }
    }
    return value.length();
  }

  /** Comments become blanks; empty where one does not end. Quoted strings stay. */
  private static Optional<String> withoutComments(String mailbox) {
    StringBuilder left = new StringBuilder();
    int comments = 0;
    boolean quoted = false;
    for (int i = 0; i < mailbox.length(); i++) {
      char c = mailbox.charAt(i);
      boolean escaped = c == '\\' && i + 1 < mailbox.length();
      if (comments == 0 && c == '"') {
        quoted = !quoted;
      }
      if (!quoted && c == '(') {
        comments++;
      }
      if (comments == 0) {
        left.append(c);
        if (escaped) {
          left.append(mailbox.charAt(i + 1));
        }
      }
      if (!quoted && c == ')') {
        comments--;
        left.append(' ');
      }
      if (escaped) {
        i++;
      }
    }
    return comments == 0 && !quoted ? Optional.of(left.toString().strip()) : Optional.empty();
  }

  private static Optional<MailAddress> mailbox(String text) {
    if (!text.endsWith(">")) {
      return address(text);
    }
    int open = text.lastIndexOf('<');
    return open >= 0 && isPhrase(text.substring(0, open))
        ? address(text.substring(open + 1, text.length() - 1).strip())
        : Optional.empty();
  }

  /** A display name: words and quoted strings, none of which could be an address outside quotes. */
  private static boolean isPhrase(String text) {
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (Character.isISOControl(c) && c != '\t') {
        return false;
      } else if (!quoted && "<>@:;,[]".indexOf(c) >= 0) {
        return false;
      }
    }
    return !quoted;
  }
}
