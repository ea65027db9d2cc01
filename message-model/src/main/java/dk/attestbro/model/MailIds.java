package dk.attestbro.model;

import java.util.Locale;
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
      Pattern.compile(
          "<?(?:([A-Za-z0-9_-]{16})\\.)?([A-Za-z0-9_-]{1,64})\\.([a-z0-9-]{1,64})\\.letter"
              + "@([^@<>\\s]{1,255})>?");

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{16}");
  private static final int LONGEST_ENVELOPE_ID = 100;

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

  /** That of a mail beside the letters: the same in every attempt to send it. */
  public static String ofNotice(String id, Notice.Kind kind, String domain) {
    return "<" + id + "." + kind.shown() + "@" + domain + ">";
  }

  /** Whether this is the Message-ID of an alert that a gateway of this domain sent. */
  public static boolean isAlert(String messageId, String domain) {
    return messageId
        .replaceAll("[<>\\s]", "")
        .toLowerCase(Locale.ROOT)
        .endsWith("." + Notice.Kind.ALERT.shown() + "@" + domain.toLowerCase(Locale.ROOT));
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
    return parts.matches() && parts.group(4).equalsIgnoreCase(domain)
        ? Optional.of(
            new Envelope(
                new PartyId(parts.group(3)), new BundleId(parts.group(2).replace(DOT_AS, '.'))))
        : Optional.empty();
  }

  /**
   * What a mail that carries this envelope is called among mail servers (ENVID, RFC 3461, 4.4): its
   * Message-ID behind a token of 16 characters, which whoever only has the mail does not know;
   * where that is more than a server takes, the token alone.
   */
  public static String envelopeId(Envelope envelope, String token, String domain) {
    String messageId = messageId(envelope.sender(), envelope.bundleId(), domain);
    String whole = token + "." + messageId.substring(1, messageId.length() - 1);
    return whole.length() <= LONGEST_ENVELOPE_ID ? whole : token;
  }

  /** The token in such an id. */
  public static Optional<String> tokenOf(String envelopeId) {
    Matcher parts = LETTER.matcher(envelopeId.strip());
    if (parts.matches()) {
      return Optional.ofNullable(parts.group(1));
    }
    return Optional.of(envelopeId.strip()).filter(id -> TOKEN.matcher(id).matches());
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
