package dk.attestbro.mail;

import dk.attestbro.port.MailHead.AuthenticationResults;
import dk.attestbro.port.MailHead.AuthenticationResults.Dmarc;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads Authentication-Results (RFC 8601, 2.2). Comments and quoted strings, in which a sender may
 * have its words repeated, are never taken for a result.
 */
final class AuthenticationHeader {
  private AuthenticationHeader() {}

  static AuthenticationResults read(String value) {
    HeaderText rest = new HeaderText(value);
    String[] server = rest.upTo(";").split(" ", 2);
    List<Dmarc> results = new ArrayList<>();
    while (rest.skip(';')) {
      read(rest).ifPresent(results::add);
    }
    return new AuthenticationResults(server[0], results, value);
  }

  private static Optional<Dmarc> read(HeaderText rest) {
    String method = rest.upTo("=;").toLowerCase(Locale.ROOT);
    if (!rest.skip('=')) {
      return Optional.empty();
    }
    // result, then property=value pairs: "pass header.from" = "kommune.dk policy.dmarc" = "none"
    String[] before = lastWord(rest.upTo("=;"));
    String result = before[0].split(" ", 2)[0].toLowerCase(Locale.ROOT);
    Optional<String> from = Optional.empty();
    String property = before[1];
    while (rest.skip('=')) {
      String[] next = lastWord(rest.upTo("=;"));
      if (property.equalsIgnoreCase("header.from")) {
        from = Optional.of(next[0].split(" ", 2)[0]);
      }
      property = next[1];
    }
    boolean dmarc = method.equals("dmarc") || method.matches("dmarc ?/ ?1");
    return dmarc ? Optional.of(new Dmarc(result, from)) : Optional.empty();
  }

  /** What stands before the last word, or the whole where it is one, and the last word. */
  private static String[] lastWord(String words) {
    int blank = words.lastIndexOf(' ');
    return blank < 0
        ? new String[] {words, words}
        : new String[] {words.substring(0, blank), words.substring(blank + 1)};
  }
}
