package dk.attestbro.gateway.journey;

import dk.attestbro.model.Digest;
import dk.attestbro.model.Evidence;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Refusal;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.Change;
import dk.attestbro.port.Commit;
import dk.attestbro.port.ContentSealing;
import dk.attestbro.port.Records;
import dk.attestbro.port.SortingDesk;
import dk.attestbro.port.UnsortedMail;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The desk for mails that only a person can sort: each is kept sealed, once, with the reason, and
 * closed by operations; both are in the evidence.
 */
public final class SortMails {
  private final Records records;
  private final SortingDesk desk;
  private final ContentSealing sealing;
  private final Alarms alarms;
  private final Clock clock;

  public SortMails(
      Records records, SortingDesk desk, ContentSealing sealing, Alarms alarms, Clock clock) {
    this.records = records;
    this.desk = desk;
    this.sealing = sealing;
    this.alarms = alarms;
    this.clock = clock;
  }

  /** Whether exactly this mail was kept before. */
  boolean knows(FetchedMail mail) {
    return desk.knowsMail(mail.sha256());
  }

  /** Keeps the mail; false where it was kept before. */
  boolean keep(FetchedMail mail, RefusalReason reason, Optional<PartyId> sender) {
    UnsortedMail unsorted =
        UnsortedMail.open(
            mail.sha256(), mail.account(), reason.name(), sender, mail.receivedAt(), mail.size());
    Payload content = new Payload(mail.bytes(), MediaType.MIME);
    Change change =
        new Change(
            List.of(
                new Change.KeepMail(unsorted),
                new Change.PutContent(unsorted.place(), sealing.seal(unsorted.place(), content)),
                note(unsorted, mail.receivedAt(), TimelineCode.MAIL_TO_BE_SORTED, reason.name())));
    if (records.commit(change) != Commit.DONE) {
      return false;
    }
    alarms.raise(TimelineCode.MAIL_TO_BE_SORTED, unsorted.id().toString(), reason.name());
    return true;
  }

  /**
   * A person has sorted it.
   *
   * @return why not: NOT_FOUND, or STATE_CONFLICT where it is closed already
   */
  public Optional<Refusal> close(UUID id, String reason, String label) {
    Optional<UnsortedMail> found = desk.unsorted(id);
    if (found.isEmpty()) {
      return Optional.of(Refusal.of(RefusalReason.NOT_FOUND));
    }
    Instant now = clock.instant();
    Digest words = Digest.of(reason.getBytes(StandardCharsets.UTF_8));
    Change change =
        new Change(
            List.of(
                new Change.CloseMail(id, now),
                note(
                    found.get(),
                    now,
                    TimelineCode.MAIL_SORTED,
                    label + " reason-sha256=" + words.hex())));
    return records.commit(change) == Commit.DONE
        ? Optional.empty()
        : Optional.of(Refusal.of(RefusalReason.STATE_CONFLICT));
  }

  static Change.Write note(UnsortedMail mail, Instant at, TimelineCode code, String detail) {
    return new Change.AddEvidence(new Evidence(mail.chain(), at, code, Optional.empty(), detail));
  }
}
