package dk.attestbro.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The MTA-STS policy of a domain (RFC 8461, 3.2), as the domain publishes it: which hosts take its
 * mail.
 *
 * @param mx names of hosts, or {@code *.} and what must follow exactly one label
 */
record MtaStsPolicy(List<String> mx) {
  MtaStsPolicy {
    mx = List.copyOf(mx);
  }

  /**
   * Reads the text of a policy.
   *
   * @throws IllegalArgumentException where it is none, or is one that enforces nothing
   */
  static MtaStsPolicy parse(String text) {
    List<String> mx = new ArrayList<>();
    String version = "";
    String mode = "";
    for (String line : text.lines().toList()) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        continue;
      }
      String value = line.substring(colon + 1).strip();
      switch (line.substring(0, colon).strip()) {
        case "version" -> version = value;
        case "mode" -> mode = value;
        case "mx" -> mx.add(value.toLowerCase(Locale.ROOT));
        default -> {
          // max_age is for those who fetch it; what RFC 8461 does not know is left aside.
        }
      }
    }
    if (!version.equals("STSv1") || !mode.equals("enforce") || mx.isEmpty()) {
      throw new IllegalArgumentException("must be an MTA-STS policy in mode enforce, with mx");
    }
    return new MtaStsPolicy(mx);
  }

  /** Whether this host may take the domain's mail (RFC 8461, 4.1). */
  boolean takes(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    int dot = name.indexOf('.');
    String wildcard = dot < 0 ? name : "*" + name.substring(dot);
    return mx.contains(name) || mx.contains(wildcard);
  }
}
