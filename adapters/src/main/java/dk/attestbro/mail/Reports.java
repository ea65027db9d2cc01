package dk.attestbro.mail;

import dk.attestbro.model.MessageRefused;
import dk.attestbro.port.DeliveryStatus;
import dk.attestbro.port.DeliveryStatus.Action;
import dk.attestbro.port.DeliveryStatus.Recipient;
import dk.attestbro.port.MailAddress;
import dk.attestbro.port.ReadReceipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Delivery status notifications (RFC 3464) and message disposition notifications (RFC 8098). */
final class Reports {
  private static final Set<String> DELIVERY =
      Set.of("message/delivery-status", "message/global-delivery-status");
  private static final Set<String> DISPOSITION =
      Set.of("message/disposition-notification", "message/global-disposition-notification");
  private static final Set<String> RETURNED =
      Set.of("message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers");
  private static final Pattern STATUS = Pattern.compile("[245]\\.\\d{1,3}\\.\\d{1,3}");
  private static final int MOST_RECIPIENTS = 100;

  private Reports() {}

  static Optional<DeliveryStatus> delivery(List<MimePart> parts, MimeLimits limits) {
    return find(parts, DELIVERY)
        .map(
            part -> {
              byte[] bytes = part.decoded();
              List<MimeHeader> groups = groups(bytes, limits);
              return new DeliveryStatus(
                  groups.stream().findFirst().flatMap(g -> g.first("original-envelope-id")),
                  originalMessageId(parts, limits),
                  groups.stream().skip(1).limit(MOST_RECIPIENTS).map(Reports::recipient).toList());
            });
  }

  static Optional<ReadReceipt> reading(List<MimePart> parts, MimeLimits limits) {
    return find(parts, DISPOSITION)
        .flatMap(part -> groups(part.decoded(), limits).stream().findFirst())
        .map(
            fields -> {
              String[] disposition =
                  fields.first("disposition").orElse("").toLowerCase(Locale.ROOT).split(";", 2);
              String type = disposition.length < 2 ? "" : disposition[1];
              return new ReadReceipt(
                  fields
                      .first("original-message-id")
                      .flatMap(MailHeads::messageId)
                      .or(() -> originalMessageId(parts, limits)),
                  type.split("/", 2)[0].strip(),
                  disposition[0].contains("automatic-action"));
            });
  }

  private static Optional<MimePart> find(List<MimePart> parts, Set<String> types) {
    return parts.stream().filter(part -> types.contains(part.type().word())).findFirst();
  }

  /** Groups of fields with a blank line after each. */
  private static List<MimeHeader> groups(byte[] bytes, MimeLimits limits) {
    List<MimeHeader> groups = new ArrayList<>();
    int at = 0;
    while (at < bytes.length && groups.size() <= MOST_RECIPIENTS) {
      MimeHeader group = MimeHeader.read(bytes, at, bytes.length, limits.headerBytes());
      if (!group.fields().isEmpty()) {
        groups.add(group);
      }
      at = group.body();
    }
    return groups;
  }

  private static Recipient recipient(MimeHeader fields) {
    Optional<MailAddress> address =
        fields
            .first("original-recipient")
            .or(() -> fields.first("final-recipient"))
            .flatMap(value -> Addresses.address(value.substring(value.indexOf(';') + 1).strip()));
    Matcher status = STATUS.matcher(fields.first("status").orElse(""));
    return new Recipient(
        address,
        Action.of(fields.first("action").orElse("")),
        status.find() ? Optional.of(status.group()) : Optional.empty());
  }

  /** From the header of the mail that comes back, whole or its header alone. */
  private static Optional<String> originalMessageId(List<MimePart> parts, MimeLimits limits) {
    return find(parts, RETURNED)
        .flatMap(
            part -> {
              byte[] bytes = part.decoded();
              try {
                return MimeHeader.read(bytes, 0, bytes.length, limits.headerBytes())
                    .first("message-id");
              } catch (MessageRefused cutOff) {
                // Servers return what they like of it; the rest of the report still counts.
                return Optional.empty();
              }
            })
        .flatMap(MailHeads::messageId);
  }
}
