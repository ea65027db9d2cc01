package dk.attestbro.gateway.journey;

import dk.attestbro.port.MailAddress;
import dk.attestbro.port.MailHead;
import dk.attestbro.port.MailReader;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a site says about mails that come in.
 *
 * @param address the gateway's own mail address; its domain is that of the Message-IDs it gives
 * @param authservId the mail server whose Authentication-Results count; none where there is none
 * @param tunnelDomains the domains, in lower case, whose mails count as their sender's by DMARC
 * @param policies what S/MIME is taken from whom
 */
public record MailRules(
    MailAddress address,
    Optional<String> authservId,
    Set<String> tunnelDomains,
    Function<MailAddress, MailReader.Policy> policies) {
  public MailRules {
    tunnelDomains = Set.copyOf(tunnelDomains);
  }

  /**
   * Whether the site's own mail server found that the domain in From stands behind the mail: in the
   * topmost header of its name, since one below it came with the mail.
   */
  boolean passed(MailHead head) {
    return authservId.filter(id -> passed(head, id)).isPresent();
  }

  private static boolean passed(MailHead head, String id) {
    return head.dmarcPass(id)
        && head.authentication().stream()
            .filter(header -> header.authservId().equalsIgnoreCase(id))
            .findFirst()
            .filter(topmost -> !topmost.dmarc().isEmpty())
            .isPresent();
  }

  /** The mark by which the gateway knows its own mails again. */
  String loopMark() {
    return address.value();
  }
}
