package dk.attestbro.gateway.journey;

import dk.attestbro.model.TimelineCode;
import java.util.Set;

/** Tells operations that a person must look. Subjects are ids and parties, details are codes. */
@FunctionalInterface
public interface Alarms {
  /** Every code that can be an alarm; docs/alerts.md says of each what to do. */
  Set<TimelineCode> CODES =
      Set.of(
          TimelineCode.DEAD,
          TimelineCode.DELIVERY_FAILED,
          TimelineCode.DELIVERY_REPORTED,
          TimelineCode.STUCK,
          TimelineCode.ACKNOWLEDGED_FATAL_ERROR,
          TimelineCode.ACKNOWLEDGEMENT_CONTRADICTED,
          TimelineCode.ACKNOWLEDGEMENT_REJECTED,
          TimelineCode.CHANNEL_IN_TROUBLE,
          TimelineCode.CHANNEL_REFUSED,
          TimelineCode.ESCALATED,
          TimelineCode.EVIDENCE_NOT_ANCHORED,
          TimelineCode.KEYS_REFUSED,
          TimelineCode.MAIL_TO_BE_SORTED,
          TimelineCode.ATTACHMENT_HARMFUL,
          TimelineCode.SCAN_UNAVAILABLE,
          TimelineCode.STORAGE_KEY_MADE,
          TimelineCode.BREAK_GLASS_ASKED,
          TimelineCode.CERTIFICATE_ENDS,
          TimelineCode.DISK_LOW,
          TimelineCode.BROKER_UNREACHABLE,
          TimelineCode.DATABASE_UNREACHABLE,
          TimelineCode.REPLIES_OVERDUE);

  void raise(TimelineCode code, String subject, String detail);
}
