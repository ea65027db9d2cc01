package dk.attestbro.port;

import dk.attestbro.model.CaseId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The header of a mail (RFC 5322). Nothing vouches for it but a signature that covers it or the
 * result of an authentication that is trusted.
 *
 * @param from the one address that the mail says it is from
 * @param to whom it is addressed to, To and Cc
 * @param deliveredTo for which boxes the own servers took it
 * @param messageId with its angle brackets, as in the next two
 * @param subject decoded
 * @param caseId the tag {@code [AB:<case>]} in the subject, where there is exactly one
 * @param automation whether a machine sent it
 * @param authentication every Authentication-Results header, topmost first
 */
public record MailHead(
    Optional<MailAddress> from,
    List<MailAddress> to,
    List<MailAddress> deliveredTo,
    Optional<String> messageId,
    List<String> inReplyTo,
    List<String> references,
    String subject,
    Optional<CaseId> caseId,
    Automation automation,
    List<AuthenticationResults> authentication) {

  /** Of a mail whose header could not be read. */
  public static final MailHead UNREADABLE =
      new MailHead(
          Optional.empty(),
          List.of(),
          List.of(),
          Optional.empty(),
          List.of(),
          List.of(),
          "",
          Optional.empty(),
          new Automation(Optional.empty(), Optional.empty(), false, false, List.of(), 0),
          List.of());

  public MailHead {
    to = List.copyOf(to);
    deliveredTo = List.copyOf(deliveredTo);
    inReplyTo = List.copyOf(inReplyTo);
    references = List.copyOf(references);
    authentication = List.copyOf(authentication);
  }

  /**
   * Whether the server of this authserv-id found that the domain in From stands behind the mail: it
   * gave exactly one DMARC result (RFC 7489, 11.1), it is {@code pass}, and it is about that
   * domain. A mail with two such results holds one that its sender wrote.
   */
  public boolean dmarcPass(String authservId) {
    List<AuthenticationResults.Dmarc> results =
        authentication.stream()
            .filter(header -> header.authservId().equalsIgnoreCase(authservId))
            .flatMap(header -> header.dmarc().stream())
            .toList();
    return results.size() == 1
        && from.isPresent()
        && results.get(0).result().equals("pass")
        && results.get(0).headerFrom().stream()
            .allMatch(domain -> domain.equalsIgnoreCase(from.get().domain()));
  }

  @Override
  public String toString() {
    return "MailHead[" + from + ", " + caseId + "]";
  }

  /**
   * What tells that a machine sent it (RFC 3834).
   *
   * @param autoSubmitted the keyword, in lower case
   * @param precedence in lower case
   * @param list whether it came by a mailing list
   * @param noReply whether it wants no answer by another sign: an empty Return-Path or one of the
   *     headers that mail systems use among themselves
   * @param loops every mark in Loop headers, by which a system knows its own mail again
   * @param hops how many servers say that they passed it on
   */
  public record Automation(
      Optional<String> autoSubmitted,
      Optional<String> precedence,
      boolean list,
      boolean noReply,
      List<String> loops,
      int hops) {
    private static final Set<String> BULK = Set.of("bulk", "list", "junk", "auto_reply");
    private static final int MOST_HOPS = 30;

    public Automation {
      loops = List.copyOf(loops);
    }

    /** Whether a machine sent it by itself. */
    public boolean isAutomatic() {
      return autoSubmitted.filter(keyword -> !keyword.equals("no")).isPresent()
          || precedence.filter(BULK::contains).isPresent();
    }

    /**
     * Whether an answer by a machine, bearing this mark, would be welcome and would not go round.
     */
    public boolean mayBeAnswered(String loopMark) {
      return !isAutomatic() && !list && !noReply && hops <= MOST_HOPS && !loops.contains(loopMark);
    }
  }

  /**
   * What one server found (RFC 8601).
   *
   * @param authservId the server by its own word; only the own servers' is to be believed, and only
   *     where they remove it from what comes in
   * @param dmarc its DMARC results, commonly one or none
   * @param raw the header's value
   */
  public record AuthenticationResults(String authservId, List<Dmarc> dmarc, String raw) {
    public AuthenticationResults {
      dmarc = List.copyOf(dmarc);
    }

    /** Never the raw value, which may hold addresses. */
    @Override
    public String toString() {
      return "AuthenticationResults[" + authservId + ", " + dmarc + "]";
    }

    /** One DMARC result, in lower case, and the domain that it is about. */
    public record Dmarc(String result, Optional<String> headerFrom) {}
  }
}
