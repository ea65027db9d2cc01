package dk.attestbro.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Message-IDs (RFC 5322, 3.6.4) of the mails that carry letters. Each tells its envelope, so
 * that a delivery notice or a read receipt finds its letter without a table; a retry of an envelope
 * has the same one, a new envelope another. They hold ids alone.
 */
public final class MailIds {
  // FHIR ids have dots, also where a Message-ID may have none, and never an underscore.
  private static final char DOT_AS = '_';
  private static final Pattern LETTER =
      Pattern.compile("<?([A-Za-z0-9_-]{1,64})\\.([a-z0-9-]{1,64})\\.letter@([^@<>\\s]{1,255})>?");

  private MailIds() {}

  /** An envelope among all: a Bundle.id is unique per sender. */
  public record Envelope(PartyId sender, BundleId bundleId) {}

  /** The Message-ID, with its angle brackets, of the mail that carries this envelope. */
  public static String messageId(PartyId sender, BundleId bundleId, String domain) {
    return of(sender, bundleId, "letter", domain);
  }

  /** That of the notice which goes out where the letter itself may not. */
  public static String noticeId(PartyId sender, BundleId bundleId, String domain) {
    return of(sender, bundleId, "notice", domain);
  }

  /** What threads the mails of a case: no mail has it, all of them refer to it. */
  public static String caseId(CaseId caseId, String domain) {
    return "<" + caseId + ".case@" + domain + ">";
  }

  /**
   * The envelope whose mail has this Message-ID, with or without its angle brackets; empty where
   * the id is not one that a gateway of this domain gave to a letter.
   */
  public static Optional<Envelope> envelopeOf(String messageId, String domain) {
    Matcher parts = LETTER.matcher(messageId.strip());
    return parts.matches() && parts.group(3).equalsIgnoreCase(domain)
        ? Optional.of(
            new Envelope(
                new PartyId(parts.group(2)), new BundleId(parts.group(1).replace(DOT_AS, '.'))))
        : Optional.empty();
  }

  private static String of(PartyId sender, BundleId bundleId, String kind, String domain) {
    return "<"
        + bundleId.value().replace('.', DOT_AS)
        + "."
        + sender
        + "."
        + kind
        + "@"
        + domain
        + ">";
  }
}
