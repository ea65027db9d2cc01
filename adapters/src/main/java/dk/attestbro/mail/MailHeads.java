package dk.attestbro.mail;

import dk.attestbro.model.CaseId;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.MailAddress;
import dk.attestbro.port.MailHead;
import dk.attestbro.port.MailHead.Automation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes a {@link MailHead} of header fields. */
final class MailHeads {
  private static final Pattern CASE = Pattern.compile("\\[AB:([0-9A-Fa-f-]{36})\\]");
  private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>\\s]{1,500}>");
  private static final int MOST_IDS = 200;

  /** The fields that may stand once (RFC 5322, 3.6) and that something here is decided by. */
  private static final List<String> ONCE =
      List.of("sender", "subject", "message-id", "in-reply-to", "references");

  private static final List<String> NO_REPLY =
      List.of("x-autoreply", "x-autorespond", "x-auto-response-suppress");

  private MailHeads() {}

  /** What can be read, whatever is wrong with it. */
  static MailHead lenient(MimeHeader header) {
    return of(header, header, from(header).size() == 1 ? from(header) : List.of());
  }

  /**
   * What the header says.
   *
   * @throws MessageRefused where it says two things at once
   */
  static MailHead strict(MimeHeader header) {
    return strict(header, header);
  }

  /**
   * What the signed header says, and of the outer one what servers add on the way.
   *
   * @throws MessageRefused where it says two things at once
   */
  static MailHead strict(MimeHeader outer, MimeHeader signed) {
    List<MailAddress> from = from(signed);
    if (signed.all("from").size() > 1 || from.size() > 1) {
      throw new MessageRefused(RefusalReason.MAIL_FROM_AMBIGUOUS);
    }
    if (from.isEmpty()) {
      throw new MessageRefused(RefusalReason.MAIL_FROM_INVALID);
    }
    if (ONCE.stream().anyMatch(name -> signed.all(name).size() > 1)) {
      throw new MessageRefused(RefusalReason.MAIL_HEADER_AMBIGUOUS);
    }
    return of(outer, signed, from);
  }

  /** The tag {@code [AB:<case>]}, where the text names exactly one case by it. */
  static Optional<CaseId> caseTag(String text) {
    Matcher tags = CASE.matcher(text);
    Optional<CaseId> found = Optional.empty();
    while (tags.find()) {
      Optional<CaseId> each = CaseId.parse(tags.group(1));
      if (found.isPresent() && !found.equals(each)) {
        return Optional.empty();
      }
      found = each;
    }
    return found;
  }

  /** The first Message-ID in the text. */
  static Optional<String> messageId(String text) {
    return messageIds(List.of(text)).stream().findFirst();
  }

  private static MailHead of(MimeHeader outer, MimeHeader signed, List<MailAddress> from) {
    String subject = EncodedWords.decode(signed.first("subject").orElse(""));
    return new MailHead(
        from.stream().findFirst(),
        addresses(signed, "to", "cc"),
        addresses(outer, "delivered-to", "x-original-to", "envelope-to"),
        signed
            .first("message-id")
            .or(() -> outer.first("message-id"))
            .flatMap(MailHeads::messageId),
        messageIds(signed.all("in-reply-to")),
        messageIds(signed.all("references")),
        subject,
        caseTag(subject),
        automation(outer),
        outer.all("authentication-results").stream().map(AuthenticationHeader::read).toList());
  }

  /** Every address in every From; empty where one cannot be read. */
  private static List<MailAddress> from(MimeHeader header) {
    List<MailAddress> addresses = new ArrayList<>();
    for (String value : header.all("from")) {
      Optional<List<MailAddress>> read = Addresses.parse(value);
      if (read.isEmpty()) {
        return List.of();
      }
      addresses.addAll(read.get());
    }
    return addresses;
  }

  private static List<MailAddress> addresses(MimeHeader header, String... names) {
    List<MailAddress> addresses = new ArrayList<>();
    for (String name : names) {
      for (String value : header.all(name)) {
        addresses.addAll(Addresses.parse(value).orElse(List.of()));
      }
    }
    return addresses;
  }

  private static List<String> messageIds(List<String> values) {
    return values.stream()
        .flatMap(value -> MESSAGE_ID.matcher(value).results())
        .map(found -> found.group())
        .limit(MOST_IDS)
        .toList();
  }

  private static Automation automation(MimeHeader header) {
    boolean list = header.fields().stream().anyMatch(field -> field.name().startsWith("list-"));
    boolean noReply =
        header.first("return-path").filter(path -> path.replace(" ", "").equals("<>")).isPresent()
            || NO_REPLY.stream().anyMatch(header::has);
    List<String> loops = new ArrayList<>(header.all("x-loop"));
    loops.addAll(header.all("x-attestbro-loop"));
    return new Automation(
        keyword(header, "auto-submitted"),
        keyword(header, "precedence"),
        list,
        noReply,
        loops,
        header.all("received").size());
  }

  private static Optional<String> keyword(MimeHeader header, String name) {
    return header
        .first(name)
        .map(value -> new HeaderText(value).upTo(";").toLowerCase(Locale.ROOT));
  }
}
